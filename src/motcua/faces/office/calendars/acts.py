"""The acts of calendars and the kind of object that they are done to, for the access module."""

from django.utils.translation import gettext_lazy as _

from motcua.faces.office.calendars.choosing import sees
from motcua.foundation.accounts.registry import Act, Kind, register, register_kinds
from motcua.foundation.organisations.types import Role


def declare() -> None:
    """Register them; called once when the app is ready."""
    keepers = frozenset({Role.CONTROLLER, Role.ADMINISTRATOR})
    register_kinds(Kind("calendar", _("Working calendar"), sees=sees, columns=("agency_id",)))
    register(
        Act("calendars.see", _("See working calendars, their history, downtimes and the rules of counting")),
        Act("calendars.edit", _("Change a working calendar"), roles=keepers, kind="calendar"),
        Act("calendars.rules", _("Enter and end rules of counting"), roles=keepers, kind="calendar"),
        Act("calendars.downtime", _("Record downtimes of systems"), roles=keepers),
        Act("calendars.rosters", _("See who sits at the desk outside office hours"), kind="calendar"),
        Act(
            "calendars.roster",
            _("Enter turns at the desk outside office hours"),
            roles=keepers | {Role.LEADER, Role.DIVISION_HEAD},
            kind="calendar",
        ),
    )
