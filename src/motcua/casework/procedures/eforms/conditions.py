"""What is asked of whom: `x-show-if` of properties and sections, evaluated over canonical answers."""

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]
Answers = dict[str, Any]


def holds(condition: Any, answers: Answers) -> bool:
    """Evaluate a condition; no condition holds.

    Shapes: {"field", "equals"}, {"field", "in"}, {"all": [...]}, {"any": [...]}, {"not": {...}}. An absent answer
    equals only None and False.
    """
    if not condition:
        return True
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
    """Yield the fields that a condition looks at."""
    if not isinstance(condition, dict):
        return
    if "field" in condition:
        yield condition["field"]
    for key in ("all", "any"):
        for part in condition.get(key, ()):
            yield from fields_of(part)
    yield from fields_of(condition.get("not"))


def sections_of(schema: Schema) -> list[dict[str, Any]]:
    """Return the sections in order."""
    return list(schema.get("x-sections", ()))


def section_of(schema: Schema, code: str) -> dict[str, Any] | None:
    """Return the section of that code."""
    return next((section for section in sections_of(schema) if section["code"] == code), None)


def visible_answers(schema: Schema, answers: Answers) -> tuple[list[str], Answers]:
    """Return the names asked, in order, and the answers without those of hidden fields.

    Goes through the form in its order, so a field hidden by its condition counts as unanswered for those after it.
    """
    seen: Answers = {}
    names: list[str] = []
    for section in sections_of(schema):
        if not holds(section.get("x-show-if"), seen):
            continue
        for name in section["fields"]:
            if holds(schema["properties"][name].get("x-show-if"), seen):
                names.append(name)
                if name in answers:
                    seen[name] = answers[name]
    return names, seen
