from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DossiersConfig(AppConfig):
    name = "motcua.casework.dossiers"
    label = "dossiers"
    verbose_name = "Dossiers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.foundation.accounts.registry import Act, register
        from motcua.foundation.organisations.types import Role

        desk = frozenset({Role.RECEPTIONIST})
        register(
            Act("dossiers.see", _("See dossiers of one's agencies")),
            Act("dossiers.work", _("Do the tasks of one's posts")),
            Act("dossiers.receive", _("Take in, ask for supplements, refuse"), roles=desk),
            Act("dossiers.file", _("File a dossier"), public=True),
            Act("dossiers.track", _("Look a dossier up"), public=True),
            Act("dossiers.own", _("See one's own dossiers"), citizen=True),
        )
