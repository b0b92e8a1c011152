"""Electronic identifiers of agencies in their two orders, and the converter between them. Pure.

Decision 20/2020 writes level 1 first (`H56.12.3`); the older QCVN 102:2016 writes it last, in four groups of 3, 2, 2
and 3 characters (`000.00.12.H56`). Old data hold both.
"""

import re
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST = 35
_ALLOWED = re.compile(r"[A-Z0-9]+(\.[A-Z0-9]+)*")
_LEVEL_1 = re.compile(r"[A-Y]\d{2}")
_OTHER = re.compile(r"Z\d{2}\.[A-Z0-9.]{1,32}")
_ENTERPRISE = re.compile(r"\d{10}(\d{3})?")
# Groups of the older order, from the left: levels 4, 3, 2.
_WIDTHS = (3, 2, 2)


class IdentifierScheme(models.TextChoices):
    """The order in which an identifier is written."""

    LEVEL_1_FIRST = "qd20", _("Decision 20/2020 (level 1 first)")
    LEVEL_1_LAST = "qcvn102", _("QCVN 102:2016 (level 1 last)")


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier taken apart.

    Attributes:
        levels: groups from level 1 down, as written; ('H56', '12', '3').
        scheme: IdentifierScheme code of the order it was written in.
    """

    levels: tuple[str, ...]
    scheme: str

    @property
    def key(self) -> tuple[str, ...]:
        """What two ways of writing the same identifier have in common: zeros in front do not count."""
        return (self.levels[0], *(group.lstrip("0") for group in self.levels[1:]))


def parse(text: str) -> Identifier | None:
    """Return the identifier, None when `text` is none of either order.

    Law: Decision 20/2020/QĐ-TTg, art. 4.
    """
    value = text.strip()
    if len(value) > LONGEST or not _ALLOWED.fullmatch(value):
        return None
    groups = tuple(value.split("."))
    if _OTHER.fullmatch(value) or _ENTERPRISE.fullmatch(value):
        return Identifier((value,), IdentifierScheme.LEVEL_1_FIRST)
    if _LEVEL_1.fullmatch(groups[0]):
        return Identifier(groups, IdentifierScheme.LEVEL_1_FIRST)
    return _reversed(groups)


def _reversed(groups: tuple[str, ...]) -> Identifier | None:
    """Read the older order; an empty level between two others makes no sense."""
    if len(groups) != 4 or not _LEVEL_1.fullmatch(groups[3]):
        return None
    if tuple(len(group) for group in groups[:3]) != _WIDTHS:
        return None
    levels = [groups[3], *reversed(groups[:3])]
    while len(levels) > 1 and not levels[-1].strip("0"):
        levels.pop()
    if any(not group.strip("0") for group in levels[1:]):
        return None
    return Identifier(tuple(levels), IdentifierScheme.LEVEL_1_LAST)


def written(identifier: Identifier, scheme: str) -> str | None:
    """Return the identifier in the order of `scheme`, None where it does not fit into it."""
    if scheme == IdentifierScheme.LEVEL_1_FIRST:
        return ".".join(identifier.levels)
    below = identifier.levels[1:]
    if not _LEVEL_1.fullmatch(identifier.levels[0]) or len(below) > len(_WIDTHS):
        return None
    widths = tuple(reversed(_WIDTHS))
    if any(len(group) > width or not group.strip("0") for group, width in zip(below, widths, strict=False)):
        return None
    padded = [(below[number] if number < len(below) else "").rjust(width, "0") for number, width in enumerate(widths)]
    return ".".join([*reversed(padded), identifier.levels[0]])
