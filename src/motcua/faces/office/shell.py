"""What stands around every page of the office: the rail with its counts, the place, initials and shortcut keys."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from functools import cache
from html import escape
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.types import DeskCounts
from motcua.casework.workflow.types import OpenWork
from motcua.faces.design import formatting
from motcua.faces.design.icons import icon
from motcua.foundation.accounts.registry import may
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import clock
from motcua.foundation.organisations.types import Role

Entry = dict[str, Any]
Hints = Sequence[tuple[Sequence[str], str]]


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    here: str,
    status: int = 200,
    hints: Hints = (),
    work: OpenWork | None = None,
    desk: DeskCounts | None = None,
    at: datetime | None = None,
) -> HttpResponse:
    """Render an office page.

    Args:
        here: name of the rail's entry that is current, such as "office:home".
        work, desk: counts already read by the page; read here when missing, so that every page shows the same truth.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    at = at or context.get("now") or clock.now()
    work = work or dossiers.open_work(actor=actor, at=at)
    desk = desk or dossiers.desk_counts(actor=actor, at=at)
    around = {
        "now": at,
        "rail_html": draw_rail(rail(actor, here=here, work=work, desk=desk)),
        "place": place_of(actor),
        "hide_find": not may(actor, "office.register"),
        "initials": initials_of(actor.name),
        "hints": hints,
    }
    return render(request, template, around | context, status=status)


@cache
def address(name: str) -> str:
    """Return the address of a page without arguments; they never change while the process lives."""
    return reverse(name)


def draw_rail(groups: list[dict[str, Any]]) -> SafeString:
    """Return the rail as a finished string: it stands on every page."""
    drawn = []
    for number, group in enumerate(groups, start=1):
        items = "".join(_draw_entry(entry) for entry in group["entries"])
        title = escape(group["title"])
        drawn.append(f'<div><h2 id="rail-{number}">{title}</h2><ul aria-labelledby="rail-{number}">{items}</ul></div>')
    return mark_safe("".join(drawn))


def _draw_entry(entry: Entry) -> str:
    count = ""
    if entry["count"] is not None:
        tone = " bad" if entry["bad"] and entry["count"] else ""
        count = f'<span class="n{tone}">{formatting.number(entry["count"])}</span>'
    here = ' aria-current="page"' if entry["current"] else ""
    return f'<li><a href="{escape(entry["url"])}"{here}>{icon(entry["icon"])}{escape(entry["label"])}{count}</a></li>'


def rail(actor: Actor, *, here: str, work: OpenWork, desk: DeskCounts) -> list[dict[str, Any]]:
    """Return the groups of the rail with only what the actor's posts can use."""
    home = address("office:home")
    works = may(actor, "office.work")
    mine = [
        _entry("office:home", _("Work to do"), "inbox", here, count=work.staff.total),
        _entry(
            "overdue", _("Overdue"), "circle-alert", here, url=f"{home}?due=overdue", count=work.staff.overdue, bad=True
        ),
        _entry(
            "citizen", _("Waiting for the citizen"), "pause", here, url=f"{home}?wait=citizen", count=work.citizen.total
        ),
    ]
    follow = []
    if may(actor, "office.register"):
        follow.append(_entry("office:register", _("All dossiers"), "folder-open", here))
    if may(actor, "books.see"):
        follow.append(_entry("office:books", _("Books"), "book-open", here))
    if may(actor, "dossiers.extend"):
        follow.append(_entry("office:extensions", _("New dates"), "calendar-clock", here))
    if may(actor, "dossiers.reopen"):
        follow.append(_entry("office:second-supplements", _("Second supplements"), "file-plus-2", here))
    if may(actor, "office.stuck"):
        follow.append(_entry("office:stuck", _("Stuck dossiers"), "octagon-x", here))
    if may(actor, "internal.start"):
        follow.append(_entry("office:internal", _("Drafting of documents"), "file-text", here))
    follow.append(_entry("office:completion", _("Is it done?"), "text-search", here))
    with suppress(NoReverseMatch):  # an installation may do without the figures
        if may(actor, "statistics.see"):
            follow.append(_entry("office:figures", _("Figures"), "chart-column", here))
    groups = [
        {"title": _("My work"), "entries": [*(mine if works else ()), *_apart(actor, here)]},
        {"title": _("Counter"), "entries": _counter(actor, here, desk)},
        {"title": _("Follow"), "entries": follow},
        {"title": _("Set-up"), "entries": _set_up(actor, here)},
    ]
    return [group for group in groups if group["entries"]]


def _counter(actor: Actor, here: str, desk: DeskCounts) -> list[Entry]:
    entries: list[Entry] = []
    if actor.has_role(Role.POSTAL):
        entries = [
            _entry("office:counter", _("Take in at the counter"), "id-card", here),
            _entry("office:results", _("Results to return"), "package-check", here, count=desk.to_return),
        ]
    if actor.has_role(Role.RECEPTIONIST):
        entries = [
            _entry("office:counter", _("Take in at the counter"), "id-card", here),
            _entry("office:certification", _("Certified copies"), "stamp", here),
            _entry("office:inbox", _("New online filings"), "globe", here, count=desk.inbox),
            _entry("office:results", _("Results to return"), "package-check", here, count=desk.to_return),
        ]
    if actor.has_role(Role.RECEPTIONIST, Role.OFFICER, Role.CLERK, Role.LEADER):
        entries.append(_entry("office:certification-batch", _("Copies for signature"), "pen-line", here))
    if may(actor, "custody.hand_over"):
        entries.append(_entry("office:custody", _("Hand paper over"), "truck", here))
    return entries


def _apart(actor: Actor, here: str) -> list[Entry]:
    """Return the pages of roles that stand beside the agency's usual work."""
    pages = (
        ("dossiers.prepare", "office:queue", _("The leader's queue"), "list-checks"),
        ("dossiers.inspect", "office:inspections", _("My inspections"), "clipboard-check"),
        ("dossiers.watch_readings", "office:unusual-readings", _("Unusual readings"), "eye"),
        ("accounts.decide_corrections", "office:corrections", _("Requests to correct data"), "pencil"),
        ("accounts.see_keeping", "office:keeping", _("How long data are kept"), "archive"),
    )
    return [_entry(name, label, icon_, here) for code, name, label, icon_ in pages if may(actor, code)]


def _set_up(actor: Actor, here: str) -> list[Entry]:
    entries = []
    if may(actor, "office.processes"):
        entries.append(_entry("office:procedures", _("Procedures, processes"), "book-open", here))
        entries.append(_entry("office:processes", _("Processes"), "workflow", here))
    if may(actor, "offers.see"):
        entries.append(_entry("office:offers", _("Who takes which procedure"), "map-pin", here))
    if may(actor, "decisions.see"):
        entries.append(_entry("office:decisions", _("Decisions"), "gavel", here))
        entries.append(_entry("office:decision-figures", _("Figures of procedures"), "hash", here))
    if may(actor, "procedures.import"):
        entries.append(_entry("office:imports", _("Files of procedures"), "upload", here))
    if may(actor, "eforms.see"):
        entries.append(_entry("office:eforms", _("Electronic forms"), "clipboard-pen", here))
    if may(actor, "accounts.order_inspections"):
        entries.append(_entry("office:inspection-orders", _("Orders of inspection"), "clipboard-check", here))
    if may(actor, "reviews.see"):
        entries.append(_entry("office:reviews", _("Review and simplification"), "list-checks", here))
    if may(actor, "calendars.see"):
        entries.append(_entry("office:calendars", _("Working calendar"), "calendar-days", here))
    if may(actor, "organisations.see"):
        entries.append(_entry("office:organisations", _("Structure of agencies"), "building-2", here))
    staff_pages = (
        ("staff.see", "office:staff", _("Staff"), "users"),
        ("staff.leave", "office:leave", _("Leave and standing in"), "calendar-x"),
        ("staff.staffing", "office:staffing", _("Staffing"), "layers"),
    )
    entries += [_entry(name, label, icon_, here) for code, name, label, icon_ in staff_pages if may(actor, code)]
    if actor.has_role(Role.CONTROLLER, Role.ADMINISTRATOR):
        entries.append(_entry("office:papers-to-confirm", _("Papers to confirm"), "list-checks", here))
        entries.append(_entry("office:limits", _("Limits to settle"), "hourglass", here))
    if actor.has_role(Role.ADMINISTRATOR):
        entries.append(_entry("office:reforms", _("Reorganisations"), "git-branch", here))
        entries.append(_entry("office:staff-accounts", _("Sign-ins of staff"), "shield-check", here))
    return entries


def _entry(
    name: str, label: str, icon: str, here: str, *, url: str = "", count: int | None = None, bad: bool = False
) -> Entry:
    return {
        "label": label, "url": url or address(name), "icon": icon, "count": count, "bad": bad, "current": name == here,
    }  # fmt: skip


def place_of(actor: Actor) -> str:
    """Return the agency of the actor's first post."""
    return actor.posts[0].agency_name if actor.posts else ""


def initials_of(name: str) -> str:
    """Return the first letters of the last two words: Nguyễn Hoàng Phúc is HP."""
    return "".join(word[0] for word in name.split()[-2:]).upper()
