"""Fills a form with plausible answers for an invented applicant. Pure."""

import random
from datetime import date, timedelta
from typing import Any

from motcua.demonstration import packaged
from motcua.demonstration.arrivals import Arrival, Somebody

Schema = dict[str, Any]


def fill(schema: Schema, arrival: Arrival) -> dict[str, Any]:
    """Return canonical answers to every field that is asked, in the order of the form."""
    chance = random.Random(f"answers {arrival.number}")  # noqa: S311 - invented lives, not a secret
    answers: dict[str, Any] = {}
    for section in schema["x-sections"]:
        for name in section["fields"]:
            prop = schema["properties"][name]
            if _is_asked(prop.get("x-show-if"), answers) and _is_given(name, schema, chance):
                value = _value(name, prop, arrival, chance)
                if value not in (None, ""):
                    answers[name] = value
    return answers


def _is_asked(condition: dict[str, Any] | None, answers: dict[str, Any]) -> bool:
    if not condition:
        return True
    return answers.get(condition["field"]) in condition.get("in", [condition.get("equals")])


def _is_given(name: str, schema: Schema, chance: random.Random) -> bool:
    return name in schema["required"] or chance.random() < 0.5


def _value(name: str, prop: dict[str, Any], arrival: Arrival, chance: random.Random) -> Any:
    if "x-prefill" in prop:
        known = _known(prop["x-prefill"], arrival.applicant)
        if known:
            return known
    if "enum" in prop:
        rest = len(prop["enum"]) - 1
        return chance.choices(prop["enum"], [30 if rest > 3 else 6] + [2] * rest)[0]
    kind = prop["type"]
    if kind == "boolean":
        return True
    if kind == "array":
        return [prop["items"]["enum"][0]]
    if kind in {"integer", "number"}:
        return _number(name, prop, chance)
    if prop.get("format") == "date":
        return _day(name, arrival, chance)
    return _text(name, prop, arrival, chance)


def _known(what: str, who: Somebody) -> str:
    return {
        "full_name": who.name,
        "birth_date": who.born_on.isoformat(),
        "identity_no": who.identity,
        "phone": who.phone,
        "address": who.address,
        "email": who.email,
    }.get(what, "")


def _number(name: str, prop: dict[str, Any], chance: random.Random) -> float | int:
    low, high = packaged.table("answers.toml")["numbers"].get(name, (prop.get("minimum", 1), prop.get("maximum", 9)))
    if prop.get("x-widget") == "money":
        return chance.randint(low, high) * 1_000_000
    drawn = chance.randint(int(low), int(high))
    return drawn if prop["type"] == "integer" else float(drawn)


def _day(name: str, arrival: Arrival, chance: random.Random) -> str:
    ago = packaged.table("answers.toml")["days_ago"].get(name, [400, 14_000])
    day: date = arrival.at.date() - timedelta(days=chance.randint(*ago))
    return day.isoformat()


def _text(name: str, prop: dict[str, Any], arrival: Arrival, chance: random.Random) -> str:
    if prop.get("x-widget") == "identity":
        return f"099{chance.randint(0, 3)}{chance.randint(60, 99)}{chance.randint(0, 999_999):06}"
    if prop.get("x-widget") == "email":
        return f"nguoidan{arrival.number}@example.vn"
    if prop.get("x-widget") == "phone":
        return f"0190{chance.randint(0, 999_999):06}"
    texts = packaged.table("answers.toml")["texts"]
    key = next((key for key in (name, name.split("_", 1)[-1]) if key in texts), "")
    pattern = chance.choice(texts[key]) if key else prop["title"]
    family = arrival.applicant.name.split()[0]
    filled = pattern.format(
        name=arrival.applicant.name,
        family=family,
        address=arrival.applicant.address,
        place=arrival.applicant.address.split(", ")[1],
        n=chance.randint(1, 480),
        digits=f"{chance.randint(0, 999_999):06}",
        year=arrival.at.year - chance.randint(1, 12),
    )
    return filled[: prop.get("maxLength", 200)]
