"""How a section of an electronic form is drawn: its nodes with their inputs, the same for everybody."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

_WIDTHS = {"short": "mc-w16", "medium": "mc-w24"}


def drawn(form: Any, *, files: bool = True) -> list[dict[str, Any]]:
    """Return what the template shows of each node of a section.

    Args:
        files: whether files can be sent from this page.
    """
    return [_node(form, node, files=files) for node in form.nodes]


def _node(form: Any, node: Any, *, files: bool) -> dict[str, Any]:
    prop = node.prop
    item: dict[str, Any] = {
        "kind": node.kind,
        "name": node.name,
        "title": _text(prop, "title"),
        "hint": _text(prop, "description"),
        "optional": not node.required,
        "takes_files": files,
    }
    if node.kind == "field":
        bound = form[node.name]
        return item | {"bound": bound, "css": _WIDTHS.get(bound.field.width, ""), "hint": _hint(bound)}
    if node.kind == "computed":
        return item | {"value": _shown(prop, node.value), "bound": form[node.name]}
    if node.kind == "address":
        parts = {part: form[f"{node.name}-{part}"] for part in ("province", "commune", "detail")}
        return item | {"id": f"id_{node.name}", "parts": parts}
    if node.kind in {"bundle", "group", "file"}:
        item["bound"] = form[node.name]
    if node.kind == "bundle":
        return item | {"children": [_node(form, child, files=files) for child in node.children]}
    if node.kind == "group":
        return item | _table(form, node, files=files)
    if node.kind == "file":
        return item | {"files": node.value, "room": len(node.value) < int(prop.get("maxItems", 5))}
    return item


def _table(form: Any, node: Any, *, files: bool) -> dict[str, Any]:
    count, title = len(node.rows), _text(node.prop, "title")
    most, least = min(int(node.prop.get("maxItems", 50)), 50), int(node.prop.get("minItems", 0))
    return {
        "count": count,
        "may_add": count < most,
        "rows": [
            {
                "number": number,
                "title": _("%(title)s, row %(number)s") % {"title": title, "number": number + 1},
                "children": [_node(form, child, files=files) for child in row],
                "may_remove": count > least,
            }
            for number, row in enumerate(node.rows)
        ],
    }


def _text(prop: dict[str, Any], key: str) -> str:
    english = prop.get(f"x-{key}-en") if get_language() == "en" else None
    return str(english or prop.get(key, ""))


def _hint(bound: Any) -> str:
    """Return how a day is to be written, where the form itself gives no hint."""
    return _("Day, month, year, for example 09/11/1987") if bound.field.kind == "date" and not bound.help_text else ""


def _shown(prop: dict[str, Any], value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, int) and prop.get("x-widget") == "money":
        return f"{value:,}".replace(",", ".") + " đ"
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    if isinstance(value, str) and prop.get("format") == "date" and len(value) == 10:
        return f"{value[8:]}/{value[5:7]}/{value[:4]}"
    return str(value)


def controls(schema: dict[str, Any], names: tuple[str, ...]) -> Iterator[str]:
    """Yield the inputs of a page on which choices of the same page depend: provinces of addresses."""
    for name in names:
        if schema["properties"][name].get("x-widget") == "address":
            yield f"{name}-province"
        for inner, part in (schema["properties"][name].get("properties") or {}).items():
            if isinstance(part, dict) and part.get("x-widget") == "address":
                yield f"{name}-{inner}-province"
