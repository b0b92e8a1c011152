"""Who hands paper over: the acts of custody and the rules of sight for lots and folders. Private."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.foundation.accounts.registry import Act, Kind, register, register_kinds
from motcua.foundation.accounts.types import Actor, ActorKind
from motcua.foundation.organisations.types import Role

SEE, HAND_OVER, SETTLE = "custody.see", "custody.hand_over", "custody.settle"
HEADS = frozenset({Role.DIVISION_HEAD, Role.LEADER})
HANDS = frozenset({Role.RECEPTIONIST, Role.OFFICER, Role.CLERK}) | HEADS


def sees_lot(actor: Actor, lot: Any) -> bool:
    """Tell whether somebody sees a lot: it leaves or reaches a unit of theirs."""
    return actor.kind == ActorKind.SYSTEM or bool({lot.from_unit_id, lot.to_unit_id} & actor.scope_ids)


def lots_within(actor: Actor) -> Q:
    """Return the same as a condition on lots."""
    if actor.kind == ActorKind.SYSTEM:
        return Q()
    return Q(from_unit_id__in=actor.scope_ids) | Q(to_unit_id__in=actor.scope_ids)


def sees_folder(actor: Actor, folder: Any) -> bool:
    """Tell whether somebody sees a folder: their agency received or decides its dossier, or holds the paper."""
    known = {folder.receiving_agency_id, folder.competent_agency_id, folder.holder_id}
    return actor.kind == ActorKind.SYSTEM or bool(known & actor.scope_ids)


def folders_within(actor: Actor) -> Q:
    """Return the same as a condition on folders."""
    if actor.kind == ActorKind.SYSTEM:
        return Q()
    units = actor.scope_ids
    return (
        Q(receiving_agency_id__in=units) | Q(competent_agency_id__in=units) | Q(holder_id__in=units)
    )  # fmt: skip


def hands_for(actor: Actor, unit_id: int | None) -> bool:
    """Tell whether somebody gives and takes paper for a unit: a post of theirs is there, or they head what it is in."""
    if actor.kind == ActorKind.SYSTEM:
        return True
    return any(
        post.role in HANDS and (post.unit_id == unit_id or unit_id in post.heritage or post.role in HEADS)
        for post in actor.posts
        if unit_id == post.unit_id or unit_id in post.scope_ids
    )


def declare() -> None:
    """Register them; called once when the app is ready."""
    register_kinds(
        Kind(
            "lot", _("Lot of paper folders"), sees=sees_lot, within=lots_within,
            columns=("from_unit_id", "to_unit_id"),
        ),
        Kind(
            "folder", _("Paper folder of a dossier"), sees=sees_folder, within=folders_within,
            columns=("receiving_agency_id", "competent_agency_id", "holder_id"),
        ),
    )  # fmt: skip
    register(
        Act(SEE, _("See where paper folders lie and the lots they go in"), kind="lot"),
        Act(HAND_OVER, _("Hand paper folders over in lots and receive them"), roles=HANDS, kind="lot"),
        Act(SETTLE, _("Settle what was missing or damaged in a lot"), roles=HANDS, kind="lot"),
    )
