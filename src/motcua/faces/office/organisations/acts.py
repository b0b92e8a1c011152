"""The acts of the structure, for the access module. Whoever works in the office may look; administrators change it."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.accounts.registry import Act, register
from motcua.foundation.accounts.types import Scope
from motcua.foundation.organisations.types import Role


def declare() -> None:
    """Register them; called once when the app is ready."""
    keepers = frozenset({Role.ADMINISTRATOR})
    register(
        Act("organisations.see", _("See agencies, their structure on any day and their history")),
        Act(
            "organisations.name",
            _("Change how an agency is reached and its official identifiers"),
            roles=keepers,
            scope=Scope.PROVINCE,
        ),
        Act(
            "organisations.reorganise",
            _("Draft, preview, plan and undo reorganisations"),
            roles=keepers,
            scope=Scope.PROVINCE,
        ),
    )
