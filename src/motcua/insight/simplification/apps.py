from django.apps import AppConfig


class SimplificationConfig(AppConfig):
    name = "motcua.insight.simplification"
    label = "simplification"
    verbose_name = "Simplification"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.insight.simplification import acts

        acts.declare()
