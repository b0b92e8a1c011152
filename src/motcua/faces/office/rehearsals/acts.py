"""The acts of the test bench, for the access module."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.accounts.registry import Act, register
from motcua.foundation.organisations.types import Role


def declare() -> None:
    """Register them; called once when the app is ready."""
    makers = frozenset({Role.OFFICER, Role.DIVISION_HEAD, Role.CONTROLLER, Role.ADMINISTRATOR})
    register(
        Act("bench.walk", _("Walk through a process and run past dossiers through it, without touching any")),
        Act("bench.keep", _("Keep and drop the tests of a process"), roles=makers),
    )
