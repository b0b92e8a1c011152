"""What a reorganisation would do, computed without doing any of it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.foundation.organisations.models import Reorganisation, ReorganisationItem
from motcua.foundation.organisations.reorganising import checking, deriving, keeping, registry
from motcua.foundation.organisations.reorganising.structure import Structure, heirs_of, structure_before
from motcua.foundation.organisations.types import (
    Affected,
    Change,
    Fate,
    ItemAct,
    Preview,
    Problem,
    ReorganisationState,
)


@dataclass(frozen=True, slots=True)
class Outlook:
    """Items with what follows from them, the structure of the eve, and what stands in the way."""

    changes: tuple[Change, ...]
    structure: Structure
    affected: tuple[Affected, ...]
    problems: tuple[Problem, ...]


def outlook(item: Reorganisation) -> Outlook:
    """Return everything that planning and carrying out must know."""
    structure = structure_before(item.on)
    explicit = keeping.entered(item.pk)
    changes = (*explicit, *deriving.derived(explicit, structure))
    problems = checking.problems(changes, structure, busy=_busy(item))
    if not explicit:
        return Outlook(changes, structure, (), tuple(problems))
    heirs = heirs_of(changes)
    ended = {structure.units[code].id: code for code in heirs if code in structure.units}
    heirless = frozenset(key for key, code in ended.items() if not heirs[code])
    affected = registry.affected(ended | _going_along(changes, structure), heirless, on=item.on)
    problems += _homeless(affected, structure)
    return Outlook(changes, structure, tuple(affected), tuple(problems))


def _going_along(changes: Sequence[Change], structure: Structure) -> dict[int, str]:
    """Return the units that move below an heir with all they hold, and those below them."""
    found: dict[int, str] = {}
    waiting = [change.agency_code for change in changes if change.is_derived and change.act == ItemAct.MOVE]
    while waiting:
        code = waiting.pop()
        found[structure.units[code].id] = code
        waiting += structure.children.get(code, ())
    return found


def _busy(item: Reorganisation) -> dict[str, str]:
    """Return codes that other planned reorganisations change."""
    open_states = (ReorganisationState.PLANNED, ReorganisationState.UNDER_WAY)
    others = ReorganisationItem.objects.filter(reorganisation__state__in=open_states).exclude(reorganisation=item)
    return dict(others.values_list("agency_code", "reorganisation__title"))


def _homeless(affected: Sequence[Affected], structure: Structure) -> list[Problem]:
    """Say of each kind of things whom it would leave without a home; agencies without any may end freely."""
    found = []
    for kind in affected:
        for code, number in kind.homeless:
            values = {"number": number, "what": kind.label, "name": structure.units[code].name}
            found.append(
                Problem(
                    "without-home",
                    _("%(name)s ends without a successor and would leave without a home: %(what)s (%(number)s).")
                    % values,
                    _("Name the agency that takes over, or settle these first."),
                    code,
                )
            )
    return found


def preview_of(item: Reorganisation) -> Preview:
    """Return the outlook as pages show it."""
    seen = outlook(item)
    acts = Counter(str(change.act) for change in seen.changes if not change.is_derived)
    founded = {change.agency_code for change in seen.changes if change.act == ItemAct.CREATE}
    ended = {change.agency_code for change in seen.changes if change.ends}
    return Preview(
        fates=tuple(_fates(seen)),
        counts=dict(acts),
        derived=sum(change.is_derived for change in seen.changes),
        ended=len(ended),
        affected=seen.affected,
        problems=seen.problems,
        agencies_before=len(seen.structure.units),
        agencies_after=len(seen.structure.units.keys() - ended) + len(founded - seen.structure.units.keys()),
    )


def _fates(seen: Outlook) -> list[Fate]:
    """Return one line an agency and act; the parts of a split together, the main heir first."""
    names = {code: unit.name for code, unit in seen.structure.units.items()}
    names |= {item.agency_code: item.name for item in seen.changes if item.act == ItemAct.CREATE and item.name}
    lines: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in seen.changes:
        lines[change.act, change.agency_code].append(change)
    return [_fate(changes, names, seen.structure) for changes in lines.values()]


def _fate(changes: list[Change], names: dict[str, str], structure: Structure) -> Fate:
    first = changes[0]
    unit = structure.units.get(first.agency_code)
    targets = [item.target_code for item in sorted(changes, key=lambda item: not item.is_default) if item.target_code]
    after = tuple(names.get(code, code) for code in targets)
    if first.act in {ItemAct.RENAME, ItemAct.CREATE}:
        after = (first.name,)
    return Fate(
        act=first.act,
        code=first.agency_code,
        before=unit.name if unit else "",
        parent_before=names.get(unit.parent, unit.parent) if unit else "",
        after=after,
        parent_after=names.get(first.parent_code, first.parent_code),
        is_derived=first.is_derived,
        target_codes=tuple(targets),
    )
