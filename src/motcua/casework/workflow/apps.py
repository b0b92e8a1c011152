from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "motcua.casework.workflow"
    label = "workflow"
    verbose_name = "Workflow"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.casework.workflow.subscriptions import subscribe

        subscribe()
