"""The first visit of a page fits into 100 kB over the line: style, fonts, page and scripts."""

import gzip
import re
from pathlib import Path

import pytest
import time_machine
from django.contrib.staticfiles import finders
from tests.world import BUSINESS, NOW, make_world

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
            for path in ("/", "/thu-tuc/", "/thu-tuc/tat-ca/", f"/thu-tuc/{BUSINESS}/", "/noi-tiep-nhan/", "/tro-giup/")
        }

    assert {path: size for path, size in heavy.items() if size > CEILING} == {}


@pytest.mark.django_db
def test_the_portal_asks_nobody_else_for_anything(client):
    make_world()

    html = client.get("/").content.decode()

    assert re.findall(r'(?:src|<link[^>]+href)="(?:https?:)?//[^"]+"', html) == []
