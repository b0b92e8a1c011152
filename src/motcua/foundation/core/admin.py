"""The support pages: what the tables hold, for reading only. Each app registers its models here in its admin.py."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from motcua.foundation.core.models import OutboxEvent, OutboxFailure
from motcua.foundation.core.types import NotAllowed


class SupportSite(admin.AdminSite):
    """Django's admin without any way to change something; open to superusers, who sign in at the office."""

    site_header = site_title = _("Motcua support")
    index_title = _("What the tables hold")

    def has_permission(self, request: HttpRequest) -> bool:
        """Tell whether this user may look; support staff are superusers, never officers of a post."""
        return bool(request.user.is_active and request.user.is_superuser)

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send a stranger to the office's sign-in and back.

        Raises:
            NotAllowed: somebody without this right has signed in already.
        """
        if request.user.is_authenticated:
            raise NotAllowed
        return HttpResponseRedirect(f"{resolve_url('office:login')}?{urlencode({'next': request.get_full_path()})}")


support = SupportSite(name="admin")


class ReadOnlyAdmin(admin.ModelAdmin):
    """Shows rows; adds, changes and deletes nothing, and never counts a big table."""

    show_full_result_count = False
    list_per_page = 50
    actions = None
    ordering = ("-pk",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may enter may look."""
        return True

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whoever may enter sees every app."""
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody adds here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody changes here: changes are services' work, with their journal."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes here."""
        return False


@admin.register(OutboxEvent, site=support)
class OutboxEventAdmin(ReadOnlyAdmin):
    list_display = ("id", "topic", "subject", "occurred_at", "delivered_at")
    list_filter = ("topic",)


@admin.register(OutboxFailure, site=support)
class OutboxFailureAdmin(ReadOnlyAdmin):
    list_display = ("id", "subscriber", "event_id", "subject", "reason", "attempts", "next_try_at")
