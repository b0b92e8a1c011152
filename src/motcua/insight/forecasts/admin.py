"""Support pages of the forecasts, for reading only."""

from django.contrib import admin

from motcua.foundation.core.admin import ReadOnlyAdmin, support
from motcua.insight.forecasts.models import Forecast


@admin.register(Forecast, site=support)
class ForecastAdmin(ReadOnlyAdmin):
    list_display = ("procedure_code", "case_key", "agency_id", "count", "median_seconds", "p90_seconds", "until_on")
    search_fields = ("=procedure_code",)
