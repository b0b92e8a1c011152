"""Lists: work, inbox, results at the desk, register. Keyset pages; the number of queries does not follow the rows."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from motcua.casework.dossiers.models import Dossier, Party
from motcua.casework.dossiers.selectors import names
from motcua.casework.dossiers.selectors.access import normal_code
from motcua.casework.dossiers.status import status_of
from motcua.casework.dossiers.types import DeskCounts, DossierPageOf, DossierRow, State, Waiting
from motcua.foundation.accounts import registry
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import personal_data
from motcua.foundation.core.clock import civil_day

ROW = (
    "id", "public_id", "code", "intake_number", "procedure_version_id", "applicant_name", "channel", "state",
    "waiting_for", "receiving_agency_id", "competent_agency_id", "filed_at", "acceptance_due_at", "accepted_at",
    "due_at", "finished_at", "closed_at",
)  # fmt: skip
COUNT_CEILING = 1000


def rows_of(found: Iterable[dict], *, at: datetime) -> tuple[DossierRow, ...]:
    """Return rows for value dicts of `ROW`; one query for the procedures' names at most."""
    found = list(found)
    titles = names.procedure_names(row["procedure_version_id"] for row in found)
    on = civil_day(at)
    return tuple(
        DossierRow(
            public_id=row["public_id"],
            code=row["code"] or row["intake_number"] or "",
            procedure_code=titles[row["procedure_version_id"]][0],
            procedure_name=titles[row["procedure_version_id"]][1],
            applicant_name=row["applicant_name"],
            channel=row["channel"],
            status=status_of(row["state"], row["waiting_for"]),
            receiving_name=names.agency_name(row["receiving_agency_id"], on=on),
            competent_name=names.agency_name(row["competent_agency_id"], on=on),
            filed_at=row["filed_at"],
            acceptance_due_at=row["acceptance_due_at"],
            accepted_at=row["accepted_at"],
            due_at=row["due_at"],
            finished_at=row["finished_at"],
            closed_at=row["closed_at"],
            key=row["id"],
        )
        for row in found
    )


def desk_counts(*, actor: Actor, at: datetime) -> DeskCounts:
    """Return what waits at the actor's desks; index-only over partial indexes, zero queries without a desk."""
    mine = registry.within("desk_dossier", actor)
    filed = Dossier.objects.filter(mine, state=State.FILED, acceptance_due_at__isnull=False)
    return DeskCounts(
        inbox=filed.count(),
        inbox_overdue=filed.filter(acceptance_due_at__lt=at).count(),
        to_return=Dossier.objects.filter(mine, state=State.FINISHED).count(),
    )


def inbox(*, actor: Actor, at: datetime, after_key: str | None = None, limit: int = 25) -> DossierPageOf:
    """Return the online filings at the actor's desks that wait for acceptance, the most urgent first."""
    mine = registry.within("filing", actor)
    filed = Dossier.objects.filter(mine, state=State.FILED, acceptance_due_at__isnull=False)
    return _page(filed, "acceptance_due_at", at=at, after_key=after_key, limit=limit)


def to_return(*, actor: Actor, at: datetime, after_key: str | None = None, limit: int = 25) -> DossierPageOf:
    """Return the results lying at the actor's desks, the oldest first."""
    finished = Dossier.objects.filter(registry.within("desk_dossier", actor), state=State.FINISHED)
    return _page(finished, "finished_at", at=at, after_key=after_key, limit=limit)


def _page(found, instant: str, *, at: datetime, after_key: str | None, limit: int) -> DossierPageOf:  # type: ignore[no-untyped-def]
    if after_key and (after := _after(after_key, at)):
        since, last = after
        found = found.filter(Q(**{f"{instant}__gt": since}) | Q(**{instant: since}, pk__gt=last))
    values = list(found.order_by(instant, "pk").values(*ROW)[: limit + 1])
    more = len(values) > limit
    last_row = values[limit - 1] if more else None
    key = f"{last_row[instant].timestamp():.6f}_{last_row['id']}" if last_row else None
    return DossierPageOf(rows_of(values[:limit], at=at), key)


def _after(key: str, at: datetime) -> tuple[datetime, int] | None:
    """Return the place in a list that a key names; a key that nobody gave begins at the top."""
    moment, _, last = key.partition("_")
    try:
        return datetime.fromtimestamp(float(moment), tz=at.tzinfo), int(last)
    except (ValueError, OverflowError):
        return None


def register(
    *,
    actor: Actor,
    at: datetime,
    agency_id: int | None = None,
    state: str = "",
    waiting_for: str = "",
    channel: str = "",
    field_id: int | None = None,
    procedure: str = "",
    text: str = "",
    ids: Sequence[int] | None = None,
    after_key: str | None = None,
    limit: int = 25,
) -> DossierPageOf:
    """Return dossiers that the actor's agencies receive or decide, newest first.

    Args:
        procedure: code of a procedure, whatever its version.
        text: a code, an intake number, an identity or phone number (exact), or words of the applicant's name.
        ids: keep these dossiers only, for the lists behind a figure.
    """
    found = Dossier.objects.visible_to(actor)
    if agency_id is not None:
        found = found.filter(Q(competent_agency_id=agency_id) | Q(receiving_agency_id=agency_id))
    for name, value in (("state", state), ("channel", channel), ("field_id", field_id), ("waiting_for", waiting_for)):
        if value:
            found = found.filter(**{name: value})
    if procedure:
        found = found.filter(procedure_version__procedure__code=procedure)
    if ids is not None:
        found = found.filter(pk__in=ids)
    if text.strip():
        found = found.filter(_matches(text.strip()))
    total = len(found.order_by().values_list("pk")[: COUNT_CEILING + 1])
    if after_key:
        found = found.filter(pk__lt=int(after_key))
    values = list(found.order_by("-pk").values(*ROW)[: limit + 1])
    key = str(values[limit - 1]["id"]) if len(values) > limit else None
    return DossierPageOf(rows_of(values[:limit], at=at), key, total)


def _matches(text: str) -> Q:
    code = normal_code(text)
    identity, phone = personal_data.normal_identity(text), personal_data.normal_phone(text)
    parties = Q(pk__in=())
    if len(phone) >= 9 and not any(char.isalpha() for char in text):
        parties = personal_data.matching("phone_digest", phone, purpose="phone")
        parties |= personal_data.matching("identity_digest", identity, purpose="identity")
    people = Party.objects.filter(parties, is_current=True).values("dossier_id")
    return Q(code=code) | Q(intake_number=code) | Q(pk__in=people) | Q(applicant_name__icontains=text)


def my_dossiers(*, actor: Actor, at: datetime, after_key: str | None = None, limit: int = 50) -> DossierPageOf:
    """Return the dossiers that a signed-in citizen filed, newest first."""
    found = Dossier.objects.visible_to(actor).filter(citizen_id=actor.person_id or 0)
    if after_key:
        found = found.filter(pk__lt=int(after_key))
    values = list(found.order_by("-pk").values(*ROW)[: limit + 1])
    key = str(values[limit - 1]["id"]) if len(values) > limit else None
    return DossierPageOf(rows_of(values[:limit], at=at), key)


def rows_for(*, ids: Sequence[int], actor: Actor, at: datetime) -> tuple[DossierRow, ...]:
    """Return rows of the given dossiers that the actor may see, in the order of `ids`."""
    found = {row["id"]: row for row in Dossier.objects.visible_to(actor).filter(pk__in=ids).values(*ROW)}
    return rows_of([found[key] for key in ids if key in found], at=at)


def waiting_for_citizen(*, actor: Actor, at: datetime, limit: int = 25) -> DossierPageOf:
    """Return filings before acceptance that wait for the citizen's supplement, at the actor's desks."""
    found = Dossier.objects.filter(
        registry.within("filing", actor), state=State.FILED, waiting_for=Waiting.CITIZEN,
        filed_at__gte=at - timedelta(days=366),
    )  # fmt: skip
    return DossierPageOf(rows_of(found.order_by("-pk").values(*ROW)[:limit], at=at), None)
