"""One part of a record as a page: entries at the top and rows that repeat, rows within rows among them.

Rows are added, moved and taken out by ordinary buttons, so that a page works without scripts; what was typed stays.
Pure: between plain data (a dict of entries and lists of rows) and forms.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise

Text = str | Promise
Data = dict[str, Any]
MOST_ROWS = 150


class RowForm(forms.Form):
    """Entries of one row, or of the head of a part; none is marked as required by the browser."""

    use_required_attribute = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that repeat.

    Attributes:
        name: key of the list in the data; title: above the rows; each: what one row is called; add: its button.
        is_fixed: rows are neither added nor taken out here.
        says: key of the row's data that is shown as its title.
    """

    name: str
    title: Text
    each: Text
    add: Text
    form: type[RowForm]
    groups: tuple["Group", ...] = ()
    hint: Text = ""
    none: Text = ""
    is_fixed: bool = False
    says: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as drawn. `path` names it in the buttons, `place` is its anchor."""

    path: str
    place: str
    number: int
    title: str
    form: RowForm
    blocks: tuple["Block", ...] = ()
    is_first: bool = False
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A group as drawn, with its rows."""

    group: Group
    path: str
    place: str
    rows: tuple[Row, ...]


@dataclass(slots=True)
class Sheet:
    """A part as drawn: the form of its head (None where it has only rows) and its blocks."""

    head: RowForm | None
    blocks: tuple[Block, ...] = ()
    forms: list[RowForm] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        """Say whether something entered has to be mended."""
        return any(form.is_bound and form.errors for form in self.forms)

    @property
    def is_sound(self) -> bool:
        """Judge every form; call it on a bound sheet only."""
        return not [form for form in self.forms if not form.is_valid()]  # every one is judged


def draw(
    head: type[RowForm] | None,
    groups: tuple[Group, ...],
    data: Data,
    *,
    post: QueryDict | None = None,
    files: Any = None,
) -> Sheet:
    """Return the sheet of `data`; with `post` its forms are bound to what was sent, with the files that came along."""
    made: list[RowForm] = []
    sent_along = (post, files) if post is not None else None
    form = _form(head, "", data, sent_along, made) if head else None
    return Sheet(head=form, blocks=_blocks(groups, "", data, sent_along, made), forms=made)


def _form(
    kind: type[RowForm], path: str, values: Data, sent_along: tuple[QueryDict, Any] | None, made: list[RowForm]
) -> RowForm:
    prefix = path or None
    form = kind(*sent_along, prefix=prefix) if sent_along is not None else kind(initial=values, prefix=prefix)
    made.append(form)
    return form


def _blocks(
    groups: tuple[Group, ...], above: str, data: Data, sent_along: tuple[QueryDict, Any] | None, made: list[RowForm]
) -> tuple[Block, ...]:
    found = []
    for group in groups:
        path = f"{above}-{group.name}" if above else group.name
        rows = data.get(group.name) or []
        drawn = []
        for number, row in enumerate(rows):
            here = f"{path}-{number}"
            form = _form(group.form, here, row, sent_along, made)
            drawn.append(
                Row(
                    path=here, place=f"r-{here}", number=number + 1, title=str(row.get(group.says) or ""), form=form,
                    blocks=_blocks(group.groups, here, row, sent_along, made),
                    is_first=number == 0, is_last=number == len(rows) - 1,
                )
            )  # fmt: skip
        found.append(Block(group=group, path=path, place=f"b-{path}", rows=tuple(drawn)))
    return tuple(found)


def sent(head: type[RowForm] | None, groups: tuple[Group, ...], post: QueryDict) -> Data:
    """Return what was typed, as it was typed: nothing is judged, nothing lost."""
    return _typed(head, "", post) | _sent_rows(groups, "", post)


def _typed(kind: type[RowForm] | None, path: str, post: QueryDict) -> Data:
    if kind is None:
        return {}
    form = kind(post, prefix=path or None)
    return {
        name: item.widget.value_from_datadict(post, {}, form.add_prefix(name)) for name, item in form.fields.items()
    }


def _sent_rows(groups: tuple[Group, ...], above: str, post: QueryDict) -> Data:
    found: Data = {}
    for group in groups:
        path = f"{above}-{group.name}" if above else group.name
        numbers = sorted(_numbers(path, post))[:MOST_ROWS]
        found[group.name] = [
            _typed(group.form, f"{path}-{number}", post)
            | ({group.says: post.get(f"{path}-{number}-is_row", "")} if group.is_fixed and group.says else {})
            | _sent_rows(group.groups, f"{path}-{number}", post)
            for number in numbers
        ]
    return found


def _numbers(path: str, post: QueryDict) -> set[int]:
    marker = re.compile(rf"{re.escape(path)}-(\d{{1,4}})-is_row")
    return {int(match[1]) for key in post if (match := marker.fullmatch(key))}


def as_post(groups: tuple[Group, ...], post: QueryDict) -> QueryDict:
    """Return `post` with its rows numbered anew from 0, so that it fits the sheet drawn of `sent`."""
    renamed = QueryDict(mutable=True)
    renames = dict(_renames(groups, "", "", post))
    for key in post:
        best = max((old for old in renames if key.startswith(f"{old}-")), key=len, default="")
        renamed.setlist(f"{renames[best]}{key[len(best) :]}" if best else key, post.getlist(key))
    return renamed


def _renames(groups: tuple[Group, ...], old: str, new: str, post: QueryDict) -> Iterator[tuple[str, str]]:
    for group in groups:
        was = f"{old}-{group.name}" if old else group.name
        becomes = f"{new}-{group.name}" if new else group.name
        for number, before in enumerate(sorted(_numbers(was, post))):
            yield f"{was}-{before}", f"{becomes}-{number}"
            yield from _renames(group.groups, f"{was}-{before}", f"{becomes}-{number}", post)


def cleaned(sheet: Sheet, groups: tuple[Group, ...]) -> Data:
    """Return the entries of a sound sheet as clean values."""
    head = dict(sheet.head.cleaned_data) if sheet.head else {}
    return head | _cleaned_rows(sheet.blocks)


def _cleaned_rows(blocks: tuple[Block, ...]) -> Data:
    return {
        block.group.name: [
            dict(row.form.cleaned_data)
            | ({block.group.says: row.title} if block.group.is_fixed and block.group.says else {})
            | _cleaned_rows(row.blocks)
            for row in block.rows
        ]
        for block in blocks
    }


def rearrange(data: Data, wish: str) -> str:
    """Add, take out or move a row in place: 'add:path', 'remove:path-3', 'up:path-3', 'down:path-3'; return where.

    A wish that fits nothing changes nothing.
    """
    what, _colon, path = wish.partition(":")
    if what == "add":
        rows = _rows_at(data, path)
        if rows is not None and len(rows) < MOST_ROWS:
            rows.append({})
            return f"r-{path}-{len(rows) - 1}"
        return ""
    above, _dash, last = path.rpartition("-")
    rows = _rows_at(data, above)
    if rows is None or not last.isdecimal() or int(last) >= len(rows):
        return ""
    number = int(last)
    if what == "remove":
        rows.pop(number)
        return f"b-{above}"
    target = number + {"up": -1, "down": 1}.get(what, 0)
    if 0 <= target < len(rows):
        rows[number], rows[target] = rows[target], rows[number]
        return f"r-{above}-{target}"
    return ""


def _rows_at(data: Any, path: str) -> list[Data] | None:
    found: Any = data
    for part in path.split("-"):
        if isinstance(found, Mapping):
            found = found.get(part)
        elif isinstance(found, list) and part.isdecimal() and int(part) < len(found):
            found = found[int(part)]
        else:
            return None
    return found if isinstance(found, list) else None
