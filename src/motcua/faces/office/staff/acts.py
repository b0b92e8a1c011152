"""The acts of staff, for the access module; what they are done to is registered by the apps that keep it."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.accounts.registry import ORDINARY, Act, register
from motcua.foundation.accounts.types import Scope
from motcua.foundation.organisations.types import Role


def declare() -> None:
    """Register them; called once when the app is ready."""
    keepers = frozenset({Role.ADMINISTRATOR})
    heads = keepers | {Role.LEADER, Role.DIVISION_HEAD}
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
