"""One internal case with everything that its page shows."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from motcua.casework.documents import selectors as documents
from motcua.casework.internal import policies
from motcua.casework.internal.acts import KIND
from motcua.casework.internal.models import InternalCase, InternalEntry, InternalPaper
from motcua.casework.internal.selectors.cases import rows_of, tasks_of
from motcua.casework.internal.types import CaseSheet, CaseState, EntryCard, PaperCard
from motcua.casework.procedures import selectors as forms
from motcua.casework.workflow import selectors as workflow_reads
from motcua.foundation.accounts import registry
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotFound
from motcua.foundation.organisations import selectors as organisations


def seen_case(public_id: UUID, actor: Actor) -> InternalCase:
    """Return a case that the actor sees.

    Raises:
        NotFound: none, or not theirs.
    """
    case = InternalCase.objects.select_related("procedure").filter(public_id=public_id).first()
    if case is None or not registry.sees(KIND, actor, case):
        raise NotFound
    return case


def case_sheet(*, actor: Actor, public_id: UUID, at: datetime) -> CaseSheet:
    """Return a case with its answers, its history with opinions and files, and where it stands in its drawing.

    Raises:
        NotFound: none, or not the actor's to see.
    """
    case = seen_case(public_id, actor)
    row = rows_of([case], at=at, mine={task.public_id for task in tasks_of(actor)})[0]
    nodes = {task.node for task in workflow_reads.open_tasks(case.run_id)}
    schema = forms.eform_schema(case.eform_version_id)
    sections = tuple(
        (view.title, tuple((line.label, line.value) for line in lines))
        for view, lines in forms.eform_lines(schema, case.answers)
    )
    entries = list(InternalEntry.objects.filter(case=case).order_by("pk"))
    names = accounts.person_names(
        {item for item in (case.started_by_id, *(entry.person_id for entry in entries)) if item is not None}
    )
    may_withdraw = case.state == CaseState.RUNNING and not case.document_number and policies.may_withdraw(actor, case)
    return CaseSheet(
        row=row, version_id=case.version_id, nodes=frozenset(nodes),
        starter_name=names.get(case.started_by_id or 0, ""),
        issued_on=case.issued_on, entries=_entries(entries, names, at), sections=sections, may_withdraw=may_withdraw,
    )  # fmt: skip


def case_file(*, actor: Actor, public_id: UUID, file_id: UUID) -> UUID:
    """Return the id of a file once it is known to be one of the case's, and the case to be seen.

    Raises:
        NotFound.
    """
    case = seen_case(public_id, actor)
    if not InternalPaper.objects.filter(entry__case=case, file__public_id=file_id).exists():
        raise NotFound
    return file_id


def _entries(entries: list[InternalEntry], names: dict[int, str], at: datetime) -> tuple[EntryCard, ...]:
    listing = organisations.directory(on=civil_day(at))
    papers: dict[int, list[PaperCard]] = defaultdict(list)
    rows = list(InternalPaper.objects.filter(entry__in=entries).order_by("pk").values_list("entry_id", "file_id"))
    cards = documents.files(file_id for _entry, file_id in rows)
    told = {entry.pk: entry for entry in entries}
    for entry_id, file_id in rows:
        card, entry = cards[file_id], told[entry_id]
        papers[entry_id].append(PaperCard(UUID(str(card.public_id)), card.name, entry.step_name, entry.at))
    found = []
    for entry in entries:
        unit = listing.find(entry.unit_id)
        found.append(
            EntryCard(
                entry.at, entry.act, entry.step_name, entry.step_name_en, entry.outcome_label, entry.outcome_label_en,
                names.get(entry.person_id or 0, ""), unit.short_name or unit.name if unit else "", entry.note,
                tuple(papers[entry.pk]),
            )
        )  # fmt: skip
    return tuple(found)
