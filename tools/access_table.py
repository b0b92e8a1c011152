"""Draws docs/access.md from the registry: role × act × object, and which address does which act.

Usage: access_table.py [--check]   With --check nothing is written, and a difference is an error.
"""

import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
TABLE = PROJECT / "docs" / "access.md"
HEAD = """# Access: who may do what to which objects

Drawn from the code by `tools/access_table.py`; do not edit. `make check` fails when it is out of date, and
`tests/access` visits every address as every role and as nobody, with own and foreign objects, and compares with it.

An act names roles and a kind of object. A kind has one scope, written twice side by side: as a rule for one object and
as a condition on indexed columns for lists (`accounts.registry`: `can(actor, act, object)`, `within(kind, actor)`).
What one may not see looks missing. The cells say which objects an act reaches; an empty cell: not at all.

"""
ACTS = """## Acts

- **all**: everybody's objects; **yes**: no object behind it
- **own**: what is one's own, by account, by the link of a draft, or proved by code and second number
- **self**: what concerns the person signed in
- **desk**: what was taken in at one's desk today or lies there to be handed over
- **units**: what one's posts' agencies and those below them receive, decide or helped with
- **named**: what an order of inspection names, while it runs
- **province**: the whole province

"""
WORDS = {"public": "all", "everything": "yes"}
NEW = """
## A new address

1. The view carries `@act("area.verb")`; its act is registered in `AppConfig.ready()` with roles, `kind` and, where it
   is not the role's usual sight, `scope`. No roles: every role but those that stand apart (postal receptionist,
   inspector, guide, data protection officer).
2. An address with arguments gets a line in `tests/access/samples.py`.
3. A new kind of object is registered with `registry.register_kinds(Kind(...))`.
4. `.venv/bin/python tools/access_table.py`, and the table goes into the same commit.
"""


def _begin() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings.test")
    os.environ.setdefault("DATABASE_URL", "postgresql:///unused")
    sys.path[:0] = [str(PROJECT / "src"), str(PROJECT)]
    import django
    from django.utils import translation

    django.setup()
    translation.activate("en")


def _addresses() -> Iterator[tuple[str, str]]:
    from django.urls import URLPattern, URLResolver, get_resolver

    def below(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, str]]:
        for entry in resolver.url_patterns:
            route = prefix + str(entry.pattern)
            if isinstance(entry, URLPattern):
                shown = getattr(entry.callback, "view_class", entry.callback)
                yield route, getattr(entry.callback, "motcua_act", "") or getattr(shown, "motcua_act", "")
            else:
                yield from below(entry, route)

    yield from (pair for pair in below(get_resolver(), "") if not pair[0].startswith("support/"))


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def table() -> str:
    """Return the whole document."""
    from motcua.foundation.accounts import registry
    from motcua.foundation.organisations.types import Role

    columns = ["nobody", "citizen", *Role.values]
    heads = ["Act", "Object", "nobody", "citizen", *(str(Role(role).label) for role in Role.values)]
    lines = [_row(heads), _row(["---"] * len(heads))]
    acts, kinds = registry.acts(), registry.kinds()
    for code, item in sorted(acts.items()):
        cells = [WORDS.get(reached, reached) for reached in (registry.reach(item, role) for role in columns)]
        lines.append(_row([f"`{code}` {item.label}", str(kinds[item.kind].label), *cells]))
    objects = [_row(["Object", "Code", "Columns of its scope"]), _row(["---"] * 3)]
    objects += [
        _row([str(kind.label), f"`{kind.code}`", ", ".join(f"`{name}`" for name in kind.columns) or "no scope"])
        for kind in sorted(kinds.values(), key=lambda kind: kind.code)
    ]
    by_act = defaultdict(list)
    for route, code in _addresses():
        by_act[code].append(f"`/{route.replace('|', chr(92) + '|')}`")
    places = [_row(["Act", "Addresses"]), _row(["---"] * 2)]
    places += [_row([f"`{code}`", "<br>".join(sorted(routes))]) for code, routes in sorted(by_act.items())]
    return (
        HEAD + ACTS + "\n".join(lines) + "\n\n## Kinds of object\n\n" + "\n".join(objects)
        + "\n\n## Addresses\n\n" + "\n".join(places) + "\n" + NEW
    )  # fmt: skip


def main() -> int:
    """Write the table, or compare it."""
    _begin()
    drawn = table()
    if "--check" not in sys.argv[1:]:
        TABLE.write_text(drawn, encoding="utf-8")
        return 0
    if TABLE.exists() and TABLE.read_text(encoding="utf-8") == drawn:
        return 0
    sys.stderr.write("docs/access.md is out of date: run .venv/bin/python tools/access_table.py and commit it\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
