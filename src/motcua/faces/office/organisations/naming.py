"""Agencies as people write them: by code, by name, or chosen from the list as "code — name"."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from motcua.foundation.core.folding import fold
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import Change, ItemAct

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Named:
    """An agency that an item may name: of the eve, or founded by the same reorganisation."""

    code: str
    name: str
    short_name: str
    parent: str = ""

    @property
    def label(self) -> str:
        """How the list offers it."""
        return f"{self.code} — {self.short_name}"


class Names:
    """All agencies that may be named on a day, found by what people write."""

    def __init__(self, on: date, changes: Iterable[Change] = ()) -> None:
        listing = organisations.directory(on=on - timedelta(days=1))
        self.all = [
            Named(card.code, card.name, card.short_name, above.short_name if above else "")
            for card in listing.agencies.values()
            for above in [listing.agencies.get(card.parent_id or 0)]
        ]
        self.all += [
            Named(item.agency_code, item.name, item.short_name or item.name)
            for item in changes
            if item.act == ItemAct.CREATE
        ]
        self._codes = {item.code: item for item in self.all}
        self._names: dict[str, list[Named]] = defaultdict(list)
        for item in self.all:
            for name in {fold(item.name), fold(item.short_name)}:
                self._names[name].append(item)

    def find(self, text: str) -> tuple[str, str]:
        """Return (code, '') of what was written, or ('', why it is not clear)."""
        said = text.strip()
        first = said.split()[0].upper().rstrip(",;") if said else ""
        if first in self._codes:
            return first, ""
        found = self._names.get(fold(said), [])
        if len(found) == 1:
            return found[0].code, ""
        if not found:
            wanted = fold(said)
            found = [item for item in self.all if wanted and wanted in fold(item.name)]
            if len(found) == 1:
                return found[0].code, ""
        if not found:
            return "", _("No agency has the code or name “%(said)s” on that day") % {"said": said}
        shown = ", ".join(f"{item.code} ({item.parent or item.short_name})" for item in found[:_SHOWN])
        return "", _("Several agencies fit “%(said)s”; write the code: %(codes)s") % {"said": said, "codes": shown}

    def label(self, code: str) -> str:
        """Return the short name of a code, the code itself when unknown."""
        return self._codes[code].short_name if code in self._codes else code
