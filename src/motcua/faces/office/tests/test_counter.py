"""Taking in at the counter: nothing typed is lost, people are found, papers and scans are kept."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from tests.world import NOW, World

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.models import Dossier
from motcua.faces.office.counter.cards import read_card


def picture(name: str = "to-khai.png") -> SimpleUploadedFile:
    """Return a picture as a scanner sends it."""
    out = io.BytesIO()
    Image.effect_noise((900, 1200), 60).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


@pytest.fixture
def form(world: World) -> dict[str, Any]:
    """A form filled in well."""
    choice = world.choice()
    data: dict[str, Any] = {
        "key": "k" * 32, "people": "1", "case_id": choice.cases[0].id, "competent": world.units["commune"],
        "channel": "counter", "delivery": "desk", "p0-full_name": "Trần Thị Mỹ Duyên", "p0-identity": "089187004127",
        "p0-role": "applicant", "p0-kind": "citizen",
    }  # fmt: skip
    for line in choice.cases[0].papers:
        data |= {f"c{line.id}-shown": "1", f"c{line.id}-taken": "on", f"c{line.id}-originals": "1"}
    return data


@pytest.fixture
def url(world: World) -> str:
    return reverse("office:intake", args=[world.choice().offer.public_id])


def _newest(world: World) -> Any:
    public_id = Dossier.objects.order_by("-pk").values_list("public_id", flat=True)[0]
    return dossiers.dossier_view(actor=world.actor("tiepnhan"), public_id=public_id, at=NOW)


def test_several_applicants_and_a_submitter_go_into_one_dossier(world, sign_in, form, url):
    more = {
        "people": "3", "p1-full_name": "Phan Văn Khá", "p1-role": "applicant", "p1-kind": "citizen",
        "p2-full_name": "Lê Nộp Thay", "p2-role": "submitter", "p2-kind": "citizen", "take_in": "1",
    }  # fmt: skip

    answer = sign_in("tiepnhan").post(url, form | more)

    assert answer.status_code == 302
    assert [(p.full_name, p.role) for p in _newest(world).parties] == [
        ("Trần Thị Mỹ Duyên", "applicant"), ("Phan Văn Khá", "applicant"), ("Lê Nộp Thay", "submitter"),
    ]  # fmt: skip


def test_errors_keep_what_was_typed_and_lead_to_their_fields(world, sign_in, form, url):
    wrong = form | {"p0-full_name": "", "p0-born_on": "31/02/1987", "summary": "Quán cơm tấm", "take_in": "1"}

    answer = sign_in("tiepnhan").post(url, wrong)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert 'href="#id_p0-full_name"' in page
    assert 'href="#id_p0-born_on"' in page
    assert 'value="31/02/1987"' in page
    assert 'value="Quán cơm tấm"' in page
    assert not Dossier.objects.exists()


def test_scans_stay_attached_over_an_error(world, sign_in, form, url):
    desk, line = sign_in("tiepnhan"), world.choice().cases[0].submit[0]

    first = desk.post(url, form | {"p0-full_name": "", "take_in": "1", f"c{line.id}-files": picture()})
    second = desk.post(url, form | {"take_in": "1"})

    assert first.status_code == 422
    assert "mc-tag mc-ok" in first.content.decode()
    assert second.status_code == 302
    paper = next(paper for paper in _newest(world).papers if paper.name == line.name)
    assert [file.name for file in paper.files] == ["to-khai.png"]


def test_a_bad_scan_is_told_and_nothing_is_taken_in(world, sign_in, form, url):
    line = world.choice().cases[0].submit[0]
    empty = SimpleUploadedFile("rong.pdf", b"", "application/pdf")

    answer = sign_in("tiepnhan").post(url, form | {"take_in": "1", f"c{line.id}-files": empty})

    assert answer.status_code == 422
    assert "rong.pdf" in answer.content.decode()
    assert not Dossier.objects.exists()


def test_a_click_twice_takes_in_once(sign_in, form, url):
    desk = sign_in("tiepnhan")

    first, second = (desk.post(url, form | {"take_in": "1"}) for _click in range(2))

    assert first.url == second.url
    assert Dossier.objects.count() == 1


def test_no_ticked_paper_is_asked_about(world, sign_in, form, url):
    bare = {name: value for name, value in form.items() if not name.endswith("-taken")}

    answer = sign_in("tiepnhan").post(url, bare | {"take_in": "1"})

    assert answer.status_code == 422
    assert "Đánh dấu giấy tờ đã nhận" in answer.content.decode()


def test_a_person_is_found_by_number_and_a_twin_dossier_is_shown(world, sign_in, form, url):
    earlier = world.take_in()
    typed = form | {"p0-full_name": "", "find": "0"}

    page = sign_in("tiepnhan").post(url, typed).content.decode()

    assert 'value="Trần Thị Mỹ Duyên"' in page
    assert 'value="0913000128"' in page
    assert earlier.code in page
    assert "mc-errorsum" not in page


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("089187004127||Trần Thị Mỹ Duyên|14061987|Nữ|128/5 Lý Thái Tổ|01012022", "Trần Thị Mỹ Duyên"),
        ("089187004127|351234567|Lê A|31021987|Nam|Ấp 1|01012022", "Lê A"),
        ("089187004127", None),
        ("abc|def|ghi|jkl|mno|pqr", None),
        ("", None),
    ],
)
def test_a_card_is_read_from_its_code(text: str, name: str | None):
    card = read_card(text)

    assert (card and card["full_name"]) == name


def test_people_are_added_and_taken_out_without_losing_the_others(sign_in, form, url):
    desk = sign_in("tiepnhan")

    added = desk.post(url, form | {"add_person": "1"}).content.decode()
    two = form | {"people": "2", "p1-full_name": "Phan Văn Khá", "p1-role": "applicant", "p1-kind": "citizen"}
    taken_out = desk.post(url, two | {"remove_person": "0"}).content.decode()

    assert 'name="p1-full_name"' in added
    assert 'value="Trần Thị Mỹ Duyên"' in added
    assert 'name="p0-full_name" value="Phan Văn Khá"' in taken_out
    assert 'name="p1-full_name"' not in taken_out


def test_a_commune_takes_in_for_another_one(world, sign_in, form, url):
    answer = sign_in("tiepnhan").post(url, form | {"competent": world.units["other_commune"], "take_in": "1"})

    assert answer.status_code == 302
    view = _newest(world)
    assert (view.receiving_id, view.competent_id) == (world.units["commune"], world.units["other_commune"])
    assert view.code.startswith("T01.34-")


def test_the_electronic_form_is_optional_but_checked_once_begun(world, sign_in, form, url):
    desk = sign_in("tiepnhan")

    wrong = desk.post(url, form | {"von": "50.000.000", "take_in": "1"})
    right = desk.post(url, form | {"ten_ho": "Cơm tấm Mỹ Duyên", "von": "50.000.000", "take_in": "1"})

    assert wrong.status_code == 422
    assert 'href="#id_ten_ho"' in wrong.content.decode()
    assert right.status_code == 302
    assert _newest(world).answers == {"ten_ho": "Cơm tấm Mỹ Duyên", "von": 50_000_000}


def test_the_promise_stands_before_it_is_made(sign_in, url):
    page = sign_in("tiepnhan").get(url).content.decode()

    assert "27/11/2026" in page
    assert "50.000" in page


def test_the_next_dossier_of_the_same_person_is_filled_in(world, sign_in, url):
    filed = world.take_in()

    page = sign_in("tiepnhan").get(url, {"same": str(filed.public_id)}).content.decode()

    assert 'value="Trần Thị Mỹ Duyên"' in page


def test_procedures_are_found_with_slips_and_by_code(sign_in: Callable[[str], Client]):
    desk = sign_in("tiepnhan")

    by_slip = desk.get(reverse("office:counter"), {"q": "ho kih doanh"}).content.decode()
    by_code = desk.get(reverse("office:counter-suggest"), {"q": "1.001612"}).content.decode()
    nothing = desk.get(reverse("office:counter-suggest"), {"q": "zzzzqqqq"}).content.decode()

    assert "Đăng ký thành lập hộ kinh doanh" in by_slip
    assert "Đăng ký thành lập hộ kinh doanh" in by_code
    assert "Chưa thấy thủ tục nào" in nothing


def test_an_unknown_offer_is_missing(sign_in: Callable[[str], Client]):
    nowhere = reverse("office:intake", args=["0198c0de-0000-7000-8000-000000000000"])

    assert sign_in("tiepnhan").get(nowhere).status_code == 404
