from django.apps import AppConfig
from django.core.checks import register


class DocumentsConfig(AppConfig):
    name = "motcua.casework.documents"
    label = "documents"
    verbose_name = "Documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks of settings."""
        from motcua.casework.documents import checks

        register(checks.virus_scanner_exists)
