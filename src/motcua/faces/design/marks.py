"""Small marks as finished strings: state tags, deadline badges, channels. Hot lists call these straight."""

from dataclasses import dataclass
from datetime import datetime
from html import escape

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.faces.design import formatting
from motcua.faces.design.icons import icon

# state -> tone, icon, words. One word, one icon, one tone in list, page, message and print.
STATES = {
    "draft": ("mc-line", "pencil", gettext_lazy("Draft")),
    "submitted": ("mc-line", "inbox", gettext_lazy("Waiting to be taken in")),
    "accepted": ("mc-info", "check", gettext_lazy("Taken in")),
    "refused": ("mc-danger", "circle-x", gettext_lazy("Not taken in")),
    "processing": ("mc-info", "loader", gettext_lazy("Being handled")),
    "consulting": ("mc-info", "users", gettext_lazy("Waiting for another body")),
    "signing": ("mc-info", "pen-line", gettext_lazy("Waiting for signature")),
    "supplement": ("mc-warn", "file-plus-2", gettext_lazy("Waiting for your addition")),
    "payment": ("mc-warn", "wallet", gettext_lazy("Waiting for tax or fee")),
    "withdrawn": ("mc-line", "undo-2", gettext_lazy("Withdrawn")),
    "stopped": ("", "octagon-x", gettext_lazy("Stopped")),
    "ready": ("mc-ok", "file-check", gettext_lazy("Result ready")),
    "returned": ("mc-ok mc-solid-ok", "circle-check", gettext_lazy("Result handed over")),
    "apologised": ("mc-danger mc-line", "calendar-clock", gettext_lazy("Apologised, new date given")),
    "elsewhere": ("mc-line", "external-link", gettext_lazy("Handled in the ministry's system")),
}
# the words dossiers use for the same states
ALIASES = {
    "filed": "submitted",
    "awaiting_acceptance": "submitted",
    "not_accepted": "refused",
    "in_process": "processing",
    "coordinating": "consulting",
    "awaiting_supplement": "supplement",
    "awaiting_payment": "payment",
    "finished": "ready",
    "has_result": "ready",
}
CHANNELS = {
    "online": ("globe", gettext_lazy("Online")),
    "counter": ("store", gettext_lazy("At the counter")),
    "post": ("package-check", gettext_lazy("By post")),
    "mobile": ("truck", gettext_lazy("At a mobile desk")),
}
CHANNELS |= {"direct": CHANNELS["counter"], "postal": CHANNELS["post"]}  # the catalogue's words
HOURS_PER_DAY = 8 * 3600


def tag(text: object, *, tone: str = "", picture: str = "") -> SafeString:
    """Return a small label with an icon before the words."""
    return format_html('<span class="mc-tag {}">{}{}</span>', tone, icon(picture) if picture else "", text)


def state_tag(state: str, text: object = "") -> SafeString:
    """Return the label of a dossier's state; `text` replaces its usual words."""
    tone, picture, words = STATES.get(ALIASES.get(state, state), ("", "circle", state))
    return tag(text or words, tone=tone, picture=picture)


def channel_icon(channel: str, *, words: bool = False) -> SafeString:
    """Return the sign of how a dossier came in; with `words` the words stand beside it."""
    picture, label = CHANNELS.get(channel, ("circle", channel))
    return format_html("{} {}", icon(picture), label) if words else icon(picture, str(label))


@dataclass(frozen=True, slots=True)
class Due:
    """What a deadline badge says."""

    tone: str
    picture: str
    words: str


def due(
    *,
    due_at: datetime | None,
    now: datetime,
    left: float | None = None,
    paused: bool = False,
    paused_days: int | None = None,
    finished_at: datetime | None = None,
    day_seconds: int = HOURS_PER_DAY,
) -> Due:
    """Return the words and tone of a deadline.

    Args:
        left: working seconds to `due_at`, negative when it has passed; None when not computed.
        paused_days: working days the clock has stood still.
        finished_at: when processing finished; the badge then tells how that compares with `due_at`.
        day_seconds: working seconds of a day of this agency.
    """
    if finished_at and due_at:
        return _finished(finished_at, due_at, left, day_seconds)
    if paused:
        words = ngettext("Paused %(n)s day", "Paused %(n)s days", paused_days or 0) % {"n": paused_days}
        return Due("paused", "pause", words if paused_days else _("Paused"))
    if due_at is None:
        return Due("", "clock", _("No deadline yet"))
    if now > due_at:
        return Due("late", "circle-alert", _late(now, due_at, left, day_seconds))
    if formatting.local(now).date() == formatting.local(due_at).date():
        return Due("today", "alarm-clock", _("Today %(time)s") % {"time": formatting.clock_time(due_at)})
    if left is None:
        return Due("", "clock", _("Due %(day)s") % {"day": formatting.day(due_at, "short")})
    if left <= day_seconds:
        return Due("soon", "clock", _("%(hours)s left") % {"hours": formatting.hours(left, "short")})
    days = int(left // day_seconds)
    return Due("", "clock", ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days})


def _late(now: datetime, due_at: datetime, left: float | None, day_seconds: int) -> str:
    past = abs(left) if left is not None else (now - due_at).total_seconds() * day_seconds / 86_400
    days = int(past // day_seconds)
    if not days:
        return _("%(hours)s overdue") % {"hours": formatting.hours(max(past, 60), "short")}
    return ngettext("%(n)s day overdue", "%(n)s days overdue", days) % {"n": days}


def _finished(finished_at: datetime, due_at: datetime, left: float | None, day_seconds: int) -> Due:
    if finished_at > due_at:
        days = int(abs(left) // day_seconds) if left is not None else (finished_at - due_at).days
        words = ngettext("%(n)s day late", "%(n)s days late", days) % {"n": days} if days else _("Late")
        return Due("late", "circle-alert", words)
    days = int(left // day_seconds) if left is not None else (due_at.date() - finished_at.date()).days
    words = ngettext("%(n)s day early", "%(n)s days early", days) % {"n": days} if days else _("On time")
    return Due("early", "check", words)


def due_badge(item: Due, *, title: str = "", used: float | None = None) -> SafeString:
    """Return the badge; `title` names who is waited for, `used` (0 to 1) draws the bar of time used."""
    said = escape(title) if title else ""
    extra = f' title="{said}"' if title else ""
    spoken = f'<span class="visually-hidden">, {said}</span>' if title else ""
    badge = f'<span class="mc-due {item.tone}"{extra}>{icon(item.picture)}{escape(item.words)}{spoken}</span>'
    kind = {"late": "l", "paused": "p"}.get(item.tone, "u")
    return mark_safe(badge + (bar([(kind, used)]) if used is not None else ""))


def bar(pieces: list[tuple[str, float]], *, label: str = "", big: bool = False) -> SafeString:
    """Return a bar of shares; each piece is kind ('u' used, 'p' paused, 'l' late, 'e' even) and share of 1."""
    voice = f'role="img" aria-label="{conditional_escape(label)}"' if label else 'aria-hidden="true"'
    inner = "".join(f'<i class="{kind} w-{max(0, min(100, round(share * 100)))}"></i>' for kind, share in pieces)
    return mark_safe(f'<span class="mc-bar{" big" if big else ""}" {voice}>{inner}</span>')
