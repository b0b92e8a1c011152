"""Import of published records: JSON Lines in, versions out, every doubt reported by its place."""

import json
from collections.abc import Iterable
from datetime import date, datetime

from motcua.casework.procedures import policies
from motcua.casework.procedures.reading.drafts import Notebook
from motcua.casework.procedures.reading.record import read_record
from motcua.casework.procedures.selectors.choosing import forget_choices
from motcua.casework.procedures.services.publishing import Outcome, publish_draft
from motcua.casework.procedures.types import ImportProblem, ImportReport, VersionOverlaps
from motcua.foundation.accounts.types import Actor


def import_records(lines: Iterable[str | bytes], *, valid_from: date, actor: Actor, at: datetime) -> ImportReport:
    """Publish each record of a JSON Lines file as a version in force from `valid_from`.

    One transaction a record: a refused record leaves no trace and does not stop the others. Idempotent: a record equal
    to the newest version changes nothing.

    Raises:
        NotAllowed: the actor does not edit the catalogue.
    """
    policies.require_editor(actor)
    counts = dict.fromkeys(Outcome, 0)
    refused = 0
    problems: list[ImportProblem] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        notebook = Notebook(line=number)
        outcome = _import_line(line, notebook, valid_from=valid_from, at=at)
        if outcome is None:
            refused += 1
        else:
            counts[outcome] += 1
        if outcome is not Outcome.UNCHANGED:
            problems.extend(notebook.problems)
    forget_choices()
    return ImportReport(
        created=counts[Outcome.CREATED],
        changed=counts[Outcome.CHANGED],
        unchanged=counts[Outcome.UNCHANGED],
        refused=refused,
        problems=tuple(problems),
    )


def _import_line(line: str | bytes, notebook: Notebook, *, valid_from: date, at: datetime) -> Outcome | None:
    try:
        raw = json.loads(line)
    except ValueError as error:
        notebook.refuse("", f"is no JSON: {error}")
        return None
    draft = read_record(raw, notebook)
    if draft is None:
        return None
    try:
        return publish_draft(draft, valid_from=valid_from, at=at)
    except VersionOverlaps as refusal:
        notebook.refuse("", str(refusal))
        return None
