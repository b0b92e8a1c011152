"""What follows from the items entered: the units of an agency that ends go with it. Pure."""

from collections import Counter, defaultdict, deque
from collections.abc import Sequence

from motcua.foundation.organisations.reorganising.structure import Structure, heirs_of
from motcua.foundation.organisations.types import AgencyKind, Change, ItemAct

# Units that merge with the heir's unit of the same work, when each side has exactly one of it.
_MATCHED = frozenset(
    {
        AgencyKind.DIVISION, AgencyKind.COMMUNE_CENTRE, AgencyKind.DISTRICT_OFFICE, AgencyKind.VERTICAL,
        AgencyKind.PROVINCE_CENTRE, AgencyKind.DEPARTMENT,
    }
)  # fmt: skip
_Work = tuple[str, str]


def derived(changes: Sequence[Change], structure: Structure) -> list[Change]:
    """Return the changes of units whose agency ends and that no item names.

    A division, centre or vertical office merges with the heir's one of the same kind and work; any other unit, and
    one for which the heir has none, moves below the heir. Units of an agency without an heir stay unsaid: a problem.
    """
    return _Deriving(changes, structure).run()


class _Deriving:
    def __init__(self, changes: Sequence[Change], structure: Structure) -> None:
        self.structure = structure
        self.heirs = heirs_of(changes)
        self.named = {item.agency_code for item in changes if item.ends or item.act == ItemAct.MOVE}
        self.work: dict[str, _Work] = {
            unit.code: (unit.kind, unit.division_kind) for unit in structure.units.values()
        } | {item.agency_code: (item.kind, item.division_kind) for item in changes if item.act == ItemAct.CREATE}
        self.joining: dict[str, list[str]] = defaultdict(list)
        for item in changes:
            if item.act in {ItemAct.CREATE, ItemAct.MOVE} and item.parent_code:
                self.joining[item.parent_code].append(item.agency_code)

    def run(self) -> list[Change]:
        found: list[Change] = []
        waiting = deque(self.heirs)
        while waiting:
            ended = waiting.popleft()
            heir = self.heirs[ended]
            if not heir:
                continue
            for unit in self.structure.children.get(ended, ()):
                if unit in self.named:
                    continue
                self.named.add(unit)
                found.append(self._follow(unit, ended, heir))
                if found[-1].act == ItemAct.MERGE:
                    self.heirs[unit] = found[-1].target_code
                    waiting.append(unit)
        return found

    def _follow(self, unit: str, ended: str, heir: str) -> Change:
        work = self.work[unit]
        same_here = Counter(self.work[item] for item in self.structure.children.get(ended, ()))[work]
        partners = [item for item in self._units_of(heir) if self.work.get(item) == work]
        if work[0] in _MATCHED and same_here == 1 and len(partners) == 1:
            return Change(ItemAct.MERGE, unit, target_code=partners[0], is_derived=True)
        self.joining[heir].append(unit)
        return Change(ItemAct.MOVE, unit, parent_code=heir, is_derived=True)

    def _units_of(self, agency: str) -> list[str]:
        stay = [item for item in self.structure.children.get(agency, ()) if item not in self.named]
        return [*stay, *self.joining.get(agency, ())]
