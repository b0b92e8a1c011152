from django.apps import AppConfig
from django.core.checks import register


class DocumentsConfig(AppConfig):
    name = "motcua.casework.documents"
    label = "documents"
    verbose_name = "Documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks of settings and what is kept for a time."""
        from motcua.casework.documents import checks, kept
        from motcua.foundation.core import keeping

        register(checks.virus_scanner_exists)
        keeping.register(*kept.kinds())
