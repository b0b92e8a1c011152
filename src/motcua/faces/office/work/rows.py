"""Rows of the work list as finished strings: this list is drawn more often than any other page."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.casework.dossiers.types import WorkRow
from motcua.faces.design import formatting, marks
from motcua.foundation.accounts.types import Actor
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations import selectors as organisations

_ROW = (
    '<tr><td class="pick"><input class="form-check-input" type="checkbox" name="pick" value="{task}:{dossier}" '
    'aria-label="{pick}"></td><td>{due}</td><th scope="row"><a class="t" href="{url}" lang="vi"><span class="clip">'
    '{procedure}</span></a><small lang="vi">{applicant}</small></th>'
    '<td class="mc-code nw" data-l="{code_label}">{code}</td>'
    '<td class="nw">{step}<small>{holder}</small></td><td class="wide-only">{channel}</td>'
    "<td>{status}</td></tr>"
)
# the cells that a saved view chooses from; its first ones, deadline and procedure, every row has
_FIRST = _ROW[: _ROW.index('<td class="mc-code')]
_CELLS = {
    "code": '<td class="mc-code nw" data-l="{code_label}">{code}</td>',
    "step": '<td class="nw">{step}<small>{holder}</small></td>',
    "since": '<td class="nw mc-num" data-l="{since_label}">{since}</td>',
    "whole": '<td class="nw mc-num" data-l="{whole_label}">{whole}</td>',
    "unit": '<td lang="vi">{unit}</td>',
    "channel": "<td>{channel}</td>",
    "state": "<td>{status}</td>",
}
_NOWHERE = "00000000-0000-0000-0000-000000000000"


def draw_rows(rows: Iterable[WorkRow], *, actor: Actor, at: datetime, columns: Sequence[str] = ()) -> SafeString:
    """Return the table rows, ready for the page, with the columns of a saved view where one is chosen."""
    english = get_language() == "en"
    address = reverse("office:task", args=[_NOWHERE])
    words = {"pick": _("Pick %(code)s"), "code": _("Code"), "since": _("since %(when)s"), "you": _("you")}
    words |= {"since_label": _("Here since"), "whole_label": _("Whole dossier due")}
    form = _FIRST + "".join(_CELLS[key] for key in columns) + "</tr>" if columns else _ROW
    drawn: dict[str, str] = {}  # the same channel and state again and again
    return mark_safe("".join(_draw(form, row, words, drawn, address, english, actor, at) for row in rows))


def _draw(
    form: str,
    row: WorkRow,
    words: dict[str, str],
    drawn: dict[str, str],
    address: str,
    english: bool,
    actor: Actor,
    at: datetime,
) -> str:
    if row.channel not in drawn:
        drawn[row.channel] = marks.channel_icon(row.channel)
    if row.status not in drawn:
        drawn[row.status] = marks.state_tag(row.status)
    step = row.step_name_en if english and row.step_name_en else row.step_name
    return form.format(
        task=row.task_id,
        dossier=row.dossier_public_id,
        pick=escape(words["pick"] % {"code": row.code}),
        due=due_badge(row, at=at) + _whole(row, at=at),
        url=address.replace(_NOWHERE, str(row.task_id)),
        procedure=escape(row.procedure_name),
        applicant=escape(row.applicant_name),
        code_label=words["code"],
        code=escape(row.code),
        step=escape(step),
        holder=escape(_holder(row, words, actor, at)),
        channel=drawn[row.channel],
        status=drawn[row.status],
        unit=escape(row.unit_name),
        since=formatting.instant(row.opened_at, "short"),
        since_label=words["since_label"],
        whole=formatting.instant(row.dossier_due_at, "short") if row.dossier_due_at else "",
        whole_label=words["whole_label"],
    )


def _holder(row: WorkRow, words: dict[str, str], actor: Actor, at: datetime) -> str:
    """Say in which of my posts the row is mine, who took it, and since when it lies there."""
    who = row.post_title or row.unit_name
    if row.assignee:
        who = f"{who} · {words['you'] if row.assignee == actor.name else row.assignee}"
    if row.standing_for:
        absent = _("standing in for %(name)s") % {"name": row.standing_for}
        who = f"{who} · {absent}"
    same_day = civil_day(row.opened_at) == civil_day(at)
    when = formatting.clock_time(row.opened_at) if same_day else formatting.day(row.opened_at, "short")
    return f"{who}, {words['since'] % {'when': when}}"


def due_badge(row: WorkRow, *, at: datetime) -> str:
    """Return the deadline badge of a step with its bar; a wait shows who is waited for."""
    if row.holder != "staff":
        item = marks.due(due_at=None, now=at, paused=True)
        return marks.due_badge(item, title=row.unit_name)
    left = left_seconds(row.due_at, unit_id=row.unit_id, at=at) if row.due_at else None
    item = marks.due(due_at=row.due_at, now=at, left=left)
    return marks.due_badge(item, used=None if row.share is None else row.share / 100)


def _whole(row: WorkRow, *, at: datetime) -> str:
    """Say when the whole dossier is due where that is before the end of this step, which keeps its own hours."""
    whole = row.dossier_due_at
    if whole is None or row.holder != "staff" or (row.due_at is not None and row.due_at <= whole):
        return ""
    item = marks.due(due_at=whole, now=at, left=left_seconds(whole, unit_id=row.unit_id, at=at))
    words = _("Whole dossier: %(due)s") % {"due": item.words}
    return f"<small>{escape(words)}</small>"


def left_seconds(due_at: datetime, *, unit_id: int, at: datetime) -> int:
    """Return the working seconds to an instant by the calendar of a unit's agency; negative when it has passed."""
    on = civil_day(at)
    calendar = calendars.calendar_for(organisations.agency_of_unit(unit_id, on=on), on=on)
    return calendars.working_seconds(calendar, at, due_at)
