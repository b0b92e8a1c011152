"""The acts of electronic forms for the access module: everybody looks, the keepers of the catalogue edit."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.accounts.registry import Act, register
from motcua.foundation.accounts.types import Scope
from motcua.foundation.organisations.types import Role


def declare() -> None:
    """Register them; called once when the app is ready."""
    register(
        Act("eforms.see", _("See electronic forms, their versions and differences, and try them")),
        Act(
            "eforms.edit",
            _("Design, try and publish electronic forms and shared blocks"),
            roles=frozenset({Role.CONTROLLER, Role.ADMINISTRATOR}),
            scope=Scope.PROVINCE,
        ),
    )
