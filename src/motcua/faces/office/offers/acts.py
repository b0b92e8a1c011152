"""The acts of offers: everybody in the office may see who takes what; procedure control and administration assign."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.accounts.registry import Act, register
from motcua.foundation.organisations.types import Role


def declare() -> None:
    """Register them; called once when the app is ready."""
    register(
        Act("offers.see", _("See who takes which procedure, what procedures lack, and how many are covered")),
        Act(
            "offers.assign",
            _("Assign procedures to agencies, change and end assignments"),
            roles=frozenset({Role.CONTROLLER, Role.ADMINISTRATOR}),
        ),
    )
