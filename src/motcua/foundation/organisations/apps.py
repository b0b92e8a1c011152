from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "motcua.foundation.organisations"
    label = "organisations"
    verbose_name = "Organisations"
    default_auto_field = "django.db.models.BigAutoField"
