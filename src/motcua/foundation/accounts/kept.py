"""What accounts keep for a time: codes, sessions, requests of programs, accounts that nobody uses. Private."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.foundation.accounts.attempts import sweep_failures
from motcua.foundation.accounts.models import (
    ApiRequest,
    Authenticator,
    OneTimeCode,
    OutsideIdentity,
    Passkey,
    Person,
    RecoveryCode,
    Representation,
    SignInContact,
    SignInSession,
    User,
)
from motcua.foundation.core.keeping import Kind

ASSUMED = _("Law 91/2025/QH15, art. 3 (no longer than needed); period assumed")
# Other apps say here whose account must stay: (person ids) -> those among them that are needed.
_holds: list[Callable[[list[int]], set[int]]] = []
BATCH = 500


def register_hold(needed: Callable[[list[int]], set[int]]) -> None:
    """Let an app keep accounts from being closed as unused; called from AppConfig.ready()."""
    _holds.append(needed)


def _codes(_at: datetime, before: datetime) -> QuerySet[OneTimeCode]:
    return OneTimeCode.objects.filter(expires_at__lt=before)


def _requests(_at: datetime, before: datetime) -> QuerySet[ApiRequest]:
    return ApiRequest.objects.filter(created_at__lt=before)


def _count_sessions(_at: datetime, before: datetime) -> int:
    return Session.objects.filter(expire_date__lt=before).count() + _ended(before).count()


def _ended(before: datetime) -> QuerySet[SignInSession]:
    living = Session.objects.filter(expire_date__gte=before).values("session_key")
    return SignInSession.objects.exclude(session_key__in=living)


def _purge_sessions(at: datetime, before: datetime) -> int:
    sweep_failures(at=at)
    ended = _ended(before).delete()[0]
    return ended + Session.objects.filter(expire_date__lt=before).delete()[0]


def _unused(_at: datetime, before: datetime) -> list[int]:
    """Return the persons of citizens' accounts that nobody has used since, and that nothing needs."""
    used = Q(user__last_login__gte=before) | Q(user__last_login__isnull=True, user__date_joined__gte=before)
    rows = Person.objects.filter(is_officer=False, user__isnull=False, user__is_active=True).exclude(used)
    rows = rows.exclude(user__last_login__isnull=True, user__date_joined__isnull=True)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    needed = set().union(*(hold(ids) for hold in _holds)) if ids else set()
    acting = Representation.objects.filter(Q(deputy__in=ids) | Q(principal__in=ids), closed_at__isnull=True)
    for deputy_id, principal_id in acting.values_list("deputy_id", "principal_id"):
        needed |= {deputy_id, principal_id}
    return [pk for pk in ids if pk not in needed]


def _close(at: datetime, before: datetime) -> int:
    """Close unused accounts: no way in, no contact and no number is left; the name stays where papers name it."""
    ids = _unused(at, before)
    for start in range(0, len(ids), BATCH):
        _close_some(ids[start : start + BATCH])
    return len(ids)


def _close_some(ids: list[int]) -> None:
    people = Person.objects.filter(pk__in=ids)
    users = list(people.values_list("user_id", flat=True))
    for model in (SignInContact, SignInSession, Authenticator, Passkey, RecoveryCode, OutsideIdentity):
        model._default_manager.filter(user_id__in=users).delete()
    User.objects.filter(pk__in=users).update(is_active=False, password="!")  # noqa: S106 - no password opens it
    columns = ("identity_cipher", "identity_digest", "identity_digest_next", "phone_cipher", "phone_digest")
    people.update(**dict.fromkeys((*columns, "phone_digest_next", "email_cipher")))


KINDS = (
    Kind(
        "one_time_codes", _("One-time codes"), _("the end of their ten minutes"), 1, ASSUMED,
        lambda at, before: _codes(at, before).count(), lambda at, before: _codes(at, before).delete()[0],
    ),
    Kind("sessions", _("Sessions that ended"), _("their end"), 0, ASSUMED, _count_sessions, _purge_sessions),
    Kind(
        "api_requests", _("Requests of programs"), _("the request"), 30, ASSUMED,
        lambda at, before: _requests(at, before).count(), lambda at, before: _requests(at, before).delete()[0],
    ),
    Kind(
        "unused_accounts", _("Citizens' accounts that nobody uses"), _("the last sign-in"), 1825, ASSUMED,
        lambda at, before: len(_unused(at, before)), _close,
    ),
)  # fmt: skip
