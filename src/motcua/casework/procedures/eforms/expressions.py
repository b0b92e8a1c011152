"""The one expression language of forms: CEL, type-checked when a form is saved, evaluated on the server only.

Numbers are doubles for whoever writes: `so_nguoi > 5` means 5.0. Text not given is '', a number not given 0, a list
empty; `answered.name` tells whether something was given. The library allows no loop without an end (10,000 rounds at
most, depth 32), no assignment and no call but of the functions below; our own limit is the length.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import structlog
from cel_expr_python import cel
from django.utils.translation import gettext as _

MOST_LETTERS = 500
_TOO_LONG = "too long"
Types = tuple[tuple[str, str], ...]
TYPES = {
    "text": (cel.Type.STRING, ""),
    "number": (cel.Type.DOUBLE, 0.0),
    "boolean": (cel.Type.BOOL, False),
    "texts": (cel.Type.List(cel.Type.STRING), []),
    "rows": (cel.Type.List(cel.Type.Map(cel.Type.STRING, cel.Type.DYN)), []),
    "parts": (cel.Type.Map(cel.Type.STRING, cel.Type.DYN), {}),
    "given": (cel.Type.Map(cel.Type.STRING, cel.Type.BOOL), {}),
}
_WORDS = """
    true false null in as break const continue else for function if import let loop package namespace return var void
    while
    today answered row sum count years days add_days add_months round least greatest text size has all exists
    exists_one map
    filter double int string bool type
"""
RESERVED = frozenset(_WORDS.split())
_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
    r"""|(?P<word>[A-Za-z_]\w*)|(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?P<at>\[)"""
)
_PLACE = re.compile(r"<input>:(-?\d+):(-?\d+): (.*)")
_KEY = re.compile(r'Key not found in map : "([^"]*)"')
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Mistake:
    """Why an expression cannot be used; `place` counts letters from 1, 0 where no letter is to blame."""

    place: int
    words: str

    def __str__(self) -> str:
        if not self.place:
            return self.words
        return _("At letter %(place)s: %(words)s") % {"place": self.place, "words": self.words}


class NotComputed(Exception):  # noqa: N818 - a state of affairs
    """The expression has no value for these answers, such as a date that is no date."""


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _years(since: str, until: str) -> float:
    if not since or not until:
        return 0.0
    a, b = _day(since), _day(until)
    return float(b.year - a.year - ((b.month, b.day) < (a.month, a.day)))


def _days(since: str, until: str) -> float:
    return float((_day(until) - _day(since)).days) if since and until else 0.0


def _add_days(day: str, count: float) -> str:
    return (_day(day) + timedelta(days=int(count))).isoformat() if day else ""


def _add_months(day: str, count: float) -> str:
    if not day:
        return ""
    start = _day(day)
    months = start.year * 12 + start.month - 1 + int(count)
    year, month = divmod(months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(start.day, last)).isoformat()


def _round(value: float, places: float) -> float:
    step = 10 ** int(places)
    return float(int(abs(value) * step + 0.5 + 1e-9) / step) * (1 if value >= 0 else -1)


def _text(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:g}".replace(".", ",")


def _sum(values: list[Any]) -> float:
    return float(sum(value for value in values if isinstance(value, int | float)))


def _declare(name: str, parameters: list[Any], gives: Any, impl: Callable[..., Any]) -> Any:
    overload = cel.Overload(id=f"motcua_{name}", return_type=gives, parameters=parameters, is_member=False, impl=impl)
    return cel.FunctionDecl(name, [overload])


_DOUBLE, _STRING, _ANY = cel.Type.DOUBLE, cel.Type.STRING, cel.Type.List(cel.Type.DYN)
_FUNCTIONS = [
    _declare("sum", [_ANY], _DOUBLE, _sum),
    _declare("count", [_ANY], _DOUBLE, lambda values: float(len(values))),
    _declare("years", [_STRING, _STRING], _DOUBLE, _years),
    _declare("days", [_STRING, _STRING], _DOUBLE, _days),
    _declare("add_days", [_STRING, _DOUBLE], _STRING, _add_days),
    _declare("add_months", [_STRING, _DOUBLE], _STRING, _add_months),
    _declare("round", [_DOUBLE, _DOUBLE], _DOUBLE, _round),
    _declare("least", [_DOUBLE, _DOUBLE], _DOUBLE, min),
    _declare("greatest", [_DOUBLE, _DOUBLE], _DOUBLE, max),
    _declare("text", [_DOUBLE], _STRING, _text),
]


def _in_doubles(source: str) -> tuple[str, list[int]]:
    """Write whole numbers as doubles, but not in [places of lists]; return it with where each letter stood before."""
    out: list[str] = []
    origin: list[int] = []

    def put(text: str, start: int, width: int) -> None:
        out.append(text)
        origin.extend(min(start + offset, start + width - 1) for offset in range(len(text)))

    place, index_opens = 0, False
    while place < len(source):
        found = _TOKEN.match(source, place)
        if found is None:
            put(source[place], place, 1)
            index_opens = index_opens and source[place].isspace()
            place += 1
            continue
        word = found.group()
        if found.lastgroup == "number" and word.isdigit() and not index_opens:
            put(f"{word}.0", place, len(word))
        else:
            put(word, place, len(word))
        before = source[:place].rstrip()[-1:]
        index_opens = found.lastgroup == "at" and (before.isalnum() or before in {"_", ")", "]"})
        place = found.end()
    return "".join(out), origin


@lru_cache(maxsize=512)
def _environment(types: Types) -> Any:
    return cel.NewEnv(variables={name: TYPES[kind][0] for name, kind in types}, functions=_FUNCTIONS)


@lru_cache(maxsize=4096)
def _compile(source: str, types: Types) -> Any:
    if len(source) > MOST_LETTERS:
        return _TOO_LONG
    written, _origin = _in_doubles(source)
    try:
        return _environment(types).compile(written)
    except RuntimeError as error:
        return str(error)


def _mistake(said: str, source: str) -> Mistake:
    """Say in words what the library said; kept apart from compiling, which is remembered for all languages."""
    if said == _TOO_LONG:
        return Mistake(0, _("An expression has at most %(most)s letters.") % {"most": MOST_LETTERS})
    written, origin = _in_doubles(source)
    found = _PLACE.search(said)
    if found is None:
        return Mistake(0, _("The expression is nested too deeply or cannot be read."))
    letter, words = int(found[2]), found[3]
    place = origin[letter - 1] + 1 if 0 < letter <= len(origin) else len(origin) if letter > 0 else 0
    return Mistake(place, _in_words(words, _word_at(written, letter)))


def _word_at(written: str, letter: int) -> str:
    rest = written[max(letter - 1, 0) :]
    found = re.match(r"[\w]+|\S", rest)
    return found.group() if found else ""


def _in_words(said: str, near: str) -> str:
    if found := re.match(r"undeclared reference to '([^']*)'", said):
        return _("There is no field or function “%(name)s”.") % {"name": found[1]}
    if found := re.match(r"found no matching overload for '([^']*)' applied to '\(?([^)]*)\)?'", said):
        return _("“%(sign)s” cannot be used between %(kinds)s.") % {
            "sign": found[1].strip("_").replace("?_:", "? :").replace("_", " "),
            "kinds": ", ".join(_kind_words(part) for part in found[2].split(", ")),
        }
    if "recursion" in said or "nest" in said:
        return _("The expression is nested too deeply or cannot be read.")
    if near:
        return _("This is not written as an expression, near “%(near)s”.") % {"near": near}
    return _("The expression ends too early.")


def _kind_words(kind: str) -> str:
    known = {
        "double": _("a number"),
        "int": _("a number"),
        "string": _("a text"),
        "bool": _("yes or no"),
        "dyn": _("any value"),
    }
    if kind in known:
        return known[kind]
    return _("a list") if kind.startswith("list") else _("a group of answers")


def mistake(source: str, types: Types, *, gives: str) -> Mistake | None:
    """Return why `source` cannot be used as an expression that gives `gives` (a key of TYPES, '' for anything)."""
    compiled = _compile(source, types)
    if isinstance(compiled, str):
        return _mistake(compiled, source)
    name = compiled.return_type().name()
    wanted = {"boolean": {"BOOL"}, "number": {"DOUBLE"}, "text": {"STRING"}}.get(gives)
    if wanted and name not in wanted | {"DYN"}:
        told = {"boolean": _("yes or no"), "number": _("a number"), "text": _("a text")}[gives]
        return Mistake(0, _("The expression must give %(kind)s.") % {"kind": told})
    return None


def mistake_of_trial(source: str, types: Types, values: Mapping[str, Any]) -> Mistake | None:
    """Find what only a look at values shows: a column that the rows do not have."""
    try:
        evaluate(source, types, values)
    except NotComputed as error:
        if found := _KEY.search(str(error)):
            word = re.search(rf"\.({re.escape(found[1])})\b", source)
            place = word.start(1) + 1 if word else 0
            return Mistake(place, _("There is no field or function “%(name)s”.") % {"name": found[1]})
    return None


def evaluate(source: str, types: Types, values: Mapping[str, Any]) -> Any:
    """Return the value of `source` over `values`; names without a value take the empty value of their type.

    Raises:
        NotComputed: no value for these answers, or an expression that should never have been saved.
    """
    compiled = _compile(source, types)
    if isinstance(compiled, str):
        raise NotComputed(compiled)
    data = {name: values.get(name, TYPES[kind][1]) for name, kind in types}
    try:
        result = compiled.eval(data=data)
    except (RuntimeError, TypeError, ValueError) as error:
        raise NotComputed(str(error)) from error
    if result.type() == cel.Type.ERROR:
        raise NotComputed(str(result.plain_value()))
    return result.plain_value()


def evaluate_or(otherwise: Any, source: str, types: Types, values: Mapping[str, Any]) -> Any:
    """Return the value of `source`, or `otherwise` where it has none; that is written to the log without answers."""
    try:
        return evaluate(source, types, values)
    except NotComputed:
        _log.warning("eforms.expression_without_value", expression=source)
        return otherwise


def names_of(source: str) -> set[str]:
    """Return the words of an expression outside its texts: fields, functions, columns."""
    return {found.group() for found in _TOKEN.finditer(source) if found.lastgroup == "word"}


def renamed(source: str, old: str, new: str) -> str:
    """Return the expression with one name replaced, texts untouched."""
    return _TOKEN.sub(
        lambda found: new if found.group() == old and found.lastgroup == "word" else found.group(), source
    )


def functions() -> Iterable[tuple[str, str]]:
    """Yield (how it is written, what it gives) of what may be used, for the page of the designer."""
    yield "a + b, a - b, a * b, a / b", _("Calculate; + also joins texts")
    yield "a == b, a != b, a > b, a >= b", _("Compare; days are compared as they are")
    yield "a && b, a || b, !a", _("And, or, not")
    yield "a ? b : c", _("b where a holds, else c")
    yield 'a in ["x", "y"]', _("One of several")
    yield "answered.a", _("Whether the field is answered")
    yield "today", _("The day of filling in; only in checks and calculations")
    yield "years(a, b), days(a, b)", _("Whole years or days from day a to day b")
    yield "add_days(a, n), add_months(a, n)", _("The day n days or months later")
    yield "sum(t.map(r, r.x)), count(t)", _("Sum of a column, number of rows of table t")
    yield "t.all(r, r.x > 0), t.exists(r, r.x > 0)", _("Whether it holds for all rows, for one row at least")
    yield "row.x", _("In a table: another column of the same row")
    yield "round(a, n), least(a, b), greatest(a, b)", _("Rounded to n places, the smaller, the greater")
    yield "text(a)", _("A number as text")
