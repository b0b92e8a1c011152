from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "motcua.engagement.surveys"
    label = "surveys"
    verbose_name = "Surveys"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.engagement.surveys.held import PROVIDERS
        from motcua.foundation.core import held_data

        held_data.register(*PROVIDERS)
