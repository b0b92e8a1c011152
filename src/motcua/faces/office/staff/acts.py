"""The acts of staff and the kinds of object that they are done to, for the access module."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.registry import ORDINARY, Act, Kind, register, register_kinds
from motcua.foundation.accounts.types import Actor, Scope
from motcua.foundation.organisations.types import Role


def sees_unit(actor: Actor, unit_id: Any) -> bool:
    """Tell whether somebody sees the posts of a unit: staff those of their agencies."""
    return unit_id in actor.scope_ids


def declare() -> None:
    """Register them; called once when the app is ready."""
    keepers = frozenset({Role.ADMINISTRATOR})
    heads = keepers | {Role.LEADER, Role.DIVISION_HEAD}
    register_kinds(
        Kind("staff_person", _("Member of the staff"), sees=accounts.sees_person, columns=("post.unit_id",)),
        Kind("staff_unit", _("Unit with its posts"), sees=sees_unit, columns=("unit_id",)),
        Kind("absence", _("Leave"), sees=accounts.sees_absence, columns=("person_id", "substitute_id")),
        Kind("handover", _("Record of a handover"), columns=("person_id", "made_by_id", "to_person_id")),
    )
    register(
        Act("staff.see", _("See the staff of one's agencies and their posts"), roles=heads, kind="staff_person"),
        Act("staff.manage", _("Give and end posts, enter new staff"), roles=keepers, kind="staff_person"),
        Act("staff.posts", _("See the posts of units and their vacancies"), roles=heads, kind="staff_unit"),
        Act("staff.post_change", _("Open and end posts of units"), roles=keepers, kind="staff_unit"),
        Act("staff.leave", _("Enter leave and see who stands in"), roles=ORDINARY, kind="absence", scope=Scope.SELF),
        Act("staff.hand_over", _("Hand work of a post over"), roles=heads, kind="staff_person"),
        Act("staff.handover", _("See records of handovers"), roles=ORDINARY, kind="handover", scope=Scope.SELF),
        Act("staff.staffing", _("See how units are staffed"), roles=heads | {Role.CONTROLLER}, kind="staff_unit"),
        Act("staff.numbers", _("Set how many people units shall have"), roles=keepers),
    )
