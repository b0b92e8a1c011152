"""Kinds of agencies and posts, and the frozen pictures of them that other apps use."""

from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgencyKind(models.TextChoices):
    """What an agency is: in two levels since 1 July 2025, with districts before that day."""

    PROVINCE = "province", _("People's Committee of the province")
    DEPARTMENT = "department", _("Provincial department or agency")
    PROVINCE_CENTRE = "province_centre", _("Provincial public administration centre")
    DISTRICT = "district", _("People's Committee of a district")
    DISTRICT_OFFICE = "district_office", _("Office of a district")
    COMMUNE = "commune", _("People's Committee of a commune")
    COMMUNE_CENTRE = "commune_centre", _("Commune public administration centre")
    DIVISION = "division", _("Specialised division")
    DESK = "desk", _("Desk")
    BRANCH = "branch", _("Branch of a department")
    VERTICAL = "vertical", _("Vertical agency")
    UTILITY = "utility", _("Utility company")


class Level(models.TextChoices):
    """Who is competent."""

    PROVINCE = "province", _("Provincial level")
    DISTRICT = "district", _("District level")
    COMMUNE = "commune", _("Commune level")


class Role(models.TextChoices):
    """What a post does in a process."""

    RECEPTIONIST = "receptionist", _("Receptionist")
    OFFICER = "officer", _("Handling officer")
    DIVISION_HEAD = "division_head", _("Head of division")
    LEADER = "leader", _("Leader")
    CLERK = "clerk", _("Records clerk")
    CONTROLLER = "controller", _("Procedure controller")
    ADMINISTRATOR = "administrator", _("Administrator")
    POSTAL = "postal_receptionist", _("Postal receptionist")
    SECRETARY = "secretary", _("Secretary of a leader")
    INSPECTOR = "inspector", _("Inspector")
    GUIDE = "guide", _("Guide at the kiosk")
    DATA_PROTECTION = "data_protection", _("Data protection officer")


# Roles that take in and hand over.
AT_THE_DESK = frozenset({Role.RECEPTIONIST, Role.POSTAL})
# Roles that stand apart from the agency's own work: they may only do the acts that name them.
APART = frozenset({Role.POSTAL, Role.INSPECTOR, Role.GUIDE, Role.DATA_PROTECTION})


@dataclass(frozen=True, slots=True)
class AgencyCard:
    """One agency as it stands on a day.

    Attributes:
        code: electronic identifier (Decision 20/2020 order); of demonstration data plainly marked there.
        division_kind: what a division works on ('economy', 'justice' ...), '' for agencies.
        parent_id: agency above; None for the province.
    """

    id: int
    public_id: str
    code: str
    kind: str
    level: str
    name: str
    short_name: str
    name_en: str
    parent_id: int | None
    division_kind: str = ""
    place_kind: str = ""
    ward_code: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class AgencyFounding:
    """An agency, division or centre to be founded; `parent` is the code of the agency above, '' for none."""

    code: str
    kind: str
    level: str
    name: str
    short_name: str
    name_en: str
    parent: str = ""
    division_kind: str = ""
    place_kind: str = ""
    ward_code: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class PostOpening:
    """A post to be opened in a unit, at a desk or not."""

    unit_id: int
    role: str
    title: str
    capacity: str = ""
    desk_id: int | None = None


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post that a person holds today.

    Attributes:
        unit_id: agency or division of the post; agency_id: the agency that the unit belongs to.
        scope_ids: the agency of the post, all units below it, and those that these took over from: what it sees.
        heritage: agencies whose work the agency of the post took over.
    standing_for_id, standing_for: the absent person whose post this is; None and '' for one's own.
    signs_as: the capacity (KT., TL., TUQ.) in which a substitute signs; '' when they may not.
    """

    post_id: int
    unit_id: int
    agency_id: int
    role: str
    title: str
    unit_name: str
    agency_name: str
    is_seconded: bool = False
    scope_ids: frozenset[int] = field(default_factory=frozenset)
    heritage: frozenset[int] = frozenset()
    standing_for_id: int | None = None
    standing_for: str = ""
    signs_as: str = ""


@dataclass(frozen=True, slots=True)
class Directory:
    """All agencies as of one day, by id; made once and shared.

    Attributes:
        is_demonstration: identifiers and people of this installation are invented, and every face says so.
        former: agencies that ended before that day, as they were last.
        heritage: agency id -> ids of the ended agencies whose main heir it is, over any number of reforms.
        changed_on: days up to that day on which agencies took over from others, the latest first.
    """

    on: date
    agencies: dict[int, AgencyCard]
    is_demonstration: bool
    below: dict[int, frozenset[int]]
    by_code: dict[str, int]
    former: dict[int, AgencyCard] = field(default_factory=dict)
    heritage: dict[int, frozenset[int]] = field(default_factory=dict)
    changed_on: tuple[date, ...] = ()

    def present(self, agency_id: int) -> AgencyCard | None:
        """Return the agency, or the main heir that does its work on that day; an ended one without heir as it was."""
        if agency_id in self.agencies:
            return self.agencies[agency_id]
        heir = next((key for key, ended in self.heritage.items() if agency_id in ended), None)
        return self.agencies[heir] if heir is not None else self.former.get(agency_id)

    def find(self, agency_id: int | None) -> AgencyCard | None:
        """Return an agency of that day, or one that had ended by then as it was last; None for an unknown one."""
        if agency_id is None:
            return None
        return self.agencies.get(agency_id) or self.former.get(agency_id)

    def with_heritage(self, agency_ids: frozenset[int]) -> frozenset[int]:
        """Return the agencies together with those they took over from."""
        inherited = [self.heritage[item] for item in agency_ids & self.heritage.keys()]
        return agency_ids.union(*inherited) if inherited else agency_ids
