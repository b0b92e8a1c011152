"""What the catalogue gives away: sheets for the wall, open lists, the map of the site, a chosen agency's page."""

import csv
import io
import json
from xml.etree import ElementTree

import pikepdf
import pytest
import time_machine
from django.conf import settings
from tests.world import BUSINESS, CERTIFICATION, NOW, make_world

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.organisations import selectors as organisations

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=False):
        yield make_world()


def card(world, short):
    return organisations.agency(world.units[short], on=NOW.date())


def pages_of(response):
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        return len(pdf.pages)


def test_a_sheet_is_one_page_and_a_set_one_page_a_procedure(client, world):
    one = client.get(f"/thu-tuc/{BUSINESS}/niem-yet.pdf")
    field = procedures.hits([BUSINESS], on=NOW.date())[0].field_code
    whole = client.get("/thu-tuc/niem-yet.pdf", {"field": field})
    asked = procedures.search("", on=NOW.date(), field=field)

    assert one["Content-Type"] == "application/pdf"
    assert pages_of(one) == 1
    assert pages_of(whole) == asked.total
    assert client.get("/thu-tuc/niem-yet.pdf").url == "/thu-tuc/tat-ca/"
    assert client.get("/thu-tuc/9.999999/niem-yet.pdf").status_code == 404
    assert b"<svg" in client.get(f"/thu-tuc/{BUSINESS}/ma-qr.svg").content


def test_many_records_are_read_with_as_many_statements_as_two(world, assert_flat_queries):
    codes = [code for code, _day in procedures.published_days(on=NOW.date())]
    asked: list[str] = []

    def grow(count: int) -> None:
        asked.extend(codes[len(asked) : len(asked) + count])

    assert_flat_queries(
        lambda: procedures.procedure_pages(asked, on=NOW.date()), grow=grow, rows=(2, min(12, len(codes)))
    )
    assert [page.code for page in procedures.procedure_pages(asked, on=NOW.date())] == asked


def test_the_open_lists_say_the_same_and_an_unchanged_one_is_not_sent_again(client, world):
    as_json = client.get("/thu-tuc/danh-muc.json")
    found = json.loads(as_json.content)
    rows = list(csv.DictReader(io.StringIO(client.get("/thu-tuc/danh-muc.csv").content.decode("utf-8-sig"))))

    assert found["count"] == len(found["procedures"]) == len(rows) == len(procedures.published_days(on=NOW.date()))
    assert [row["code"] for row in rows] == [item["code"] for item in found["procedures"]]
    assert set(rows[0]) == set(found["columns"]) == set(found["procedures"][0])
    assert all(word in client.get("/thu-tuc/du-lieu-mo/").content.decode() for word in found["columns"])

    mark = as_json["ETag"]
    again = client.get("/thu-tuc/danh-muc.json", headers={"If-None-Match": mark})
    services.end_procedure(code=BUSINESS, ended_on=NOW.date(), actor=SYSTEM, at=NOW)
    changed = client.get("/thu-tuc/danh-muc.json", headers={"If-None-Match": mark})

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200
    assert BUSINESS not in [item["code"] for item in json.loads(changed.content)["procedures"]]


def test_the_map_names_public_pages_that_open_and_nothing_of_a_person(client, world):
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own
    site = settings.MOTCUA_SITE_URL
    paths = [node.text.removeprefix(site) for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    robots = client.get("/robots.txt").content.decode()
    closed = [line.removeprefix("Disallow: ") for line in robots.splitlines() if line.startswith("Disallow")]

    assert f"/thu-tuc/{BUSINESS}/" in paths
    assert len(set(paths)) == len(paths)
    assert [path for path in paths if client.get(path).status_code != 200] == []
    assert [path for path in paths if any(path.startswith(start) for start in closed)] == []
    assert f"Sitemap: {site}/sitemap.xml" in robots


def test_a_page_for_a_chosen_agency_leads_to_its_own_form_and_counter(client, world):
    commune = card(world, "commune")
    path = f"/thu-tuc/{CERTIFICATION}/"

    everywhere = client.get(path).content.decode()
    there = client.get(path, {"agency": commune.public_id}).content.decode()
    elsewhere = client.get(path, {"agency": card(world, "department").public_id}).content.decode()

    assert commune.name not in everywhere
    assert f"agency={commune.public_id}" in there
    assert commune.name in there
    assert "không tiếp nhận thủ tục này" in elsewhere
    assert client.get(path, {"agency": "no-such"}).status_code == 200
