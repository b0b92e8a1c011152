from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "motcua.faces.portal"
    label = "portal"
    verbose_name = "Portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.faces.portal.acts import ACTS
        from motcua.foundation.accounts import registry

        registry.register(*ACTS)
