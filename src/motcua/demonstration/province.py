"""Plans the organisation of the demonstration province: agencies, premises, people and the posts they hold. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from motcua.demonstration import packaged
from motcua.demonstration.names import NameMaker
from motcua.foundation.organisations.types import AgencyFounding

FIRST_COMMUNE_NUMBER = 101
NAME_SEED = 20250701


@dataclass(frozen=True, slots=True)
class PlannedPremises:
    """A house of a centre with its desks as (number, name)."""

    agency: str
    name: str
    address: str
    desks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Appointment:
    """A post and who holds it.

    Attributes:
        desk: (name of the premises, number of the desk) or None.
        home_agency: code of the agency that sent the person, '' for one's own.
    """

    login: str
    unit: str
    role: str
    title: str
    capacity: str = ""
    desk: tuple[str, str] | None = None
    home_agency: str = ""
    is_state_employee: bool = True


@dataclass(frozen=True, slots=True)
class Province:
    """Everything that the loader has to found and fill."""

    since: date
    agencies: tuple[AgencyFounding, ...]
    premises: tuple[PlannedPremises, ...]
    appointments: tuple[Appointment, ...]
    people: dict[str, str] = field(default_factory=dict)


@cache
def plan() -> Province:
    """Return the plan of the province; the same at every call and on every machine."""
    settings = packaged.table("organisation/posts.toml")
    agencies: list[AgencyFounding] = []
    premises: list[PlannedPremises] = []
    appointments: list[Appointment] = []
    for row in packaged.rows("organisation/agencies.csv"):
        agencies.append(_provincial_agency(row))
        appointments += _provincial_posts(row, settings)
    for house in settings["premises"]:
        premises.append(_premises(house["agency"], house["name"], house["address"], house["desks"]))
        appointments += _sent_receptionists(house, settings["centre_receptionist"])
    for row, code in communes():
        commune = list(_commune_units(row, code, settings["commune"]["unit"]))
        agencies += commune
        premises.append(_commune_premises(row, code, settings["commune"]["centre"]))
        appointments += _commune_posts(row, code, settings["commune"])
    appointments += _special_posts(settings["special"])
    maker = NameMaker(NAME_SEED)
    people = {login: maker.next() for login in dict.fromkeys(item.login for item in appointments)}
    return Province(settings["since"], tuple(agencies), tuple(premises), tuple(appointments), people)


def communes() -> Iterator[tuple[dict[str, str], str]]:
    """Yield (row of the commune table, agency code), in the order of the official codes."""
    codes = commune_codes()
    yield from ((row, codes[row["ward_code"]]) for row in packaged.rows("organisation/communes.csv"))


@cache
def commune_codes() -> dict[str, str]:
    """Return agency codes of communes by official ward code."""
    rows = packaged.rows("organisation/communes.csv")
    return {row["ward_code"]: f"H01.{number}" for number, row in enumerate(rows, FIRST_COMMUNE_NUMBER)}


def _provincial_agency(row: dict[str, str]) -> AgencyFounding:
    return AgencyFounding(
        code=row["code"],
        kind=row["kind"],
        level="province",
        name=row["name"],
        short_name=row["short_name"],
        name_en=row["name_en"],
        parent=row["parent"],
        division_kind=row["division_kind"],
        address=_address(row["ward_code"]),
    )


def _address(ward_code: str) -> str:
    for row in packaged.rows("organisation/communes.csv"):
        if row["ward_code"] == ward_code:
            return f"{row['name']}, tỉnh An Giang"
    return ""


def _provincial_posts(row: dict[str, str], settings: dict[str, Any]) -> Iterator[Appointment]:
    template = settings["unit"].get(row["code"]) or settings["kind"].get(row["kind"], {"posts": []})
    for item in template["posts"]:
        yield from _posts(item, unit=row["code"], login=row["login"], load="usual")


def _posts(item: dict[str, Any], *, unit: str, login: str, load: str) -> Iterator[Appointment]:
    """Yield one appointment for each holder of a templated post."""
    count = item["count"][load] if isinstance(item["count"], dict) else item["count"]
    for number in range(1, count + 1):
        suffix = str(number) if item.get("numbered") else ""
        yield Appointment(
            login=f"{login}.{item['login']}{suffix}",
            unit=unit,
            role=item["role"],
            title=item["title"],
            capacity=item.get("capacity", ""),
        )


def _premises(agency: str, name: str, address: str, desks: list[dict[str, Any]]) -> PlannedPremises:
    return PlannedPremises(agency, name, address, tuple((desk["number"], desk["name"]) for desk in desks))


def _sent_receptionists(house: dict[str, Any], post: dict[str, str]) -> Iterator[Appointment]:
    """Yield the officers whom departments send to a desk of the provincial centre, and the postal employee."""
    for desk in house["desks"]:
        is_postal = bool(desk.get("postal"))
        yield Appointment(
            login=f"{house['login']}.{'buudien' if is_postal else 'quay'}{desk['number']}",
            unit=house["agency"],
            role=post["postal_role"] if is_postal else post["role"],
            title=post["postal_title"] if is_postal else post["title"],
            desk=(house["name"], desk["number"]),
            home_agency=desk["agency"],
            is_state_employee=not is_postal,
        )


def _place_kind(row: dict[str, str]) -> str:
    """Return the kind of place that published limits know; a border alone does not lengthen a limit."""
    return "remote" if row["place_kind"] in {"island", "mountain"} else ""


def _commune_units(row: dict[str, str], code: str, units: list[dict[str, Any]]) -> Iterator[AgencyFounding]:
    place = row["name"][0].lower() + row["name"][1:]
    shared = {"level": "commune", "ward_code": row["ward_code"], "address": f"{row['name']}, tỉnh An Giang"}
    for unit in units:
        if not unit["key"]:
            yield AgencyFounding(
                code=code,
                kind="commune",
                parent="H01",
                name=f"Ủy ban nhân dân {place}",
                short_name=row["name"],
                name_en=f"People's Committee of {row['name_en']}",
                place_kind=_place_kind(row),
                **shared,
            )
            continue
        named = {key: unit[key].get(row["type"], unit[key]["default"]) for key in ("name", "short_name", "name_en")}
        yield AgencyFounding(
            code=f"{code}.{unit['key']}",
            kind=unit["kind"],
            parent=code,
            division_kind=unit["division_kind"],
            name=f"{named['name']} {place}",
            short_name=f"{named['short_name']} {place}" if unit["kind"] == "vertical" else named["short_name"],
            name_en=f"{named['name_en']}, {row['name_en']}",
            place_kind=_place_kind(row),
            **shared,
        )


def _desks(row: dict[str, str], centre: dict[str, Any]) -> list[dict[str, Any]]:
    return [desk for desk in centre["desks"] if row["load"] in desk.get("load", [row["load"]])]


def _commune_premises(row: dict[str, str], code: str, centre: dict[str, Any]) -> PlannedPremises:
    address = f"{row['name']}, tỉnh An Giang"
    return _premises(f"{code}.4", centre["premises"], address, _desks(row, centre))


def _commune_posts(row: dict[str, str], code: str, commune: dict[str, Any]) -> Iterator[Appointment]:
    for unit in commune["unit"]:
        unit_code = f"{code}.{unit['key']}" if unit["key"] else code
        for item in unit["posts"]:
            yield from _posts(item, unit=unit_code, login=row["slug"], load=row["load"])
    centre = commune["centre"]
    # In the communes a vice-chairman leads the centre: one person, two posts.
    yield Appointment(login=f"{row['slug']}.phochutich1", unit=f"{code}.4", **centre["director"])
    desks = _desks(row, centre)
    for index, held in enumerate(_posts(centre["receptionist"], unit=f"{code}.4", login=row["slug"], load=row["load"])):
        desk = (centre["premises"], desks[index % len(desks)]["number"])
        yield Appointment(login=held.login, unit=held.unit, role=held.role, title=held.title, desk=desk)


def _special_posts(people: list[dict[str, Any]]) -> Iterator[Appointment]:
    house = packaged.table("organisation/posts.toml")["commune"]["centre"]["premises"]
    for person in people:
        for post in person["posts"]:
            yield Appointment(
                login=person["login"],
                unit=commune_codes()[post["ward_code"]] + (f".{post['unit']}" if post["unit"] else ""),
                role=post["role"],
                title=post["title"],
                desk=(house, post["desk"]) if "desk" in post else None,
                home_agency=person.get("home_agency", ""),
                is_state_employee=person.get("is_state_employee", True),
            )
