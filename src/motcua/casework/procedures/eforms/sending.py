"""Between nested answers and flat inputs: rows added and taken away, JSON answers as a form would send them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from motcua.casework.procedures.eforms.conditions import Schema
from motcua.casework.procedures.eforms.kinds import BUNDLES, MOST_ROWS, inner_of, widget_of

# Names of the buttons that change rows: value "add:table" or "remove:table:2".
ROW_BUTTON = "rows"


def with_rows(schema: Schema, data: QueryDict) -> QueryDict | None:
    """Return what was sent with a row more or a row less, None when no such button was pressed."""
    wish = str(data.get(ROW_BUTTON, "")).split(":")
    prop = schema.get("properties", {}).get(wish[1]) if len(wish) > 1 else None
    if prop is None or widget_of(prop) != "group":
        return None
    changed, name = data.copy(), wish[1]
    sent = str(data.get(name, ""))
    count = int(sent) if sent.isdecimal() and len(sent) < 4 else 0
    most = min(int(prop.get("maxItems", MOST_ROWS)), MOST_ROWS)
    if wish[0] == "add" and count < most:
        changed[name] = str(count + 1)
    elif wish[0] == "remove" and len(wish) == 3 and wish[2].isdecimal() and int(wish[2]) < count:
        _close_gap(changed, name, int(wish[2]), count)
        changed[name] = str(count - 1)
    return changed


def _close_gap(data: QueryDict, name: str, gone: int, count: int) -> None:
    for number in range(gone, count):
        own = f"{name}-{number}-"
        for key in [key for key in data if key.startswith(own)]:
            del data[key]
        following = f"{name}-{number + 1}-"
        for key in [key for key in data if key.startswith(following)]:
            data.setlist(own + key[len(following) :], data.getlist(key))


def inputs_of(schema: Schema, name: str) -> Iterable[str]:
    """Yield prefixes of the inputs of a field, for telling whether a form was begun; marks and declarations not."""
    yield name
    yield f"{name}-"


def is_begun(schema: Schema, data: Mapping[str, Any]) -> bool:
    """Say whether anything of a form was filled in."""
    for name, prop in schema.get("properties", {}).items():
        plain = widget_of(prop) not in {"group", "note", "address", *BUNDLES}
        if plain and data.get(name):
            return True
        if not plain and any(
            key.startswith(f"{name}-") and not key.endswith("-province") and str(data.get(key) or "").strip()
            for key in data
        ):
            return True
    return False


def as_sent(schema: Schema, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return JSON answers as the inputs of the form would carry them."""
    sent: dict[str, Any] = {}
    for name, prop in schema.get("properties", {}).items():
        if answers.get(name) is not None:
            _put(sent, name, prop, answers[name])
    return sent


def _put(sent: dict[str, Any], name: str, prop: dict[str, Any], value: Any) -> None:
    kind = widget_of(prop)
    if kind == "group":
        rows = value if isinstance(value, list) else []
        sent[name] = str(len(rows))
        for number, row in enumerate(rows):
            _put_parts(sent, f"{name}-{number}", inner_of(prop), row)
    elif kind in BUNDLES:
        _put_parts(sent, name, inner_of(prop), value)
    elif kind == "address":
        for part in ("province", "commune", "detail"):
            sent[f"{name}-{part}"] = str(value.get(part, "")) if isinstance(value, dict) else ""
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sent[name] = str(value).replace(".", ",") if isinstance(value, float) else str(value)
    else:
        sent[name] = value


def _put_parts(sent: dict[str, Any], name: str, inner: dict[str, Any], value: Any) -> None:
    for part, prop in inner.items():
        given = value.get(part) if isinstance(value, dict) else None
        if given is not None:
            _put(sent, f"{name}-{part}", prop, given)
