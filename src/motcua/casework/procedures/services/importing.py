"""Import of published records: JSON Lines in, versions out, every doubt reported by its place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import DataError, IntegrityError, OperationalError
from django.utils.translation import gettext_noop as _

from motcua.casework.procedures import policies
from motcua.casework.procedures.reading.canonical import digest_of
from motcua.casework.procedures.reading.drafts import Notebook, RecordDraft
from motcua.casework.procedures.reading.lines import read_lines
from motcua.casework.procedures.reading.record import read_record
from motcua.casework.procedures.selectors.choosing import forget_choices
from motcua.casework.procedures.services.making import publish_drafts, standings
from motcua.casework.procedures.types import ImportProblem, ImportReport, Outcome, RecordJson, VersionOverlaps
from motcua.foundation.accounts.types import Actor

_BATCH = 200


@dataclass(slots=True)
class _Line:
    """One record of a file on its way in."""

    notebook: Notebook
    raw: RecordJson
    digest: str
    draft: RecordDraft | None = None


@dataclass(slots=True)
class _Tally:
    """What an import has come to so far."""

    codes: dict[Outcome, list[str]] = field(default_factory=lambda: {outcome: [] for outcome in Outcome})
    refused: int = 0
    problems: list[ImportProblem] = field(default_factory=list)

    def refuse(self, notebook: Notebook) -> None:
        self.refused += 1
        self.problems.extend(notebook.problems)

    def settle(self, line: _Line, outcome: Outcome) -> None:
        self.codes[outcome].append(line.notebook.code)
        if outcome is not Outcome.UNCHANGED:
            self.problems.extend(line.notebook.problems)

    def report(self) -> ImportReport:
        return ImportReport(
            created=len(self.codes[Outcome.CREATED]),
            changed=len(self.codes[Outcome.CHANGED]),
            unchanged=len(self.codes[Outcome.UNCHANGED]),
            refused=self.refused,
            problems=tuple(sorted(self.problems, key=lambda problem: problem.line)),
            created_codes=tuple(self.codes[Outcome.CREATED]),
            changed_codes=tuple(self.codes[Outcome.CHANGED]),
        )


def import_records(
    lines: Iterable[str | bytes], *, valid_from: date, actor: Actor, at: datetime, is_trial: bool = False
) -> ImportReport:
    """Publish each record of a JSON Lines file as a version in force from `valid_from`.

    A refused record leaves no trace and does not stop the others. Idempotent: a record equal to the newest version
    changes nothing. `is_trial` reads and compares everything, and writes nothing.

    Raises:
        NotAllowed: the actor does not edit the catalogue.
    """
    policies.require_editor(actor)
    tally = _Tally()
    for batch in _batches(lines, tally):
        _import_batch(batch, tally, valid_from=valid_from, at=at, is_trial=is_trial)
    if not is_trial:
        forget_choices()
    return tally.report()


def _batches(lines: Iterable[str | bytes], tally: _Tally) -> Iterator[list[_Line]]:
    """Records by some hundreds, no code twice in one batch."""
    batch: list[_Line] = []
    codes: set[str] = set()
    for notebook, raw in read_lines(lines):
        digest = "" if raw is None else digest_of(raw, notebook)
        if raw is None or not digest:
            tally.refuse(notebook)
            continue
        code = str(raw.get("code"))
        if len(batch) >= _BATCH or code in codes:
            yield batch
            batch, codes = [], set()
        batch.append(_Line(notebook, raw, digest))
        codes.add(code)
    yield batch


def _import_batch(batch: list[_Line], tally: _Tally, *, valid_from: date, at: datetime, is_trial: bool) -> None:
    before = standings(str(line.raw.get("code")) for line in batch)
    wanted: list[_Line] = []
    for line in batch:
        standing = before.get(str(line.raw.get("code")))
        if standing and standing.has_record and standing.outcome(line.digest) is Outcome.UNCHANGED:
            line.notebook.code = standing.code
            tally.settle(line, Outcome.UNCHANGED)
            continue
        line.draft = read_record(line.raw, line.notebook)
        if line.draft is None:
            tally.refuse(line.notebook)
        elif is_trial:
            outcome = standing.outcome(line.digest) if standing else Outcome.CREATED
            is_late = standing is not None and outcome is Outcome.CHANGED and standing.overlaps(valid_from)
            _settle(line, _overlap(line, valid_from) if is_late else outcome, tally)
        else:
            wanted.append(line)
    if wanted:
        _publish(wanted, tally, valid_from=valid_from, at=at)


def _publish(lines: list[_Line], tally: _Tally, *, valid_from: date, at: datetime) -> None:
    """One transaction for all; where the database refuses one of them, one for each."""
    drafts = [line.draft for line in lines if line.draft]
    try:
        answers = publish_drafts(drafts, valid_from=valid_from, at=at)
    except (DataError, IntegrityError, OperationalError):
        if len(lines) > 1:
            for line in lines:
                _publish([line], tally, valid_from=valid_from, at=at)
            return
        lines[0].notebook.refuse("", _("does not fit into the database"))
        tally.refuse(lines[0].notebook)
        return
    for line, answer in zip(lines, answers, strict=True):
        _settle(line, answer if isinstance(answer, VersionOverlaps) else answer[0], tally)


def _settle(line: _Line, answer: Outcome | VersionOverlaps, tally: _Tally) -> None:
    if isinstance(answer, Outcome):
        tally.settle(line, answer)
        return
    line.notebook.refuse("", _("a version already starts on %(on)s; choose a later day"), on=answer.params["on"])
    tally.refuse(line.notebook)


def _overlap(line: _Line, valid_from: date) -> VersionOverlaps:
    return VersionOverlaps(code=line.notebook.code, on=valid_from.isoformat())
