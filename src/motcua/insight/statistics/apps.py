from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatisticsConfig(AppConfig):
    name = "motcua.insight.statistics"
    label = "statistics"
    verbose_name = "Statistics"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from motcua.foundation.accounts.registry import Act, Kind, register, register_kinds
        from motcua.foundation.accounts.selectors import sees_unit
        from motcua.insight.statistics import subscriptions

        register_kinds(Kind("figures", _("Figures of an agency"), sees=sees_unit, columns=("agency_id",)))
        register(Act("statistics.see", _("See the figures of one's agencies"), kind="figures"))
        subscriptions.subscribe()
