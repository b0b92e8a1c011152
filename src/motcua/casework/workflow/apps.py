from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "motcua.casework.workflow"
    label = "workflow"
    verbose_name = "Workflow"
    default_auto_field = "django.db.models.BigAutoField"
