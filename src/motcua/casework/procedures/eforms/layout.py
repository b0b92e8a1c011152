"""How one section is laid out: fields, bundles, tables with rows, addresses; each with the name of its input.

Names are flat: `chu_ho` of a question, `chu_ho-ho_ten` inside a person, `hang-0-don_gia` in the first row of a table.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from motcua.casework.procedures.eforms.entries import Entry, Tick, Ticks
from motcua.casework.procedures.eforms.kinds import (
    BUNDLES,
    MOST_ROWS,
    choices_of,
    inner_of,
    required_inside,
    widget_of,
)
from motcua.casework.procedures.eforms.messages import choice_label, hint_of, label_of, when_empty
from motcua.foundation.organisations import selectors as organisations

Prop = dict[str, Any]
Data = Mapping[str, Any] | None

_AUTOCOMPLETE = {
    "full_name": "name",
    "birth_date": "bday",
    "phone": "tel",
    "address": "street-address",
    "email": "email",
}


@dataclass
class Node:
    """One thing on the page of a section.

    Attributes:
        kind: 'field' | 'note' | 'computed' | 'bundle' | 'address' | 'group' | 'file'.
        name: flat name of its input; of a bundle, table or address the name that messages about the whole go to.
        rows: the nodes of each row of a table; `numbers` of a row are its place.
        value: what a computed field holds, or the files of a file question.
    """

    kind: str
    name: str
    prop: Prop
    required: bool = False
    children: list["Node"] = field(default_factory=list)
    rows: list[list["Node"]] = field(default_factory=list)
    value: Any = None

    def leaves(self) -> Iterator["Node"]:
        """Yield this node and all inside it."""
        yield self
        for child in [*self.children, *(node for row in self.rows for node in row)]:
            yield from child.leaves()


def has_entry(data: Data, prefix: str) -> bool:
    """Say whether anything was typed into a bundle, an address or a row."""
    return any(
        key.startswith(f"{prefix}-") and _entries(data, key) and not key.endswith("-province") for key in data or ()
    )


def _entries(data: Any, key: str) -> bool:
    values = data.getlist(key) if hasattr(data, "getlist") else [data.get(key)]
    return any(str(value or "").strip() for value in values)


def row_count(prop: Prop, name: str, data: Data, stored: Any) -> int:
    """Return how many rows of a table are shown: those sent, else those kept, and never fewer than one or the least."""
    most = min(int(prop.get("maxItems", MOST_ROWS)), MOST_ROWS)
    if data is not None and name in data:
        sent = str(data.get(name, ""))
        return min(int(sent), most) if sent.isdecimal() and len(sent) < 4 else 0
    return min(max(len(stored or ()), int(prop.get("minItems", 0)), 1), most)


def node_of(name: str, prop: Prop, *, required: bool, data: Data, stored: Any) -> Node:
    """Return the node of a property; `stored` is the answer kept before, `data` what was sent or None."""
    kind = widget_of(prop)
    if "x-computed" in prop:
        return Node("computed", name, prop, value=stored)
    if kind == "note":
        return Node("note", name, prop)
    if kind == "file":
        return Node("file", name, prop, required=required, value=stored or [])
    if kind == "address":
        return Node("address", name, prop, required=required)
    if kind in BUNDLES:
        asked = required or has_entry(data, name)
        return Node("bundle", name, prop, required, _inside(name, prop, asked=asked, data=data, stored=stored or {}))
    if kind == "group":
        return _table(name, prop, required=required, data=data, stored=stored)
    return Node("field", name, prop, required=required)


def _inside(name: str, prop: Prop, *, asked: bool, data: Data, stored: Any) -> list[Node]:
    needed = required_inside(prop)
    return [
        node_of(f"{name}-{part}", inner, required=asked and part in needed, data=data, stored=stored.get(part))
        for part, inner in inner_of(prop).items()
    ]


def _table(name: str, prop: Prop, *, required: bool, data: Data, stored: Any) -> Node:
    kept, least = list(stored or ()), max(int(prop.get("minItems", 0)), int(required))
    node = Node("group", name, prop, required)
    for number in range(row_count(prop, name, data, kept)):
        row = f"{name}-{number}"
        asked = number < least or (data is not None and has_entry(data, row)) or (data is None and required)
        own = kept[number] if number < len(kept) else {}
        node.rows.append(_inside(row, prop, asked=asked, data=data, stored=own))
    return node


def draw(node: Node, *, on: date | None, data: Data, stored: Any) -> dict[str, forms.Field]:
    """Return the inputs of one node alone, by flat name; of a bundle or table those that carry messages about it."""
    if node.kind == "note":
        return {}
    if node.kind in {"bundle", "file", "computed"}:
        return {node.name: Marker(label=label_of(node.prop))}
    if node.kind == "group":
        return {node.name: Marker(label=label_of(node.prop), initial=len(node.rows))}
    if node.kind == "address":
        return _address(node, on=on, data=data, stored=stored)
    return {node.name: draw_field(node.prop, required=node.required)}


class Marker(forms.Field):
    """A hidden input that says how many rows there are, and to which messages about the whole are put."""

    width, kind = "", "marker"

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=forms.HiddenInput, **options)


def _address(node: Node, *, on: date | None, data: Data, stored: Any) -> dict[str, forms.Field]:
    day = on or date.max
    kept = stored or {}
    province = str(
        (data or {}).get(f"{node.name}-province") or kept.get("province") or organisations.own_province(on=day)
    )
    title = label_of(node.prop)
    english = get_language() == "en"

    def choose(part: str, label: str, places: Any, first: str) -> forms.ChoiceField:
        choices = [(place.code, (english and place.name_en) or place.name) for place in places]
        found = forms.ChoiceField(
            choices=[("", first), *choices],
            required=node.required and part != "province",
            label=label,
            widget=forms.Select(attrs={"class": "form-select"}),
            error_messages={
                "required": _("%(title)s: choose the ward or commune") % {"title": title},
                "invalid_choice": _("%(title)s: choose a ward or commune of the province shown") % {"title": title},
            },
        )
        found.width, found.kind = "", part  # type: ignore[attr-defined]
        return found

    provinces = organisations.provinces(on=day)
    communes = organisations.communes(province, on=day) if province else ()
    fields: dict[str, forms.Field] = {
        f"{node.name}-province": choose("province", _("Province"), provinces, _("Choose a province")),
        f"{node.name}-commune": choose("commune", _("Ward, commune"), communes, _("Choose a ward or commune")),
    }
    fields[f"{node.name}-province"].initial = province
    words = {"type": "string", "title": _("House number, street, hamlet"), "maxLength": 200}
    fields[f"{node.name}-detail"] = draw_field(words, required=False)
    return fields


def draw_field(prop: Prop, *, required: bool) -> forms.Field:
    """Return the input of a plain question."""
    kind = widget_of(prop)
    if kind == "checkboxes":
        return Ticks(prop, required=required)
    if kind in {"checkbox", "declaration"}:
        return Tick(prop, required=required, widget=forms.CheckboxInput(attrs={"class": "form-check-input"}))
    attrs: dict[str, Any] = {"class": "form-select" if kind == "select" else "form-control"}
    if prop.get("x-prefill") in _AUTOCOMPLETE:
        attrs["autocomplete"] = _AUTOCOMPLETE[prop["x-prefill"]]
    if prop.get("maxLength") and kind in {"text", "textarea"}:
        attrs["maxlength"] = prop["maxLength"]
    return Entry(prop, required=required, widget=_widget(kind, prop, attrs, required=required))


def _widget(kind: str, prop: Prop, attrs: dict[str, Any], *, required: bool) -> forms.Widget:
    if kind in {"select", "radio"}:
        choices = [(value, choice_label(prop, value)) for value in choices_of(prop)]
        if kind == "radio":
            return forms.RadioSelect(choices=choices)
        return forms.Select(attrs=attrs, choices=choices if required and len(choices) == 1 else [("", ""), *choices])
    if kind == "textarea":
        return forms.Textarea(attrs=attrs | {"rows": 4})
    if kind in {"money", "number", "identity", "date"}:
        mode = "decimal" if kind == "number" and prop.get("type") == "number" else "numeric"
        attrs = attrs | {"class": "form-control mc-num"} | ({} if kind == "date" else {"inputmode": mode})
    if kind == "phone":
        return forms.TextInput(attrs=attrs | {"class": "form-control mc-num", "type": "tel", "inputmode": "tel"})
    if kind == "email":
        return forms.EmailInput(attrs=attrs)
    return forms.TextInput(attrs=attrs)


def initial_of(node: Node, stored: Any) -> dict[str, Any]:
    """Return the first values of the inputs of a node and all inside it, from the answer kept before."""
    if node.kind == "address":
        kept = stored or {}
        return {f"{node.name}-{part}": kept[part] for part in ("province", "commune", "detail") if part in kept}
    if node.kind == "group":
        found: dict[str, Any] = {node.name: len(node.rows)}
        rows = list(stored or ())
        for number, row in enumerate(node.rows):
            own = rows[number] if number < len(rows) else {}
            for child in row:
                found |= initial_of(child, own.get(child.name.rsplit("-", 1)[1]))
        return found
    if node.kind == "bundle":
        found = {}
        for child in node.children:
            found |= initial_of(child, (stored or {}).get(child.name.rsplit("-", 1)[1]))
        return found
    return {} if stored is None or node.kind in {"file", "computed", "note"} else {node.name: stored}


def answer_of(node: Node, cleaned: Mapping[str, Any], stored: Any, *, on: date | None) -> Any:
    """Return the canonical answer of a node from the checked inputs; None for nothing."""
    if node.kind in {"note", "computed"}:
        return None
    if node.kind == "file":
        return stored or None
    if node.kind == "address":
        return _address_of(node.name, cleaned, on=on)
    if node.kind == "bundle":
        return _parts_of(node.children, cleaned, on=on) or None
    if node.kind == "group":
        return [_parts_of(row, cleaned, on=on) for row in node.rows] or None
    return cleaned.get(node.name)


def _parts_of(nodes: list[Node], cleaned: Mapping[str, Any], *, on: date | None) -> dict[str, Any]:
    found = {node.name.rsplit("-", 1)[1]: answer_of(node, cleaned, None, on=on) for node in nodes}
    return {part: value for part, value in found.items() if value not in (None, "", False)}


def _address_of(name: str, cleaned: Mapping[str, Any], *, on: date | None) -> dict[str, str] | None:
    province, commune = cleaned.get(f"{name}-province") or "", cleaned.get(f"{name}-commune") or ""
    detail = cleaned.get(f"{name}-detail") or ""
    if not commune and not detail:
        return None
    day = on or date.max
    names = [
        next((place.name for place in places if place.code == code), "")
        for places, code in (
            (organisations.communes(province, on=day) if province else (), commune),
            (organisations.provinces(on=day), province),
        )
    ]
    words = ", ".join(part for part in (detail, *names) if part)
    return {"province": province, "commune": commune, "detail": detail, "text": words}


def message_when_empty(node: Node) -> str:
    """Return what is said when a whole bundle, table, address or file that is required was left out."""
    if node.kind == "file":
        return _("Attach a file: %(label)s") % {"label": label_of(node.prop)}
    if node.kind == "group":
        return _("%(label)s: fill in at least one row") % {"label": label_of(node.prop)}
    return when_empty(node.prop)


def hint(node: Node) -> str:
    """Return the hint of a node in the present language."""
    return hint_of(node.prop)
