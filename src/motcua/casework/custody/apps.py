from django.apps import AppConfig


class CustodyConfig(AppConfig):
    name = "motcua.casework.custody"
    label = "custody"
    verbose_name = "Custody of papers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.casework.custody import acts
        from motcua.casework.custody.subscriptions import subscribe

        acts.declare()
        subscribe()
