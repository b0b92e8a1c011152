"""The figures above the work list: each one is a link to the rows behind it."""

from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from motcua.casework.dossiers.types import DeskCounts
from motcua.casework.workflow.types import OpenWork
from motcua.faces.office.shell import address
from motcua.foundation.accounts.types import Actor
from motcua.foundation.organisations.types import Role


def count_tiles(actor: Actor, work: OpenWork, desk: DeskCounts, *, due: str, wait: str) -> list[dict[str, Any]]:
    """Return the counts of all posts held; those of a desk only for people who sit at one."""
    home = address("office:home")
    tiles: list[dict[str, Any]] = []
    if actor.has_role(Role.RECEPTIONIST):
        inbox, late = address("office:inbox"), f"{address('office:inbox')}?due=overdue"
        tiles += [
            _tile(desk.inbox_overdue, _("overdue for acceptance"), late, tone="bad"),
            _tile(desk.inbox, _("waiting for acceptance"), inbox),
        ]

    def of_work(count: int, label: str, tone: str = "", **query: str) -> dict[str, Any]:
        current = query in ({"due": due}, {"wait": wait})
        return _tile(count, label, f"{home}?{urlencode(query)}", tone=tone, current=current)

    tiles += [
        of_work(work.staff.overdue, _("overdue"), "bad", due="overdue"),
        of_work(work.staff.due_today, _("due today"), "warn", due="today"),
        of_work(work.staff.due_soon, _("due soon"), due="soon"),
        of_work(work.staff.new, _("new"), due="new"),
        of_work(work.citizen.total, _("waiting for the citizen"), wait="citizen"),
        of_work(work.bodies.total, _("waiting for another body"), wait="bodies"),
    ]
    if actor.has_role(Role.RECEPTIONIST):
        tiles.append(_tile(desk.to_return, _("results to return"), address("office:results")))
    return tiles


def _tile(count: int, label: str, url: str, *, tone: str = "", current: bool = False) -> dict[str, Any]:
    return {"count": count, "label": label, "url": url, "tone": tone if count else "", "current": current}
