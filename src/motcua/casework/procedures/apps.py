from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProceduresConfig(AppConfig):
    name = "motcua.casework.procedures"
    label = "procedures"
    verbose_name = "Procedures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.casework.procedures.following import FOLLOWERS
        from motcua.foundation.accounts.registry import Act, register
        from motcua.foundation.organisations.services import register_follower
        from motcua.foundation.organisations.types import Role

        keepers = frozenset({Role.CONTROLLER, Role.ADMINISTRATOR})
        register(
            Act(
                "procedures.import",
                _("Compare files of procedures with the catalogue and accept what differs"),
                roles=keepers,
            ),
            Act("procedures.confirm_papers", _("Confirm what the papers of a procedure are"), roles=keepers),
            Act(
                "procedures.settle_limits",
                _("Settle the limits of procedures and their rules of counting"),
                roles=keepers,
            ),
        )
        register_follower(*FOLLOWERS)
