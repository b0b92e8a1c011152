from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OfficeConfig(AppConfig):
    name = "motcua.faces.office"
    label = "office"
    verbose_name = "Office"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.faces.office.calendars import acts as calendars
        from motcua.faces.office.catalogue import acts as catalogue
        from motcua.faces.office.eforms import acts as eforms
        from motcua.faces.office.offers import acts as offers
        from motcua.faces.office.organisations import acts as organisations
        from motcua.faces.office.processes import acts as processes
        from motcua.faces.office.rehearsals import acts as rehearsals
        from motcua.faces.office.staff import acts as staff
        from motcua.foundation.accounts.registry import EVERYBODY_IN_THE_OFFICE, ORDINARY, Act, register
        from motcua.foundation.accounts.types import Scope
        from motcua.foundation.organisations.types import Role

        calendars.declare()
        catalogue.declare()
        offers.declare()
        eforms.declare()
        organisations.declare()
        processes.declare()
        rehearsals.declare()
        staff.declare()
        register(
            Act("office.sign_in", _("Sign in"), public=True),
            Act("office.sign_out", _("Sign out"), roles=EVERYBODY_IN_THE_OFFICE, citizen=True, scope=Scope.SELF),
            Act("office.home", _("Begin the day's work"), roles=EVERYBODY_IN_THE_OFFICE),
            Act("office.work", _("See one's work list"), kind="task"),
            Act(
                "office.stuck",
                _("See what is stuck in one's units and say what is being done"),
                roles=frozenset({Role.DIVISION_HEAD, Role.LEADER, Role.ADMINISTRATOR}),
                kind="dossier",
            ),
            Act(
                "office.register",
                _("Search the dossiers of one's agencies"),
                roles=ORDINARY | {Role.INSPECTOR},
                kind="dossier",
            ),
            Act(
                "office.account",
                _("See to one's own sign-in: password, second factor, sessions"),
                roles=frozenset(Role.values),
                scope=Scope.SELF,
            ),
            Act(
                "office.staff_accounts",
                _("See how staff sign in, reset a lost second factor"),
                roles=frozenset({Role.ADMINISTRATOR}),
                scope=Scope.PROVINCE,
            ),
            Act("office.certify", _("Take in certified copies"), roles=frozenset({Role.RECEPTIONIST}), kind="dossier"),
            Act(
                "office.certification_batch",
                _("Lay certified copies before the leader and record the signature"),
                roles=frozenset({Role.RECEPTIONIST, Role.OFFICER, Role.CLERK, Role.LEADER}),
                kind="dossier",
            ),
        )
