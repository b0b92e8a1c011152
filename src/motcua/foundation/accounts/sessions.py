"""Sessions of users: opened at the end of every way of signing in, seen by their owner, ended by them."""

import re
import secrets
from datetime import datetime
from ipaddress import AddressValueError, IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from uuid import UUID

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, login
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from motcua.foundation.accounts.attempts import DEVICE_AGE, DEVICE_COOKIE, device_cookie
from motcua.foundation.accounts.events_of_users import note
from motcua.foundation.accounts.models import SignInSession, User
from motcua.foundation.accounts.types import EventKind, SessionCard
from motcua.foundation.core.types import NotFound

BACKEND = "motcua.foundation.accounts.backends.ThrottledBackend"
PROVED_AT = "accounts.proved_at"
_SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip
_BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("coc_coc_browser", "Cốc Cốc"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip


def coarse_address(address: str) -> str:
    """Return the network that an address lies in: '113.161.72.•', '2402:800:63ab::/48'; '' for no address."""
    try:
        parsed: IPv4Address | IPv6Address = ip_address(address)
    except (AddressValueError, ValueError):
        return ""
    if parsed.version == 4:
        return address.rpartition(".")[0] + ".•"
    return str(IPv6Network((address, 48), strict=False))


def device_of(agent: str) -> str:
    """Return a browser and system by their known names, such as 'Chrome, Windows'; '' for anything else."""
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    browser = next((name for mark, name in _BROWSERS if re.search(rf"{mark}/\d", agent)), "")
    return ", ".join(filter(None, (browser, system)))


def open_session(request: HttpRequest, *, user: User, method: str, second_factor: str = "", at: datetime) -> None:
    """Sign the user in: a session with a new key, its line for the owner's page, the record. Forgets what was pending.

    Args:
        second_factor: how it was shown (SignInMethod), '' where none was asked for.
    """
    login(request, user, backend=BACKEND)
    request.session[PROVED_AT] = int(at.timestamp())
    for name in [key for key in request.session.keys() if key.startswith("signing_in")]:  # noqa: SIM118 - no dict
        del request.session[name]
    if not request.session.session_key:
        request.session.save()
    device = device_of(request.headers.get("User-Agent", ""))
    address = coarse_address(request.META.get("REMOTE_ADDR", ""))
    with transaction.atomic():
        SignInSession.objects.update_or_create(
            session_key=request.session.session_key,
            defaults={
                "user": user, "method": method, "second_factor": second_factor, "device": device, "address": address,
                "started_at": at,
            },
        )  # fmt: skip
        note(user_id=user.pk, kind=EventKind.SIGNED_IN, device=device, address=address, at=at)


def remember_device(request: HttpRequest, response: Any, *, username: str, at: datetime) -> None:
    """Let this browser be known under the name, so that attempts from elsewhere never keep its owner out."""
    value = device_cookie(request.COOKIES.get(DEVICE_COOKIE, ""), username, nonce=secrets.token_hex(8), at=at)
    response.set_cookie(
        DEVICE_COOKIE, value, max_age=DEVICE_AGE, httponly=True, samesite="Lax", secure=request.is_secure()
    )


def keep_session(request: HttpRequest, *, user: User) -> None:
    """Let this session live on after a change of the password, which ends all others."""
    request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    request.session[SESSION_KEY], request.session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND


def sessions_of(user_id: int, *, session_key: str | None, at: datetime) -> tuple[SessionCard, ...]:
    """Return the living sessions of a user, this one first, then the newest."""
    rows = list(SignInSession.objects.filter(user_id=user_id).order_by("-pk")[:100])
    living = set(
        Session.objects.filter(session_key__in=[row.session_key for row in rows], expire_date__gt=at).values_list(
            "session_key", flat=True
        )
    )
    cards = [
        SessionCard(
            row.public_id, row.device, row.address, row.started_at, row.method, row.second_factor,
            row.session_key == session_key,
        )
        for row in rows
        if row.session_key in living
    ]  # fmt: skip
    return tuple(sorted(cards, key=lambda card: not card.is_this))


@transaction.atomic
def end_session(*, user_id: int, public_id: UUID, at: datetime) -> None:
    """End one session of one's own; it is signed out with its next request.

    Raises:
        NotFound: no such session of this user.
    """
    if not end_sessions(SignInSession.objects.filter(user_id=user_id, public_id=public_id)):
        raise NotFound
    note(user_id=user_id, kind=EventKind.SESSION_ENDED, at=at)


@transaction.atomic
def end_other_sessions(*, user_id: int, session_key: str | None, at: datetime) -> int:
    """End all sessions of a user but this one; return how many."""
    ended = end_sessions(SignInSession.objects.filter(user_id=user_id).exclude(session_key=session_key or ""))
    if ended:
        note(user_id=user_id, kind=EventKind.SESSION_ENDED, at=at)
    return ended


def end_sessions(rows: QuerySet[SignInSession]) -> int:
    """Delete these sessions, theirs in the store of sessions too. Private to this app."""
    keys = list(rows.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)
