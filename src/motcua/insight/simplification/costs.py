"""The standard cost model: what a procedure costs the people who need it. Pure; whole dong.

Law: the standard cost model of Decree 63/2010/NĐ-CP as guided by the Government Office (time x income an hour + fees +
other costs, times how often). The income an hour and the hours a paper takes are assumed settings.
"""

from collections.abc import Iterable
from decimal import Decimal

from motcua.insight.simplification.types import CostInput


def dossier_cost(lines: Iterable[CostInput]) -> int:
    """Return what one dossier costs its applicant, in dong."""
    return sum(line.cost_vnd for line in lines)


def year_cost(lines: Iterable[CostInput], dossiers_a_year: int) -> int:
    """Return what all dossiers of a year cost, in dong a year."""
    return dossier_cost(lines) * dossiers_a_year


def first_lines(
    papers: Iterable[tuple[str, int]], fees_vnd: int, *, hours_a_paper: Decimal, hours_of_ways: Decimal, wage_vnd: int,
    words: tuple[str, str],
) -> tuple[CostInput, ...]:  # fmt: skip
    """Return the lines to begin with: one a paper, one for the ways to the desk and the fee.

    Args:
        papers: name and number of copies (originals and copies) of each paper handed in.
        words: what the line of the ways, and the line of the fee, are called.
    """
    lines = [
        CostInput(name[:300], hours=hours_a_paper, wage_vnd=wage_vnd, times=Decimal(1))
        for name, copies in papers
        if copies
    ]
    lines.append(CostInput(words[0], hours=hours_of_ways, wage_vnd=wage_vnd))
    if fees_vnd:
        lines.append(CostInput(words[1], fee_vnd=fees_vnd))
    return tuple(lines)
