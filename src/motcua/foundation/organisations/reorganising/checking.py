"""What stands in the way of a reorganisation, each with the reason and the mend. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from motcua.foundation.organisations.reorganising.structure import Structure
from motcua.foundation.organisations.types import Change, ItemAct, Problem

_CODE = re.compile(r"[A-Z0-9]+(\.[A-Z0-9]+)*")


def problems(changes: Sequence[Change], structure: Structure, *, busy: Mapping[str, str]) -> list[Problem]:
    """Return what must be mended, in the order of the items; derived items count like entered ones.

    Args:
        busy: codes that another open reorganisation changes -> its title.
    """
    if not changes:
        return [
            Problem(
                "nothing-changes",
                _("The reorganisation changes nothing yet."),
                _("Add at least one agency that is founded, merged, split, renamed, moved or abolished."),
            )
        ]
    found = [*_foundings(changes, structure), *_subjects(changes, structure, busy), *_heirs(changes, structure)]
    found += _parents(changes, structure)
    return found


def _created(changes: Sequence[Change]) -> set[str]:
    return {item.agency_code for item in changes if item.act == ItemAct.CREATE}


def _foundings(changes: Sequence[Change], structure: Structure) -> Iterator[Problem]:
    seen: Counter[str] = Counter(item.agency_code for item in changes if item.act == ItemAct.CREATE)
    for item in changes:
        if item.act != ItemAct.CREATE:
            continue
        code = item.agency_code
        if len(code) > 35 or not _CODE.fullmatch(code):
            yield Problem(
                "code-malformed",
                _("%(code)s is no code of an agency.") % {"code": code or "-"},
                _("Write capital letters, digits and dots only, at most 35 characters, such as H56.12.3."),
                code,
            )
        elif code in structure.taken or seen[code] > 1:
            yield Problem(
                "code-taken",
                _("The code %(code)s is given already.") % {"code": code},
                _("Choose another code: a code stays with its agency for ever."),
                code,
            )
        if not item.name or not item.kind or not item.level:
            yield Problem(
                "founding-incomplete",
                _("%(code)s has no name or kind yet.") % {"code": code},
                _("Enter the name, the kind and the level of the new agency."),
                code,
            )


def _subjects(changes: Sequence[Change], structure: Structure, busy: Mapping[str, str]) -> Iterator[Problem]:
    ends: dict[str, set[str]] = defaultdict(set)
    doubled = Counter((item.agency_code, item.act) for item in changes if item.act != ItemAct.SPLIT)
    for item in changes:
        if item.ends:
            ends[item.agency_code].add(item.act)
    for item in changes:
        code = item.agency_code
        if item.act == ItemAct.CREATE:
            continue
        unit = structure.units.get(code)
        if unit is None:
            yield Problem(
                "agency-unknown",
                _("There is no agency %(code)s on the day before.") % {"code": code},
                _("Correct the code, or change the day of the reorganisation."),
                code,
            )
            continue
        if not unit.is_open:
            yield Problem(
                "agency-overlap",
                _("%(name)s already changes on that day or later.") % {"name": unit.name},
                _("Choose a later day, or take this agency out: its periods would overlap."),
                code,
            )
        if code in busy:
            yield Problem(
                "agency-busy",
                _("%(name)s is already part of the reorganisation “%(title)s”.")
                % {"name": unit.name, "title": busy[code]},
                _("Undo that one, or take the agency out of one of the two."),
                code,
            )
        if len(ends[code]) > 1 or doubled[code, item.act] > 1 or (ends[code] and not item.ends):
            yield Problem(
                "changed-twice",
                _("%(name)s is changed in two ways that do not go together.") % {"name": unit.name},
                _("Keep one of the items: an agency ends once, and what ends is neither renamed nor moved."),
                code,
            )


def _heirs(changes: Sequence[Change], structure: Structure) -> Iterator[Problem]:
    ended = {item.agency_code for item in changes if item.ends}
    there = (structure.present - ended) | _created(changes)
    parts: dict[str, list[Change]] = defaultdict(list)
    for item in changes:
        if item.act == ItemAct.SPLIT:
            parts[item.agency_code].append(item)
        needs_heir = item.act in {ItemAct.MERGE, ItemAct.SPLIT} or item.target_code
        if needs_heir and (item.target_code not in there or item.target_code == item.agency_code):
            yield Problem(
                "heir-missing",
                _("%(code)s would go to %(target)s, which does not exist from that day on.")
                % {"code": _named(item.agency_code, structure), "target": _named(item.target_code, structure)},
                _("Choose an agency that goes on, or add its founding to this reorganisation."),
                item.agency_code,
            )
    for code, items in parts.items():
        survives = any(item.survives for item in items)
        if len(items) < (1 if survives else 2):
            yield Problem(
                "split-of-one",
                _("%(name)s is split into one part only.") % {"name": _named(code, structure)},
                _("Name a second successor, or merge it instead."),
                code,
            )
        if not survives and sum(item.is_default for item in items) != 1:
            yield Problem(
                "split-without-main-heir",
                _("%(name)s needs exactly one main successor.") % {"name": _named(code, structure)},
                _("Mark the successor to which open work goes that cannot be divided."),
                code,
            )


def _parents(changes: Sequence[Change], structure: Structure) -> Iterator[Problem]:
    """Find units left below an agency that ends, parents that do not exist, and circles."""
    ended = {item.agency_code for item in changes if item.ends}
    parents = {code: unit.parent for code, unit in structure.units.items() if code not in ended}
    placed = {
        item.agency_code: item.parent_code
        for item in changes
        if item.act in {ItemAct.CREATE, ItemAct.MOVE} and item.agency_code not in ended
    }
    parents |= placed
    for code, parent in parents.items():
        if not parent or parent in parents or (parent in structure.present and parent not in ended):
            continue
        if code in placed:
            yield Problem(
                "parent-missing",
                _("%(name)s would lie below %(parent)s, which does not exist from that day on.")
                % {"name": _named(code, structure), "parent": _named(parent, structure)},
                _("Choose a parent that goes on, or add its founding to this reorganisation."),
                code,
            )
        else:
            yield Problem(
                "unit-without-home",
                _("%(name)s is left without an agency above it: %(parent)s ends.")
                % {"name": _named(code, structure), "parent": _named(parent, structure)},
                _("Name a successor of the agency above, or move or abolish this unit too."),
                code,
            )
    yield from _circles(parents, placed, structure)


def _circles(parents: Mapping[str, str], placed: Mapping[str, str], structure: Structure) -> Iterator[Problem]:
    told: set[str] = set()
    for code in placed:
        way, place = [code], parents.get(code, "")
        while place and place not in way:
            way.append(place)
            place = parents.get(place, "")
        if place == code and not told & set(way):
            told |= set(way)
            path = " → ".join(_named(item, structure) for item in [*way, code])
            yield Problem(
                "circle",
                _("%(path)s would make a circle.") % {"path": path},
                _("Choose a parent that does not lie below the agency."),
                code,
            )


def _named(code: str, structure: Structure) -> str:
    unit = structure.units.get(code)
    return unit.name if unit else code or "-"
