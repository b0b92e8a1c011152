"""Tags and filters of the design system. Load with `{% load mc %}`; design/guide.html shows every one."""

from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from motcua.faces.design import brand, eforms, fields, formatting, icons, marks
from motcua.faces.design.preferences import Preferences, preferences_of

register = template.Library()

register.filter("number", formatting.number)
register.filter("money", formatting.money)
register.filter("percent", formatting.percent)
register.filter("day", formatting.day)
register.filter("weekday_day", formatting.weekday_day)
register.filter("instant", formatting.instant)
register.filter("clock_time", formatting.clock_time)
register.filter("hours", formatting.hours)
register.filter("filesize", formatting.size)


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """Draw one icon."""
    return icons.icon(name, str(label), css)


@register.simple_tag
def icon_of(name: str, otherwise: str = "folder-open") -> SafeString:
    """Draw the icon that data name, or another one when there is none of that name."""
    return icons.icon(icons.known_or(name, otherwise))


@register.simple_tag
def tag(text: str, tone: str = "", picture: str = "") -> SafeString:
    """Draw a label; tone is 'mc-ok', 'mc-info', 'mc-warn', 'mc-danger' or 'mc-line'."""
    return marks.tag(text, tone=tone, picture=picture)


@register.simple_tag
def state_tag(state: str, text: str = "") -> SafeString:
    """Draw the label of a dossier's state."""
    return marks.state_tag(str(state), text)


@register.simple_tag
def channel_icon(channel: str, words: bool = False) -> SafeString:
    """Draw how a dossier came in."""
    return marks.channel_icon(str(channel), words=words)


@register.simple_tag
def due_badge(
    due_at: datetime | None, now: datetime, title: str = "", used: float | None = None, **facts: Any
) -> SafeString:
    """Draw the deadline badge; `facts` as in `marks.due`: left, paused, paused_days, finished_at, day_seconds."""
    known = {name: value for name, value in facts.items() if value not in ("", None)}
    item = marks.due(due_at=due_at or None, now=now, **known)
    return marks.due_badge(item, title=str(title), used=None if used in ("", None) else used)


@register.simple_tag
def bar(used: float = 0, paused: float = 0, late: float = 0, label: str = "", big: bool = False) -> SafeString:
    """Draw a bar of time; each share is between 0 and 1."""
    pieces = [("u", used), ("p", paused), ("l", late)]
    return marks.bar([piece for piece in pieces if piece[1]], label=str(label), big=big)


@register.simple_tag
def upload_limit() -> int:
    """Return how many megabytes a file may hold."""
    return int(settings.MOTCUA_UPLOAD_LIMIT_MB)


@register.simple_tag
def the_brand() -> brand.Brand:
    """Return the province's names and colours."""
    return brand.brand()


@register.simple_tag
def theme_css() -> SafeString:
    """Return the province's colours as a CSS rule; they passed the check at the start."""
    return mark_safe(brand.theme_css())


@register.simple_tag(takes_context=True)
def preferences(context: Context) -> Preferences:
    """Return text size, contrast and theme of this browser."""
    request = context.get("request")
    return preferences_of(request) if request is not None else Preferences()


@register.simple_tag(takes_context=True)
def preference_url(context: Context, **wish: str) -> str:
    """Return the address that sets one preference and comes back here."""
    request: HttpRequest | None = context.get("request")
    back = request.get_full_path() if request is not None and request.method == "GET" else "/"
    try:
        return f"{reverse('portal:preferences')}?{_quoted(**wish)}&{_quoted(next=back)}"
    except NoReverseMatch:
        return "#"


@lru_cache(maxsize=64)
def _quoted(**values: str) -> str:
    """Return a part of a query; every page asks for the same few wishes, and several times for its own address."""
    return urlencode(values)


@register.simple_tag(takes_context=True)
def other_language_url(context: Context) -> str:
    """Return this page's address in the other language: portal English lives under /en/."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return "/en/"
    path = request.get_full_path() if request.method == "GET" else request.path
    # one slash only: two would lead to another site
    return f"/{path[3:].lstrip('/')}" if path.startswith("/en/") else f"/en/{path.lstrip('/')}"


@register.simple_tag(takes_context=True)
def current(context: Context, *prefixes: str) -> SafeString:
    """Return aria-current="page" when the path starts with one of `prefixes`; '=' before one asks for equality."""
    request = context.get("request")
    path = request.path.removeprefix("/en") if request is not None else ""
    plain = [prefix.removeprefix("/en") for prefix in prefixes if prefix]
    here = any(path == p[1:] if p.startswith("=") else path.startswith(p) for p in plain)
    return SafeString('aria-current="page"') if here else SafeString("")


@register.simple_tag
def in_vietnamese() -> SafeString:
    """Return lang="vi" on an English page: what stands in the tag is Vietnamese data."""
    return SafeString("" if formatting.language() == "vi" else 'lang="vi"')


@register.simple_tag
def in_english() -> SafeString:
    """Return lang="en" on an English page: our words inside Vietnamese data."""
    return SafeString("" if formatting.language() == "vi" else 'lang="en"')


@register.simple_tag
def lang_of(text: str) -> SafeString:
    """Return lang="vi" for Vietnamese data on an English page, '' for a translation or on a Vietnamese page."""
    return SafeString("" if formatting.language() == "vi" or str(text).isascii() else 'lang="vi"')


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """Return this page's query with `changes`; None or '' drops a key."""
    values = context["request"].GET.copy()
    for key, value in changes.items():
        values.pop(key, None)
        if value not in (None, ""):
            values[key] = value
    return f"?{values.urlencode()}" if values else "?"


@register.simple_tag(takes_context=True)
def query_without(context: Context, *names: str) -> str:
    """Return this page's query without these keys."""
    return query(context, **dict.fromkeys(names))


@register.inclusion_tag("design/parts/field.html")
def field(bound: Any, label: str = "", hint: str = "", css: str = "") -> dict[str, Any]:
    """Draw a form field: label, hint, error above the input, optional fields marked."""
    return fields.describe(bound, label=label, hint=hint, css=css)


@register.inclusion_tag("design/parts/eform.html")
def eform(form: Any, files: bool = True) -> dict[str, Any]:
    """Draw a section of an electronic form; `files` says whether files can be sent from this page."""
    return {"nodes": eforms.drawn(form, files=files)}


@register.inclusion_tag("design/parts/error_summary.html")
def error_summary(form: Any, title: str = "") -> dict[str, Any]:
    """Draw the list of what to mend, first in main; it takes the focus. Takes a form or a list of forms."""
    return {"errors": fields.summary(form), "title": title}


@register.inclusion_tag("design/parts/uploader.html")
def uploader(paper: Any, name: str, accept: str = ".pdf,.jpg,.jpeg,.png,.docx", **options: Any) -> dict[str, Any]:
    """Draw one paper to hand in with its state; see design/parts/uploader.html for what `paper` holds."""
    return {"paper": paper, "name": name, "accept": accept, **options}


@register.inclusion_tag("design/parts/timeline.html")
def timeline(items: Any) -> dict[str, Any]:
    """Draw what happened and what comes; items hold kind, icon, title, who, at, text, url, link."""
    return {"items": items}


@register.inclusion_tag("design/parts/ledger.html")
def ledger(rows: Any, caption: str = "", total_label: str = "") -> dict[str, Any]:
    """Draw the deadline ledger that calendars make; rows hold dates, reason, note, holder, seconds, counted."""
    seconds = getattr(rows, "total_seconds", 0)
    total = formatting.hours(seconds, "short") if seconds else getattr(rows, "total", "")
    return {"rows": rows, "caption": caption, "total": total, "total_label": total_label}


@register.inclusion_tag("design/parts/facts.html")
def facts(items: Any) -> dict[str, Any]:
    """Draw short answers; items hold icon, term, answer, note."""
    return {"items": items}


@register.inclusion_tag("design/parts/stepbar.html")
def stepbar(steps: Any, now: int) -> dict[str, Any]:
    """Draw the step bar; steps are names, `now` counts from 1."""
    names = list(steps)
    return {"steps": names, "now": now, "next": names[now] if now < len(names) else ""}


@register.inclusion_tag("design/parts/stepnav.html")
def stepnav(steps: Any, now: int) -> dict[str, Any]:
    """Draw the list of steps beside a wizard; `now` counts from 1."""
    return {"steps": list(steps), "now": now}


@register.inclusion_tag("design/parts/tasklist.html")
def tasklist(items: Any) -> dict[str, Any]:
    """Draw a list of parts to do; items hold title, url, note, state (done, doing, mend, todo, closed)."""
    return {"items": items}


@register.inclusion_tag("design/parts/summary.html")
def summary_list(items: Any) -> dict[str, Any]:
    """Draw answers to check; items hold term, answer, url and (for lists) answers."""
    return {"items": items}


@register.inclusion_tag("design/parts/counts.html")
def counts(items: Any, label: str = "") -> dict[str, Any]:
    """Draw counts with links; items hold count, label, url, tone ('bad', 'warn', ''), current."""
    return {"items": items, "label": label}


@register.inclusion_tag("design/parts/views.html")
def views_tabs(items: Any, label: str = "") -> dict[str, Any]:
    """Draw views as links; items hold label, url, count, current."""
    return {"items": items, "label": label}


@register.inclusion_tag("design/parts/tile.html")
def tile(term: str, figure: Any, note: str = "", url: str = "", tone: str = "", picture: str = "") -> dict[str, Any]:
    """Draw one figure; a link when it opens the dossiers behind it."""
    return {"term": term, "figure": figure, "note": note, "url": url, "tone": tone, "picture": picture}


@register.inclusion_tag("design/parts/pager.html")
def pager(newer: str = "", older: str = "", text: str = "") -> dict[str, Any]:
    """Draw links to newer and older rows (keyset pages) and a sentence between them."""
    return {"newer": newer, "older": older, "text": text}


@register.inclusion_tag("design/parts/rating.html", takes_context=True)
def rating(context: Context, action: str, legend: str, name: str = "score") -> dict[str, Any]:
    """Draw three taps that answer at once."""
    return {"action": action, "legend": legend, "name": name, "csrf_token": context.get("csrf_token", "")}


ALERT_ICONS = {"info": "info", "ok": "circle-check", "warn": "triangle-alert", "danger": "circle-alert"}


@register.simple_block_tag
def alert(content: str, tone: str = "info", title: str = "", picture: str = "", level: int = 2) -> SafeString:
    """Draw a notice; the block is its text."""
    head = format_html("<h{}>{}</h{}>", level, title, level) if title else ""
    drawn = icons.icon(picture or ALERT_ICONS[tone])
    return format_html('<div class="mc-alert mc-{}">{}<div>{}{}</div></div>', tone, drawn, head, content)


@register.simple_block_tag
def empty(content: str, title: str, picture: str = "inbox", level: int = 2) -> SafeString:
    """Draw an empty state: what is so, and what to do instead."""
    drawn = icons.icon(picture)
    return format_html('<div class="mc-card mc-empty">{}<h{}>{}</h{}>{}</div>', drawn, level, title, level, content)


@register.simple_block_tag
def prefill(content: str, picture: str = "badge-check") -> SafeString:
    """Draw what is known already."""
    return format_html('<div class="mc-prefill">{}<div>{}</div></div>', icons.icon(picture, "", "mc-i-lg"), content)


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:
    """Draw a native dialog; open it with `data-dialog="id"`. Put the safe answer first in its footer."""
    return format_html(
        '<dialog class="mc-dialog" id="{}" aria-labelledby="{}-t"><h2 class="h3" id="{}-t">{}</h2>{}</dialog>',
        id, id, id, title, content,
    )  # fmt: skip


@register.simple_block_tag
def toast(content: str, stays: bool = False) -> SafeString:
    """Draw a short message that leaves by itself after eight seconds, unless it holds an undo."""
    keep = "" if stays else " data-fades"
    return format_html('<div class="mc-toast float" role="status"{}>{}{}</div>', keep, icons.icon("check"), content)
