from django.apps import AppConfig
from django.core import checks


class DesignConfig(AppConfig):
    name = "motcua.faces.design"
    label = "design"
    verbose_name = "Design system"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.faces.design.brand import check_brand

        checks.register(check_brand)
