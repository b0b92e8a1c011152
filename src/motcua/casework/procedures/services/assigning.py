"""Several procedures given to several agencies at once, all or nothing."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.procedures import policies
from motcua.casework.procedures.selectors.offering import plan_assignment
from motcua.casework.procedures.services.offering import publish_offer
from motcua.casework.procedures.types import Assignment, AssignmentLine, Effect
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.types import Invalid
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import Level


@transaction.atomic
def assign_offers(*, wanted: Assignment, actor: Actor, at: datetime) -> dict[Effect, int]:
    """Make the offers of an assignment; return how many were new, changed, or so already.

    Nothing is done when one of them cannot be. Idempotent.

    Raises:
        NotAllowed: the actor does not edit the catalogue.
        Invalid: `procedure_codes`, `agency_ids` or `valid_from` says which and why.
        ProcessNotSound: the process in force that day breaks a rule of publishing.
    """
    policies.require_editor(actor)
    lines = plan_assignment(wanted)
    refused = assignment_refusals(lines)
    if refused:
        raise Invalid(refused)
    if not lines:
        raise Invalid({"procedure_codes": [str(_("Choose at least one procedure and one agency."))]})
    cards = organisations.directory(on=wanted.valid_from).agencies
    done = dict.fromkeys(Effect, 0)
    for line in lines:
        done[Effect(line.effect)] += 1
        if line.effect == Effect.SAME:
            continue
        publish_offer(
            procedure_code=line.code,
            agency_id=line.agency_id,
            level=cards[line.agency_id].level if line.agency_id else Level.COMMUNE,
            process_code=wanted.process_code,
            eform_code=wanted.eform_code,
            channels=wanted.channels,
            at_centre=wanted.at_centre,
            quick_form=wanted.quick_form,
            excepted_ids=wanted.excepted_ids if line.agency_id is None else (),
            valid_from=wanted.valid_from,
            reason=wanted.reason,
            actor=actor,
            at=at,
        )
    return done


def assignment_refusals(lines: Sequence[AssignmentLine]) -> dict[str, list[str]]:
    """Return entry -> what forbids it there, at most five sentences each; empty when all can be done."""
    found: dict[str, list[str]] = {}
    for line in lines:
        if line.effect != Effect.REFUSED:
            continue
        sentence = f"{line.code}, {line.agency_name}: {line.why}" if line.agency_name else f"{line.code}: {line.why}"
        found.setdefault(line.place, []).append(sentence)
    return {place: sentences[:5] for place, sentences in found.items()}
