"""The link of a draft: back to it before it is handed in, and hardly anything afterwards."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from tests.world import NOW, World

from motcua.casework.dossiers.models import Dossier
from motcua.faces.portal.tests.acting import PERSON, Visitor

RESUME = reverse("portal:apply_resume")


@pytest.fixture
def link(world: World) -> str:
    """The link of a draft that was handed in by somebody without an account."""
    first = Visitor(world)
    first.start()
    found = re.search(r'value="(http://testserver/nop-ho-so/nhap/[^"]+/mo/[^"/]+/)"',
                      first.get(first.url("apply_draft")).content.decode())  # fmt: skip
    first.fill()
    assert first.submit().status_code == 302
    assert found is not None
    return found[1]


def _open(world: World, link: str, *, later: timedelta = timedelta(0)) -> tuple[Visitor, str, int]:
    stranger = Visitor(world, at=NOW + later)
    opened = stranger.get(link.removeprefix("http://testserver"))
    page = stranger.get(opened["Location"]) if opened.status_code == 302 else opened
    return stranger, page.content.decode(), page.status_code


def test_whoever_holds_the_link_sees_the_number_and_nothing_of_the_dossier(world, link):
    dossier = Dossier.objects.get()

    stranger, page, status = _open(world, link)

    assert status == 200
    assert dossier.intake_number in page
    for hidden in ("Trần Thị Mỹ Duyên", "0891", "hộ kinh doanh", str(dossier.public_id)):
        assert hidden not in page
    assert stranger.get(reverse("portal:dossier", args=[dossier.public_id])).status_code == 404
    assert stranger.get(reverse("portal:apply_done", args=[dossier.public_id])).status_code == 404
    assert stranger.get(reverse("portal:dossier_paper", args=[dossier.public_id, "bien-nhan"])).status_code == 404


def test_after_its_hours_the_link_shows_nothing(world, link, settings):
    settings.MOTCUA_SUBMITTED_LINK_HOURS = 2

    _stranger, before, _status = _open(world, link, later=timedelta(hours=1))
    _stranger, after, status = _open(world, link, later=timedelta(hours=3))

    assert Dossier.objects.get().intake_number in before
    assert status == 404
    assert Dossier.objects.get().intake_number not in after


def test_the_session_that_handed_it_in_sees_it_for_half_an_hour_only(world):
    first = Visitor(world)
    first.start()
    first.fill()
    done = first.submit()["Location"]

    assert first.get(first.url("apply_draft"))["Location"] == done
    first.at = NOW + timedelta(minutes=31)
    late = first.get(first.url("apply_draft"))

    assert late.status_code == 200
    assert "Trần Thị Mỹ Duyên" not in late.content.decode()
    assert first.get(done).status_code == 404


def test_the_account_that_handed_it_in_sees_the_dossier_at_any_time(world):
    mine = Visitor(world, username="congdan")
    mine.start()
    mine.fill()
    done = mine.submit()["Location"]

    again = Visitor(world, at=NOW + timedelta(minutes=40), username="congdan")

    assert again.get(mine.url("apply_draft"))["Location"] == done
    assert again.get(done).status_code == 200


def test_a_draft_that_the_browser_does_not_know_is_opened_by_its_pasted_link(world):
    mine = Visitor(world)
    mine.start()
    mine.post(mine.url("apply_who"), **PERSON)
    page = mine.get(mine.url("apply_draft")).content.decode()
    link = re.search(r'value="(http://testserver/nop-ho-so/nhap/[^"]+/mo/[^"/]+/)"', page)
    other = Visitor(world)

    asked = other.get(mine.url("apply_who"))
    sent = other.post(RESUME, link=f"  {link[1]} ")
    opened = other.get(sent["Location"])

    assert asked.status_code == 404
    assert "id_link" in asked.content.decode()
    assert "Trần Thị Mỹ Duyên" not in asked.content.decode()
    assert opened["Location"] == mine.url("apply_draft")


def test_strangers_learn_nothing_from_unknown_and_foreign_drafts(world):
    mine = Visitor(world)
    mine.start()
    other = Visitor(world)
    foreign = other.get(mine.url("apply_draft"))
    unknown = other.get(reverse("portal:apply_draft", args=["0198c0de-0000-7000-8000-000000000000"]))

    def plain(answer):
        return re.sub(
            r'value="[^"]+"|[0-9a-f]{8}-[0-9a-f-]{27}|nonce="[^"]+"|[?&]next=[^"]+', "", answer.content.decode()
        )

    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert plain(foreign) == plain(unknown)


@pytest.mark.parametrize("text", ["", "https://example.vn/", "/nhap/abc/mo/def/", "javascript:alert(1)"])
def test_what_is_no_link_is_said_at_the_field(world, text):
    answer = Visitor(world).post(RESUME, link=text)

    assert answer.status_code == 422
    assert "id_link" in answer.content.decode()
