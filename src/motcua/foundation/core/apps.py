from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate  # noqa: TID251 - sent by the command, not by a model

from motcua.foundation.core.timestamps import read_instants_fast


class CoreConfig(AppConfig):
    name = "motcua.foundation.core"
    label = "core"
    verbose_name = "Core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.foundation.core import checks, privileges  # noqa: F401 - checks register themselves

        connection_created.connect(read_instants_fast, dispatch_uid="core.read_instants_fast")
        # Sent once all migrations are done: tables that were just made are covered too.
        post_migrate.connect(privileges.lay_down, sender=self, dispatch_uid="core.privileges")
