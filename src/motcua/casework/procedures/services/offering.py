"""Offers and forms: who takes what, by which process, with which questions."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.casework.procedures import policies
from motcua.casework.procedures.eforms.checking import check_schema
from motcua.casework.procedures.models import EForm, EFormVersion, Offer, OfferChange, OfferException, Procedure
from motcua.casework.procedures.selectors.choosing import forget_choices
from motcua.casework.procedures.services.forms import end_version_before
from motcua.casework.procedures.types import Channel, FormState, OfferAct, VersionOverlaps
from motcua.casework.workflow import services as workflow
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.types import NotFound
from motcua.foundation.organisations.types import Level


@transaction.atomic
def publish_offer(
    *,
    procedure_code: str,
    agency_id: int | None,
    level: str,
    process_code: str,
    eform_code: str = "",
    channels: Sequence[str] = tuple(Channel.values),
    at_centre: bool = True,
    quick_form: str = "",
    excepted_ids: Sequence[int] = (),
    valid_from: date,
    reason: str = "",
    actor: Actor,
    at: datetime,
) -> Offer:
    """Let an agency (None: all communes) take a procedure from `valid_from`; the offer before it ends that day.

    Idempotent: an equal offer in force is returned as it is. Other exceptions alone make a new offer too, so that the
    days before keep theirs; only an offer that has not begun before `valid_from` is corrected where it stands.

    Raises:
        NotFound: no such procedure or form.
        NotAllowed: the actor does not edit the catalogue.
        VersionOverlaps: an offer already starts on or after that day.
        ProcessNotSound: the process in force that day breaks a rule of publishing; each element and the mend are named.
    """
    policies.require_editor(actor)
    transaction.on_commit(forget_choices)
    procedure = Procedure.objects.select_for_update().filter(code=procedure_code).first()
    eform = EForm.objects.filter(code=eform_code).first() if eform_code else None
    if procedure is None or (eform_code and eform is None):
        raise NotFound
    workflow.require_usable(code=process_code, on=valid_from)
    wanted = {
        "level": level if agency_id else Level.COMMUNE,
        "at_centre": at_centre,
        "process_code": process_code,
        "eform_id": eform.pk if eform else None,
        "channels": list(channels),
        "quick_form": quick_form,
    }
    same = Offer.objects.filter(procedure=procedure)
    same = same.filter(agency_id=agency_id) if agency_id else same.filter(agency__isnull=True)
    latest = same.order_by("-valid").first()
    if latest and (latest.valid.upper is None or latest.valid.upper > valid_from):
        is_equal = latest.valid.upper is None and all(getattr(latest, name) == value for name, value in wanted.items())
        has_same = {item.agency_id for item in latest.exceptions.all()} == set(excepted_ids)
        if is_equal and (has_same or latest.valid.lower >= valid_from):
            if not has_same:
                _set_exceptions(latest, excepted_ids)
                _write_down(latest, OfferAct.EXCEPTED, reason, actor=actor, at=at)
            return latest
        if latest.valid.lower >= valid_from:
            raise VersionOverlaps(code=procedure_code, on=valid_from.isoformat())
        latest.valid = DateRange(latest.valid.lower, valid_from)
        latest.save(update_fields=["valid"])
    offer = Offer.objects.create(procedure=procedure, agency_id=agency_id, valid=DateRange(valid_from, None), **wanted)
    _set_exceptions(offer, excepted_ids)
    _write_down(offer, OfferAct.MADE, reason, actor=actor, at=at)
    return offer


def _write_down(offer: Offer, act: OfferAct, reason: str, *, actor: Actor, at: datetime) -> None:
    OfferChange.objects.create(offer=offer, act=act, reason=reason[:300], person_id=actor.person_id, at=at)


def _set_exceptions(offer: Offer, agency_ids: Sequence[int]) -> None:
    offer.exceptions.exclude(agency_id__in=agency_ids).delete()
    OfferException.objects.bulk_create(
        [OfferException(offer=offer, agency_id=agency_id) for agency_id in agency_ids], ignore_conflicts=True
    )


@transaction.atomic
def end_offer(*, offer_id: int, ended_on: date, reason: str = "", actor: Actor, at: datetime) -> Offer:
    """End an offer: from `ended_on` on the procedure is no longer taken there.

    Raises:
        NotFound: no such offer in force before that day.
        NotAllowed: the actor does not edit the catalogue.
    """
    policies.require_editor(actor)
    transaction.on_commit(forget_choices)
    offer = Offer.objects.select_for_update().filter(pk=offer_id).first()
    if offer is None or offer.valid.lower >= ended_on:
        raise NotFound
    if offer.valid.upper is not None and offer.valid.upper <= ended_on:
        raise NotFound
    offer.valid = DateRange(offer.valid.lower, ended_on)
    offer.save(update_fields=["valid"])
    _write_down(offer, OfferAct.ENDED, reason, actor=actor, at=at)
    return offer


@transaction.atomic
def save_eform_version(
    *,
    code: str,
    name: str,
    schema: dict[str, Any],
    valid_from: date,
    name_en: str = "",
    actor: Actor,
    at: datetime,
) -> EFormVersion:
    """Check `schema` and put it in force from `valid_from`; the version before it ends that day. Idempotent.

    Raises:
        SchemaRefused: the schema cannot be drawn; every place is named.
        NotAllowed: the actor does not edit the catalogue.
        VersionOverlaps: a version already starts on or after that day.
    """
    policies.require_editor(actor)
    transaction.on_commit(forget_choices)
    check_schema(schema)
    EForm.objects.bulk_create([EForm(code=code, name=name, name_en=name_en)], ignore_conflicts=True)
    eform = EForm.objects.select_for_update().get(code=code)
    published = eform.versions.filter(state=FormState.PUBLISHED)
    latest = published.order_by("-number").first()
    if latest and latest.schema == schema and latest.valid.upper is None:
        return latest
    end_version_before(eform, valid_from)
    last = eform.versions.order_by("-number").values_list("number", flat=True).first()
    return EFormVersion.objects.create(
        eform=eform, number=(last or 0) + 1, schema=schema, valid=DateRange(valid_from, None), published_at=at
    )
