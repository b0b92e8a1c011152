"""What is asked of whom, and what is computed: conditions and calculations over answers, in the form's order."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from motcua.casework.procedures.eforms import expressions
from motcua.casework.procedures.eforms.kinds import inner_of, is_given, seen_value, type_of, widget_of

Schema = dict[str, Any]
Answers = dict[str, Any]


def holds(condition: Any, answers: Answers, schema: Schema | None = None) -> bool:
    """Evaluate a condition; no condition holds.

    Shapes: an expression, or {"field", "equals"}, {"field", "in"}, {"all": [...]}, {"any": [...]}, {"not": {...}}. An
    absent answer equals only None and False. An expression without a value holds: better asked in vain than not asked.
    """
    if not condition:
        return True
    if isinstance(condition, str):
        known = schema or {}
        return bool(expressions.evaluate_or(True, condition, types_of(known), values_of(known, answers)))
    if "all" in condition:
        return all(holds(part, answers) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, answers) for part in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], answers)
    value = answers.get(condition["field"])
    wanted = condition["in"] if "in" in condition else [condition["equals"]]
    if isinstance(value, list):
        return any(item in wanted for item in value)
    return value in wanted or (value is None and False in wanted)


def fields_of(condition: Any) -> Iterator[str]:
    """Yield the fields that a condition or an expression looks at; of an expression also its other words."""
    if isinstance(condition, str):
        yield from expressions.names_of(condition)
        return
    if not isinstance(condition, dict):
        return
    if "field" in condition:
        yield condition["field"]
    for key in ("all", "any"):
        for part in condition.get(key, ()):
            yield from fields_of(part)
    yield from fields_of(condition.get("not"))


def types_of(schema: Schema, *, in_row: bool = False) -> expressions.Types:
    """Return what expressions of a form may look at, with its types."""
    own = tuple(
        (name, type_of(prop))
        for name, prop in schema.get("properties", {}).items()
        if type_of(prop) and _is_plain(name) and name not in expressions.RESERVED
    )
    around = (("answered", "given"), ("today", "text"))
    return (*own, *around, ("row", "parts")) if in_row else (*own, *around)


@lru_cache(maxsize=4096)
def _is_plain(name: str) -> bool:
    return name.isascii() and name.isidentifier()


def values_of(schema: Schema, answers: Answers, *, today: date | None = None, row: Any = None) -> dict[str, Any]:
    """Return the answers as expressions see them."""
    properties = schema.get("properties", {})
    values = {name: seen_value(prop, answers.get(name)) for name, prop in properties.items()}
    values["answered"] = {name: is_given(answers.get(name)) for name in properties}
    values["today"] = today.isoformat() if today else ""
    values["row"] = row if row is not None else {}
    return values


def sections_of(schema: Schema) -> list[dict[str, Any]]:
    """Return the sections in order."""
    return list(schema.get("x-sections", ()))


def section_of(schema: Schema, code: str) -> dict[str, Any] | None:
    """Return the section of that code."""
    return next((section for section in sections_of(schema) if section["code"] == code), None)


def visible_answers(schema: Schema, answers: Answers, *, today: date | None = None) -> tuple[list[str], Answers]:
    """Return the names asked, in order, and the answers without those of hidden fields.

    Goes through the form in its order, so a field hidden by its condition counts as unanswered for those after it.

    Args:
        today: calculations are made anew as of this day; None keeps those that were kept with the answers.
    """
    seen: Answers = {}
    names: list[str] = []
    for section in sections_of(schema):
        if not holds(section.get("x-show-if"), seen, schema):
            continue
        for name in section["fields"]:
            prop = schema["properties"][name]
            if holds(prop.get("x-show-if"), seen, schema):
                names.append(name)
                value = _settled(schema, name, answers.get(name), seen, today=today)
                if value is not None or (name in answers and "x-computed" not in prop):
                    seen[name] = value
    return names, seen


def _settled(schema: Schema, name: str, value: Any, seen: Answers, *, today: date | None) -> Any:
    """Return the answer of a field with what is computed in it."""
    prop = schema["properties"][name]
    if today is None:
        return value
    if "x-computed" in prop:
        return computed(schema, prop, seen, today=today)
    inner = {part: one for part, one in inner_of(prop).items() if "x-computed" in one}
    if not inner or not isinstance(value, list):
        return value
    rows = []
    for row in value:
        known = dict(row)
        for part, one in inner.items():
            known[part] = computed(schema, one, seen, today=today, row=seen_value(prop, [known])[0])
        rows.append({part: given for part, given in known.items() if given is not None})
    return rows


def computed(schema: Schema, prop: dict[str, Any], seen: Answers, *, today: date, row: Any = None) -> Any:
    """Return the canonical value of a computed field, None where there is none yet."""
    values = values_of(schema, seen, today=today, row=row)
    found = expressions.evaluate_or(None, prop["x-computed"], types_of(schema, in_row=row is not None), values)
    if isinstance(found, float):
        if found != found or abs(found) > 1e15:  # no number
            return None
        if prop.get("type") == "integer":
            return int(found + 0.5) if found >= 0 else -int(0.5 - found)
        return int(found) if found == int(found) else round(found, 6)
    if isinstance(found, str):
        return found or None
    return found if isinstance(found, bool) and widget_of(prop) == "checkbox" else None


def broken_checks(
    schema: Schema, names: list[str], answers: Answers, *, today: date | None
) -> Iterator[tuple[str, Any]]:
    """Yield (flat name of the field, check) for every check of a field that is answered and does not hold.

    A check that looks at `today` is left out where no day is given. One without a value holds.
    """
    values = None
    for name in names:
        prop = schema["properties"][name]
        own = [check for check in prop.get("x-checks", ()) if today or "today" not in fields_of(check["rule"])]
        if own and is_given(answers.get(name)):
            values = values or values_of(schema, answers, today=today)
            for check in own:
                if not expressions.evaluate_or(True, check["rule"], types_of(schema), values):
                    yield name, check
                    break
        if widget_of(prop) == "group":
            yield from _broken_in_rows(schema, name, answers, today=today)


def _broken_in_rows(schema: Schema, name: str, answers: Answers, *, today: date | None) -> Iterator[tuple[str, Any]]:
    prop = schema["properties"][name]
    checks = [(part, check) for part, inner in inner_of(prop).items() for check in inner.get("x-checks", ())]
    checks = [(part, check) for part, check in checks if today or "today" not in fields_of(check["rule"])]
    if not checks:
        return
    rows = seen_value(prop, answers.get(name))
    for number, row in enumerate(rows):
        values = values_of(schema, answers, today=today, row=row)
        for part, check in checks:
            given = is_given(answers[name][number].get(part))
            if given and not expressions.evaluate_or(True, check["rule"], types_of(schema, in_row=True), values):
                yield f"{name}-{number}-{part}", check
