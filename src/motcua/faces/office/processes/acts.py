"""The acts of processes, for the access module. Everybody looks; departments draft; procedure control checks.

Law: Circular 01/2018/TT-VPCP, art. 8.
"""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.accounts.registry import Act, register
from motcua.foundation.organisations.types import Role


def declare() -> None:
    """Register them; called once when the app is ready."""
    control = frozenset({Role.CONTROLLER, Role.ADMINISTRATOR})
    register(
        Act("office.processes", _("Look at processes and procedures")),
        Act(
            "processes.draft",
            _("Draw processes: begin, change and discard drafts"),
            roles=control | {Role.DIVISION_HEAD},
        ),
        Act("processes.check", _("Check a drawn process for procedure control"), roles=frozenset({Role.CONTROLLER})),
        Act(
            "processes.publish", _("Enter the decision that approves a process, which puts it in force"), roles=control
        ),
        Act(
            "processes.move",
            _("Take running dossiers over to another version of their process"),
            roles=frozenset({Role.ADMINISTRATOR}),
        ),
    )
