from django.apps import AppConfig
from django.db.backends.signals import connection_created

from motcua.foundation.core.timestamps import read_instants_fast


class CoreConfig(AppConfig):
    name = "motcua.foundation.core"
    label = "core"
    verbose_name = "Core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        connection_created.connect(read_instants_fast, dispatch_uid="core.read_instants_fast")
