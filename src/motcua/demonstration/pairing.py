"""Which process and form belongs to which procedures, and who takes them: chosen by hand, read from the package."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from motcua.demonstration import packaged, province
from motcua.foundation.core.folding import fold


@dataclass(frozen=True, slots=True)
class SettledLimit:
    """A limit settled by hand; `reduced` when the record stays and only the promise is shorter."""

    value: int
    unit: str
    note: str
    reduced: bool = False


@dataclass(frozen=True, slots=True)
class Pairing:
    """One process with its form and the procedures that run through it.

    Attributes:
        code: of the process, and of the form.
        slack: why the longest way takes less than `legal_hours`; '' when it takes exactly that.
    """

    code: str
    name: str
    name_en: str
    procedures: tuple[str, ...]
    taken_by: str
    channels: tuple[str, ...]
    legal_hours: int
    basis: str
    reason: str
    slack: str = ""
    quick_form: str = ""
    limits: tuple[SettledLimit, ...] = field(default=())

    @property
    def level(self) -> str:
        """The level that decides."""
        return "commune" if self.taken_by == "communes" else "province"

    def agency_codes(self) -> tuple[str | None, ...]:
        """Return the codes of the agencies that offer it; None stands for all communes."""
        if self.taken_by == "communes":
            return (None,)
        if self.taken_by == "land_branches":
            return tuple(agency.code for agency in province.plan().agencies if agency.parent == "H01.17")
        return (self.taken_by,)


@cache
def pairings() -> tuple[Pairing, ...]:
    """Return all pairings in the order in which they are documented."""
    return tuple(_pairing(item) for item in packaged.table("pairing.toml")["process"])


def _pairing(item: dict[str, Any]) -> Pairing:
    return Pairing(
        code=item["code"],
        name=item["name"],
        name_en=item["name_en"],
        procedures=tuple(item["procedures"]),
        taken_by=item["taken_by"],
        channels=tuple(item["channels"]),
        legal_hours=item["legal_hours"],
        basis=item["basis"],
        reason=item["reason"],
        slack=item.get("slack", ""),
        quick_form=item.get("quick_form", ""),
        limits=tuple(SettledLimit(**limit) for limit in item.get("limits", ())),
    )


def valid_from() -> date:
    """Return the first day of offers, processes and forms."""
    return packaged.table("pairing.toml")["valid_from"]


def eform(code: str) -> dict[str, object]:
    """Return the packaged schema of a process's form."""
    return packaged.document(f"eforms/{code}.json")


def paper_kind(procedure: str, name: str) -> str:
    """Return what a line in a procedure's list of papers was found to be, '' where the import's proposal is right."""
    folded = fold(name)
    for row in packaged.rows("papers.csv"):
        if row["procedure"] == procedure and fold(row["contains"]) in folded:
            return row["kind"]
    return ""


def paired_procedures() -> Iterator[str]:
    """Yield the codes of all paired procedures."""
    for pairing in pairings():
        yield from pairing.procedures
