"""The first visit of a page fits into 100 kB over the line: style, fonts, page and scripts."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest
import time_machine
from django.contrib.staticfiles import finders
from tests.world import BUSINESS, NOW, make_world

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import ProcedureRef

CEILING = 100_000
FONTS_USED = ("core-400", "core-600", "core-700", "num-400", "num-600")


def weight(html: str) -> int:
    """Return the bytes of a first visit: compressed texts, and fonts as they are."""
    total = len(gzip.compress(html.encode(), 9))
    for name in set(re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"', html)):
        found = finders.find(name)
        assert isinstance(found, str), name
        total += len(gzip.compress(Path(found).read_bytes(), 9))
    fonts = Path(str(finders.find("design/css/mc.css"))).parents[1] / "vendor/fonts"
    return total + sum(
        path.stat().st_size for path in fonts.glob("*.woff2") if any(use in path.name for use in FONTS_USED)
    )


@pytest.mark.django_db
def test_no_first_visit_is_heavier_than_the_ceiling(client):
    make_world()
    with time_machine.travel(NOW, tick=False):
        heavy = {
            path: weight(client.get(path).content.decode())
            for path in (
                "/", "/thu-tuc/", "/thu-tuc/?q=dang+ky", "/thu-tuc/tat-ca/", "/thu-tuc/a-z/", f"/thu-tuc/{BUSINESS}/",
                "/noi-tiep-nhan/", "/tro-giup/", "/tra-cuu/", "/dang-nhap/", "/thu-tuc/du-lieu-mo/",
            )
        }  # fmt: skip

    assert {path: size for path, size in heavy.items() if size > CEILING} == {}


@pytest.mark.django_db
def test_a_long_catalogue_is_shown_one_letter_and_two_hundred_names_a_page(client, monkeypatch):
    """All 4,028 names on one page were 119 kB compressed, beside what every page brings."""
    make_world()
    many = tuple(
        ProcedureRef(f"1.{number:06d}", f"{'Cấp' if number % 4 else 'Thu hồi'} giấy phép {fold_free(number)}")
        for number in range(4000)
    )
    monkeypatch.setattr(procedures, "refs_in_force", lambda on: many)

    first = client.get("/thu-tuc/a-z/").content.decode()
    last = client.get("/thu-tuc/a-z/", {"chu": "t", "page": "99"}).content.decode()

    assert weight(first) <= CEILING
    assert first.count('href="/thu-tuc/1.') == 200
    assert "Thu hồi giấy phép" in last
    assert "Cấp giấy phép" not in last


def fold_free(number: int) -> str:
    """Return words that compress no better than names do."""
    return " ".join(hashlib.sha256(f"{number} {part}".encode()).hexdigest()[:5] for part in range(14))


@pytest.mark.django_db
def test_the_portal_asks_nobody_else_for_anything(client):
    make_world()

    html = client.get("/").content.decode()

    assert re.findall(r'(?:src|<link[^>]+href)="(?:https?:)?//[^"]+"', html) == []
