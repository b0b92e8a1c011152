"""Read-only support view of ratings."""

from django.contrib import admin

from motcua.engagement.surveys.models import Rating
from motcua.foundation.core.admin import ReadOnlyAdmin, support


@admin.register(Rating, site=support)
class RatingAdmin(ReadOnlyAdmin):
    """Ratings, newest first."""

    list_display = ("dossier_id", "agency_id", "level", "given_at")
    list_filter = ("level",)
    ordering = ("-given_at",)
    exclude = ("comment",)
