"""Read-only support view of proposals."""

from django.contrib import admin

from motcua.foundation.core.admin import ReadOnlyAdmin, support
from motcua.insight.simplification.models import Proposal, ReviewPlan


@admin.register(ReviewPlan, site=support)
class ReviewPlanAdmin(ReadOnlyAdmin):
    """Plans, newest year first."""

    list_display = ("year", "title", "decision_number")
    ordering = ("-year",)


@admin.register(Proposal, site=support)
class ProposalAdmin(ReadOnlyAdmin):
    """Proposals, newest first."""

    list_display = ("title", "procedure_id", "state", "changed_at")
    list_filter = ("state", "kind")
    ordering = ("-changed_at",)
