"""The reform of 1 July 2025 as an act: the three levels before it, and who became what. Pure.

Real: names and codes of all units before and after, and the map between them. A district's work went to the communes on
its ground; the one that took most of its communes is its main heir here, which is our reading.
"""

import csv
import gzip
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from motcua.demonstration import packaged
from motcua.foundation.organisations.types import AgencyFounding, Change, ItemAct

BEFORE = date(2024, 1, 1)
ON = date(2025, 7, 1)
TITLE = "Sắp xếp đơn vị hành chính, tổ chức chính quyền địa phương hai cấp từ ngày 01/7/2025"
_TYPES = {
    "Tỉnh": "Province", "Thành phố": "City", "Quận": "Urban District", "Huyện": "District", "Thị xã": "Town",
    "Phường": "Ward", "Xã": "Commune", "Thị trấn": "Township", "Đặc khu": "Special Zone",
}  # fmt: skip
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Reform:
    """The units before, parents first, and what happens to them on the day."""

    before: tuple[AgencyFounding, ...]
    changes: tuple[Change, ...]


@cache
def commune_rows() -> tuple[Row, ...]:
    """Return the lines of the map, one for each pair of an old and a new commune."""
    packed = (packaged.DATA / "reform/communes.csv.gz").read_bytes()
    return tuple(csv.DictReader(gzip.decompress(packed).decode().splitlines()))


def reform_of(
    *, heirs: Mapping[str, str], provinces: Mapping[str, str], founded: Sequence[AgencyFounding] = ()
) -> Reform:
    """Return the reform of the provinces that became those of `provinces`.

    Args:
        heirs: agency code by official code of a new commune; communes not in it are left out.
        provinces: agency code by official code of a new province.
        founded: what the act itself founds: the agencies of the two levels after it.
    """
    rows = [row for row in commune_rows() if row["new_ward_code"] in heirs and row["new_province_code"] in provinces]
    names = {row["district_code"]: row["name"] for row in packaged.rows("reform/districts.csv")}
    old = [row for row in packaged.rows("reform/provinces.csv") if row["new_province_code"] in provinces]
    before = [*_provinces(old), *_districts(rows, names), *_communes(rows)]
    changes = [_creation(item) for item in founded]
    changes += [
        Change(ItemAct.MERGE, _code(row["old_province_code"]), target_code=provinces[row["new_province_code"]])
        for row in old
    ]
    changes += [*_district_changes(rows, heirs), *_commune_changes(rows, heirs)]
    return Reform(tuple(before), tuple(changes))


def whole_country() -> Reform:
    """Return the reform of all 63 provinces: 34 provinces and some 3,300 communes are founded by it."""
    new_provinces = {row["new_province_code"]: row["new_province"] for row in packaged.rows("reform/provinces.csv")}
    new_communes = {row["new_ward_code"]: row for row in commune_rows()}
    provinces = {code: f"DVHC25.{code}" for code in new_provinces}
    heirs = {code: f"DVHC25.{row['new_province_code']}.{code}" for code, row in new_communes.items()}
    founded = [_unit(provinces[code], name, "province", parent="") for code, name in new_provinces.items()]
    founded += [
        _unit(heirs[code], row["new_ward"], "commune", parent=provinces[row["new_province_code"]], ward_code=code)
        for code, row in new_communes.items()
    ]
    return reform_of(heirs=heirs, provinces=provinces, founded=founded)


def _code(*parts: str) -> str:
    """Return the code of an old unit: plainly the statistics office's, since the electronic one is not known."""
    return ".".join(["DVHC24", *(part for part in parts if part)])


def _old_commune(row: Row) -> str:
    return _code(row["old_province_code"], row["old_district_code"], row["old_ward_code"])


def _unit(code: str, name: str, kind: str, *, parent: str, ward_code: str = "") -> AgencyFounding:
    place = name[0].lower() + name[1:]
    return AgencyFounding(
        code=code,
        kind=kind,
        level=kind,
        name=f"Ủy ban nhân dân {place}",
        short_name=name,
        name_en=f"People's Committee of {in_english(name)}",
        parent=parent,
        ward_code=ward_code,
    )


def in_english(name: str) -> str:
    """Return an English reading of a unit's name: "Huyện Thoại Sơn" is Thoai Son District."""
    kind = next((kind for kind in sorted(_TYPES, key=len, reverse=True) if name.startswith(f"{kind} ")), "")
    own = unicodedata.normalize("NFD", name.removeprefix(kind).strip().replace("đ", "d").replace("Đ", "D"))
    plain = "".join(letter for letter in own if not unicodedata.combining(letter))
    return f"{_TYPES[kind]} {plain}" if plain.isdigit() else f"{plain} {_TYPES.get(kind, '')}".strip()


def _provinces(rows: Sequence[Row]) -> Iterator[AgencyFounding]:
    for row in rows:
        yield _unit(_code(row["old_province_code"]), row["old_province"], "province", parent="")


def _districts(rows: Sequence[Row], names: Mapping[str, str]) -> Iterator[AgencyFounding]:
    for province, district in dict.fromkeys((row["old_province_code"], row["old_district_code"]) for row in rows):
        yield _unit(_code(province, district), names[district], "district", parent=_code(province))


def _communes(rows: Sequence[Row]) -> Iterator[AgencyFounding]:
    seen: set[str] = set()
    for row in rows:
        code = _old_commune(row)
        if row["old_ward_code"] and code not in seen:
            seen.add(code)
            parent = _code(row["old_province_code"], row["old_district_code"])
            yield _unit(code, row["old_ward"], "commune", parent=parent, ward_code=row["old_ward_code"])


def _creation(item: AgencyFounding) -> Change:
    return Change(
        ItemAct.CREATE,
        item.code,
        parent_code=item.parent,
        kind=item.kind,
        level=item.level,
        name=item.name,
        short_name=item.short_name,
        name_en=item.name_en,
        division_kind=item.division_kind,
        place_kind=item.place_kind,
        ward_code=item.ward_code,
        address=item.address,
    )


def _commune_changes(rows: Sequence[Row], heirs: Mapping[str, str]) -> Iterator[Change]:
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["old_ward_code"]:
            parts[_old_commune(row)].append(row)
    for code, lines in parts.items():
        main = next((row for row in lines if row["is_default"] == "1"), lines[0])
        yield from _to_heirs(code, [heirs[row["new_ward_code"]] for row in lines], main=heirs[main["new_ward_code"]])


def _district_changes(rows: Sequence[Row], heirs: Mapping[str, str]) -> Iterator[Change]:
    grounds: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        weight = 100 if row["is_default"] == "1" else 1
        grounds[_code(row["old_province_code"], row["old_district_code"])][heirs[row["new_ward_code"]]] += weight
    for code, counts in grounds.items():
        yield from _to_heirs(code, counts, main=max(sorted(counts), key=lambda heir: counts[heir]))


def _to_heirs(code: str, heirs: Collection[str], *, main: str) -> Iterator[Change]:
    targets = list(dict.fromkeys(heirs))
    act = ItemAct.MERGE if len(targets) == 1 else ItemAct.SPLIT
    for heir in targets:
        yield Change(act, code, target_code=heir, is_default=heir == main)
