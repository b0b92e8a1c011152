"""Conditions of arrows: a whitelisted expression compiled to closures; nothing is ever evaluated as Python.

Allowed: `outcome`, declared values, constants, comparisons, in/not in a list of constants, and, or, not.
A closure answers True, False, or None when a value it needs is not known (three-valued logic): the checks at publishing
ask with the outcome alone.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from motcua.casework.workflow.types import Variable

OUTCOME = "outcome"
LENGTH_LIMIT = 500
Truth = bool | None
Test = Callable[[Mapping[str, object]], Truth]
_UNKNOWN = object()
_ORDER = {ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge}
_EQUAL = {ast.Eq: operator.eq, ast.NotEq: operator.ne}
_MEMBER = {ast.In: lambda value, items: value in items, ast.NotIn: lambda value, items: value not in items}


class ConditionError(ValueError):
    """The text is outside the allowed subset; `reason` says why to the person who drew it."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__()
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Condition:
    """A compiled condition; `names` are the values it reads, `outcomes` the outcome codes it compares with."""

    test: Test
    names: frozenset[str]
    outcomes: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Value:
    kind: str
    read: Callable[[Mapping[str, object]], object]
    is_outcome: bool = False
    constant: object = None


class _Builder:
    """Turns one expression into closures, noting which names and outcome codes it uses."""

    def __init__(self, variables: Mapping[str, Variable]) -> None:
        self.kinds = {name: variable.kind for name, variable in variables.items()} | {OUTCOME: "text"}
        self.names: set[str] = set()
        self.outcomes: set[str] = set()

    def test(self, node: ast.expr) -> Test:
        """Return the closure of a yes-or-no expression."""
        if isinstance(node, ast.BoolOp):
            parts = tuple(self.test(part) for part in node.values)
            return _all_of(parts) if isinstance(node.op, ast.And) else _any_of(parts)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return _negation(self.test(node.operand))
        if isinstance(node, ast.Compare):
            return self._comparison(node)
        if isinstance(node, ast.Name):
            value = self._value(node)
            if value.kind != "boolean":
                raise ConditionError(format_lazy(_("“{name}” must be compared with something."), name=node.id))
            return _plain(value.read)
        raise ConditionError(_refused(node))

    def _comparison(self, node: ast.Compare) -> Test:
        if len(node.ops) != 1:
            raise ConditionError(_("compare two things at a time and join the parts with and."))
        sign = type(node.ops[0])
        left = self._value(node.left)
        if sign in _MEMBER:
            items = self._items(node.comparators[0], left)
            return _binary(_MEMBER[sign], left.read, lambda _env: items)
        right = self._value(node.comparators[0])
        if left.kind != right.kind:
            raise ConditionError(_("the two sides are of different kinds (text, number, yes/no)."))
        if sign in _ORDER and left.kind != "number":
            raise ConditionError(_("only numbers can be compared with < and >."))
        if sign not in _ORDER and sign not in _EQUAL:
            raise ConditionError(_("only ==, !=, <, <=, >, >=, in and not in compare."))
        for one, other in ((left, right), (right, left)):
            if one.is_outcome and isinstance(other.constant, str):
                self.outcomes.add(other.constant)
        return _binary(_ORDER.get(sign) or _EQUAL[sign], left.read, right.read)

    def _items(self, node: ast.expr, left: _Value) -> frozenset[object]:
        if not isinstance(node, ast.List | ast.Tuple | ast.Set) or not node.elts:
            raise ConditionError(_("behind “in” stands a list of constants, such as [“a”, “b”]."))
        values = [self._value(item) for item in node.elts]
        if any(value.constant is None or value.kind != left.kind for value in values):
            raise ConditionError(_("behind “in” stands a list of constants of one kind."))
        if left.is_outcome:
            self.outcomes.update(str(value.constant) for value in values)
        return frozenset(value.constant for value in values)

    def _value(self, node: ast.expr) -> _Value:
        if isinstance(node, ast.Name):
            return self._name(node.id)
        sign = 1
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            sign, node = -1, node.operand
        if not isinstance(node, ast.Constant):
            raise ConditionError(_refused(node))
        constant = node.value
        if isinstance(constant, bool | str) and sign == 1:
            return _Value("text" if isinstance(constant, str) else "boolean", lambda _env: constant, constant=constant)
        if isinstance(constant, int | float) and not isinstance(constant, bool):
            number = sign * constant
            return _Value("number", lambda _env: number, constant=number)
        raise ConditionError(_("constants are texts in quotes, numbers, True and False."))

    def _name(self, name: str) -> _Value:
        if name not in self.kinds:
            raise ConditionError(format_lazy(_("the name “{name}” is not known here."), name=name))
        self.names.add(name)
        return _Value(self.kinds[name], lambda env: env.get(name, _UNKNOWN), is_outcome=name == OUTCOME)


def compile_condition(text: str, variables: Mapping[str, Variable]) -> Condition:
    """Compile one condition.

    Raises:
        ConditionError: it is not in the allowed subset.
    """
    source = text.strip()
    if len(source) > LENGTH_LIMIT:
        raise ConditionError(_("it is too long."))
    try:
        tree = ast.parse(source, mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ConditionError(_("it cannot be read.")) from None
    builder = _Builder(variables)
    test = builder.test(tree.body)
    return Condition(test, frozenset(builder.names), frozenset(builder.outcomes))


def _refused(node: ast.expr) -> str | Promise:
    if isinstance(node, ast.Call):
        return _("functions cannot be called.")
    if isinstance(node, ast.Attribute | ast.Subscript):
        return _("parts of values (a.b, a[0]) cannot be read.")
    if isinstance(node, ast.BinOp):
        return _("nothing can be calculated.")
    return _("this form of expression is not allowed.")


def _plain(read: Callable[[Mapping[str, object]], object]) -> Test:
    def test(env: Mapping[str, object]) -> Truth:
        value = read(env)
        return None if value is _UNKNOWN else bool(value)

    return test


def _binary(
    compare: Callable[[Any, Any], Any],
    left: Callable[[Mapping[str, object]], object],
    right: Callable[[Mapping[str, object]], object],
) -> Test:
    def test(env: Mapping[str, object]) -> Truth:
        one, other = left(env), right(env)
        return None if one is _UNKNOWN or other is _UNKNOWN else bool(compare(one, other))

    return test


def _negation(part: Test) -> Test:
    def test(env: Mapping[str, object]) -> Truth:
        truth = part(env)
        return None if truth is None else not truth

    return test


def _all_of(parts: tuple[Test, ...]) -> Test:
    def test(env: Mapping[str, object]) -> Truth:
        truths = [part(env) for part in parts]
        return False if False in truths else None if None in truths else True

    return test


def _any_of(parts: tuple[Test, ...]) -> Test:
    def test(env: Mapping[str, object]) -> Truth:
        truths = [part(env) for part in parts]
        return True if True in truths else None if None in truths else False

    return test
