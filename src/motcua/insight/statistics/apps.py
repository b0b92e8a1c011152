from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "motcua.insight.statistics"
    label = "statistics"
    verbose_name = "Statistics"
    default_auto_field = "django.db.models.BigAutoField"
