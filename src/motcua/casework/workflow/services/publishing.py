"""Publishing: nothing that could strand a dossier is ever published, and nothing without a decision."""

from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from motcua.casework.workflow.compiling import FORMAT_NUMBER
from motcua.casework.workflow.models import ProcessDefinition, ProcessVersion
from motcua.casework.workflow.rules import checked_process
from motcua.casework.workflow.services.scenarios import require_scenarios
from motcua.casework.workflow.types import (
    Approval,
    DecisionMissing,
    DraftChanged,
    DraftNotChecked,
    Problem,
    ProcessNotSound,
    ValidityTaken,
    VersionNotFound,
    VersionPublished,
    VersionState,
)


def check(xml: bytes) -> list[Problem]:
    """Return everything that keeps a drawing from being published; empty when it may be. Needs no database."""
    return checked_process(xml)[1]


def require_usable(*, code: str, on: date) -> None:
    """Ask today's rules about the version of a process in force on `on`, which an older release may have published.

    A process without such a version passes: it is checked when it is published.

    Raises:
        ProcessNotSound: with every problem found.
    """
    row = ProcessVersion.objects.filter(definition__code=code, valid__contains=on).values_list("xml", flat=True).first()
    problems = check(bytes(row)) if row is not None else []
    if problems:
        raise ProcessNotSound(problems)


@transaction.atomic
def publish_approved(
    *, code: str, seen: str, approval: Approval, valid_from: date, actor_person_id: int | None, at: datetime
) -> int:
    """Put the checked draft of a process in force by the decision that approves it. Returns the version's id.

    Law: Circular 01/2018/TT-VPCP, art. 8.

    Args:
        seen: SHA-256 of the drawing on the page; approval: number, day and signer are all needed.

    Raises:
        VersionNotFound: there is no draft. DraftNotChecked, Stale: it was changed since.
        DecisionMissing: `fields` says what lacks. ProcessNotSound, ValidityTaken: as for `publish`.
    """
    drafts = ProcessVersion.objects.filter(definition__code=code).exclude(state=VersionState.PUBLISHED)
    draft = drafts.select_for_update().first()
    if draft is None:
        raise VersionNotFound
    if draft.sha256 != seen:
        raise DraftChanged(name=_("Somebody else"), time=draft.drawn_at.astimezone().strftime("%H:%M %d/%m/%Y"))
    if draft.state != VersionState.CHECKED:
        raise DraftNotChecked
    missing = {
        name: [text]
        for name, value, text in (
            ("decision_number", approval.number.strip(), _("Enter the number of the decision.")),
            ("decision_on", approval.on, _("Enter the day of the decision.")),
            ("signer", approval.signer.strip(), _("Enter who signed the decision.")),
        )
        if not value
    }
    if missing:
        raise DecisionMissing(missing)
    graph, _problems = checked_process(bytes(draft.xml))
    if graph is not None:  # publish() refuses the others with their problems
        require_scenarios(code=code, graph=graph)
    return publish(
        version_id=draft.pk,
        actor_person_id=actor_person_id,
        at=at,
        valid_from=valid_from,
        approval=approval,
    )


@transaction.atomic
def publish(
    *,
    version_id: int,
    actor_person_id: int | None,
    at: datetime,
    valid_from: date,
    decision_number: str = "",
    decision_on: date | None = None,
    signer: str = "",
    approval: Approval | None = None,
) -> int:
    """Check a draft and put it in force from `valid_from` on; the version before it ends on that day.

    For packaged processes, which come with their decision; people publish by `publish_approved`. New runs take the
    version in force on the day of receipt; running ones stay on theirs. Returns the version's id.

    Raises:
        DecisionMissing: no decision is named. ProcessNotSound: with every problem found.
        VersionPublished: it is no draft. VersionNotFound.
        ValidityTaken: another version is already in force from that day or a later one.
    """
    approval = approval or Approval(decision_number, decision_on, signer)
    if not approval.number.strip():
        raise DecisionMissing({"decision_number": [_("Enter the number of the decision.")]})
    definition_id = ProcessVersion.objects.filter(pk=version_id).values_list("definition_id", flat=True).first()
    if definition_id is None:
        raise VersionNotFound
    ProcessDefinition.objects.select_for_update().get(pk=definition_id)
    version = ProcessVersion.objects.select_for_update().get(pk=version_id)
    if version.state == VersionState.PUBLISHED:
        raise VersionPublished
    graph, problems = checked_process(bytes(version.xml))
    if graph is None:
        raise ProcessNotSound(problems)
    _end_former(definition_id, valid_from)
    version.state, version.graph_hash, version.format_number = VersionState.PUBLISHED, graph.hash, FORMAT_NUMBER
    version.valid = DateRange(valid_from, None)
    version.published_at, version.published_by = at, actor_person_id
    version.decision_number, version.decision_on = approval.number.strip(), approval.on
    version.signer, version.decision_file = approval.signer.strip(), approval.file
    version.save()
    return version.pk


def _end_former(definition_id: int, valid_from: date) -> None:
    former = ProcessVersion.objects.filter(definition_id=definition_id, valid__upper_inf=True)
    for version in former.select_for_update():
        if version.valid.lower >= valid_from:
            raise ValidityTaken(number=version.number, day=version.valid.lower.strftime("%d/%m/%Y"))
        version.valid = DateRange(version.valid.lower, valid_from)
        version.save(update_fields=["valid"])
