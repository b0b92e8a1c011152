from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "motcua.faces.api"
    label = "api"
    verbose_name = "Api"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.faces.api.acts import ACTS
        from motcua.foundation.accounts import registry

        registry.register(*ACTS)
