"""No list says by itself what somebody sees: the conditions stand in the access module, each beside its rule."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

import motcua
from motcua.foundation.accounts import registry

ROOT = Path(motcua.__file__).parent
# What an actor's sight is made of.
SIGHT = {"scope_ids", "own_agencies", "units_of", "desks_of"}
# Modules that hold nothing but registered rules and their parts.
RULES = {
    "foundation/accounts/sight.py",
    "casework/dossiers/scope.py",
    "casework/dossiers/scopes.py",
    "casework/custody/acts.py",
    "casework/internal/acts.py",
    "insight/simplification/acts.py",
}
# Who makes an actor's sight, or looks at one object or one's own posts; no list is filtered here.
EXCEPTIONS = {
    "foundation/accounts/types.py": "defines it",
    "foundation/accounts/selectors.py": "makes the actor of a person",
    "foundation/accounts/inspecting.py:sees_order": "registered rule",
    "foundation/accounts/inspecting.py:orders_within": "registered condition",
    "foundation/accounts/people.py:administered": "which units an administrator may change, asked by services",
    "faces/office/calendars/choosing.py:sees": "registered rule",
    "casework/dossiers/selectors/reading.py:_by_post": "for what purpose one dossier is read",
}


def _uses() -> Iterator[str]:
    """Yield 'path:function' of everything that reads an actor's sight."""
    for path in sorted(ROOT.rglob("*.py")):
        name = str(path.relative_to(ROOT))
        if "/tests/" in name or "/migrations/" in name or name in RULES:
            continue
        for function, node in _named(ast.parse(path.read_text(encoding="utf-8")), ""):
            by_actor = not (isinstance(node.value, ast.Name) and node.value.id in {"organisations", "telling"})
            if node.attr in SIGHT and by_actor:
                yield f"{name}:{function}"


def _named(tree: ast.AST, function: str) -> Iterator[tuple[str, ast.Attribute]]:
    for child in ast.iter_child_nodes(tree):
        inside = child.name if isinstance(child, ast.FunctionDef) and not function else function
        if isinstance(child, ast.Attribute):
            yield inside, child
        yield from _named(child, inside)


def test_lists_ask_the_access_module_what_somebody_sees():
    wrong = sorted({use for use in _uses() if use not in EXCEPTIONS and use.partition(":")[0] not in EXCEPTIONS})
    assert wrong == [], "register a Kind with `sees` and `within` and filter by registry.within() or registry.seen()"


def test_no_exception_is_left_of_what_is_gone():
    used = set(_uses())
    assert sorted(set(EXCEPTIONS) - used - {use.partition(":")[0] for use in used}) == []


def test_every_rule_of_a_module_of_rules_is_registered_or_part_of_one():
    kinds = registry.kinds().values()
    rules = {rule for kind in kinds for rule in (kind.sees, kind.within) if rule is not None}
    homes = {str(Path(inspect.getsourcefile(rule) or "").relative_to(ROOT)) for rule in rules}
    allowed = RULES | {item.partition(":")[0] for item in EXCEPTIONS} | {"foundation/accounts/correcting.py"}
    assert homes <= allowed, "a rule of sight stands where this test does not look"


def test_every_kind_that_an_act_scopes_has_a_rule():
    """An act whose table says own, units, desk or named must have something that says which."""
    public = {"page", "completion"}
    lacking = [kind.code for kind in registry.kinds().values() if kind.sees is None and kind.code not in public]
    assert lacking == []
