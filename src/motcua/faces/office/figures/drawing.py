"""Rows and chart as finished strings: nine linked figures a line, twenty lines a page, no template loop around them."""

from collections.abc import Sequence
from datetime import date
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from motcua.faces.design.formatting import number
from motcua.insight.statistics.types import Line, Measure, MonthLine

COLUMNS = (
    Measure.CARRIED, Measure.ONLINE, Measure.COUNTER, Measure.POST, Measure.EARLY, Measure.ON_TIME, Measure.LATE,
    Measure.IN_TIME, Measure.OVERDUE, Measure.PAUSED,
)  # fmt: skip


def share_text(line: Line) -> str:
    """Return the share not late cut off after one decimal, '–' when nothing was settled."""
    if not line.settled:
        return "–"
    tenths = (line.early + line.on_time) * 1000 // line.settled
    whole, rest = divmod(tenths, 10)
    return f"{whole},{rest} %" if rest else f"{whole} %"


def table_rows(lines: Sequence[Line], names: dict[int, str], address: str, *, key_name: str) -> SafeString:
    """Return the rows of the table; `address` is where a figure leads, ready for '&measure=...' to be added."""
    cells = [(measure.value, measure.value in {"late", "overdue"}) for measure in COLUMNS]
    rows = []
    for line in lines:
        link = f'<td class="num"><a href="{address}&amp;{key_name}={line.key}&amp;measure='
        parts = [f'<tr><th scope="row">{escape(names.get(line.key, ""))}</th>']
        for name, is_bad in cells:
            value = getattr(line, name)
            if not value:
                parts.append('<td class="num text-secondary">0</td>')
            else:
                css = ' class="mc-down"' if is_bad else ""
                parts.append(f'{link}{name}"{css}>{number(value)}</a></td>')
        parts.append(f'<td class="num">{share_text(line)}</td></tr>')
        rows.append("".join(parts))
    return mark_safe("".join(rows))


def options(pairs: Sequence[tuple[int, str]], chosen: int | None) -> SafeString:
    """Return the options of a select."""
    drawn = (
        f'<option value="{key}"{" selected" if key == chosen else ""}>{escape(name)}</option>' for key, name in pairs
    )
    return mark_safe("".join(drawn))


def total_row(line: Line, address: str) -> SafeString:
    """Return the row of sums, its figures linked too."""
    cells = []
    for measure in COLUMNS:
        value = getattr(line, measure.value)
        shown = f'<a href="{address}&amp;measure={measure.value}">{number(value)}</a>' if value else "0"
        cells.append(f'<td class="num">{shown}</td>')
    head = f'<tr class="total"><th scope="row">{escape(_("Total"))}</th>'
    return mark_safe(f'{head}{"".join(cells)}<td class="num">{share_text(line)}</td></tr>')


def months_of(trend: Sequence[MonthLine], *, last: date) -> list[tuple[str, int, int, int]]:
    """Return (label, early, on time, late) per month, the present one marked with a star."""
    star = last.replace(day=1)
    return [
        (_("M%(month)s") % {"month": line.month.month} + ("*" if line.month == star else ""),
         line.early, line.on_time, line.late)
        for line in trend
    ]  # fmt: skip


def chart(months: Sequence[tuple[str, int, int, int]], label: str) -> SafeString:
    """Return a stacked bar chart: early, on time, late from below, with a sentence for those who do not see it."""
    if not months:
        return mark_safe("")
    top = _round_up(max(sum(values) for _label, *values in months))
    width, height, left = 640, 196, 44
    step = (width - left) / len(months)
    parts = [f'<svg viewBox="0 0 640 230" role="img" aria-label="{escape(label)}">']
    for tick in range(5):
        y = 8 + height - height * tick / 4
        parts.append(f'<line class="grid" x1="{left}" x2="{width}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text x="36" y="{y + 4:.1f}" text-anchor="end">{number(top * tick // 4)}</text>')
    for place, (name, *values) in enumerate(months):
        x, y = left + step * place + step * 0.22, 8.0 + height
        for tone, value in zip(("c1", "c2", "c3"), values, strict=True):
            size = height * value / top
            y -= size
            if value:
                bar = f'x="{x:.1f}" y="{y:.1f}" width="{step * 0.56:.1f}" height="{max(size - 1, 0.7):.1f}"'
                parts.append(f'<rect {bar} fill="var(--mc-{tone})"/>')
        parts.append(f'<text x="{x + step * 0.28:.1f}" y="222" text-anchor="middle">{escape(name)}</text>')
    return mark_safe("".join(parts) + "</svg>")


def _round_up(value: int) -> int:
    unit = 4
    while unit * 10 < value:
        unit *= 10
    return max(4, -(-value // unit) * unit)
