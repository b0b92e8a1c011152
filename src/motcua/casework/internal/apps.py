from django.apps import AppConfig


class InternalConfig(AppConfig):
    name = "motcua.casework.internal"
    label = "internal"
    verbose_name = "Internal procedures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.casework.internal import acts

        acts.declare()
