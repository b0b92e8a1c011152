"""The acts around decisions, for the access module: departments draft, procedure control checks and publishes."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.accounts.registry import Act, register
from motcua.foundation.accounts.types import Scope
from motcua.foundation.organisations.types import Role


def declare() -> None:
    """Register them; called once when the app is ready."""
    keepers = frozenset({Role.CONTROLLER, Role.ADMINISTRATOR})
    register(
        Act("decisions.see", _("See decisions that publish procedures, their drafts and figures")),
        Act(
            "decisions.draft",
            _("Draft decisions of one's provincial agency and the records in them"),
            roles=keepers | {Role.OFFICER, Role.DIVISION_HEAD},
            scope=Scope.EVERYTHING,
        ),
        Act(
            "decisions.publish",
            _("Check and publish decisions, note their entry in the national database"),
            roles=keepers,
            scope=Scope.EVERYTHING,
        ),
    )
