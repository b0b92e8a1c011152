"""Doing tasks through the pages: what each outcome asks for, and what happens when somebody was faster."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.world import NOW, World

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.types import DossierView, Filed
from motcua.faces.office.tests.test_counter import picture

INK = {
    "outcome": "sign", "how": "paper", "signer_name": "Trần Văn Lợi", "capacity": "KT.", "signed_on": "23/11/2026",
    "signed_time": "8:30",
}  # fmt: skip


def _view(world: World, filed: Filed) -> DossierView:
    return dossiers.dossier_view(actor=world.actor("tiepnhan"), public_id=filed.public_id, at=NOW)


def _url(world: World, filed: Filed) -> str:
    return reverse("office:task", args=[world.tasks(filed)[0].public_id])


@pytest.fixture
def filed(world: World) -> Filed:
    return world.take_in()


def test_the_page_shows_form_events_and_why_the_date(world, filed, sign_in):
    officer, url = sign_in("canbo"), _url(world, filed)

    papers = officer.get(url).content.decode()
    people = officer.get(url, {"tab": "form"}).content.decode()
    time = officer.get(url, {"tab": "time"}).content.decode()

    assert "Giấy đề nghị đăng ký hộ kinh doanh" in papers
    assert "Trình trưởng phòng" in papers
    assert "089187004127" in people
    assert "mc-ledger" in time


def test_a_task_page_asks_as_often_for_many_papers_as_for_few(world, sign_in, assert_flat_queries):
    from motcua.casework.dossiers.types import PaperInput

    def page(count: int) -> str:
        filed = world.take_in(papers=tuple(PaperInput(name=f"Giấy {n}", originals=1) for n in range(count)))
        return _url(world, filed)

    officer, urls = sign_in("canbo"), []
    assert_flat_queries(lambda: officer.get(urls[-1]), grow=lambda n: urls.append(page(n)))


def test_a_supplement_is_marked_paper_by_paper(world, filed, sign_in):
    officer, url = sign_in("canbo"), _url(world, filed)
    paper = _view(world, filed).papers[0]

    form = officer.get(url, {"outcome": "lacking"}).content.decode()
    wrong = officer.post(f"{url}do/", {"outcome": "lacking", "note": "Xem trang hai"})
    right = officer.post(
        f"{url}do/", {"outcome": "lacking", f"reason_{paper.id}": "Thiếu chữ ký", "answer_by": "30/11/2026"}
    )

    assert f'name="mark_{paper.id}"' in form
    assert wrong.status_code == 422
    assert "Xem trang hai" in wrong.content.decode()
    assert right.status_code == 302
    assert _view(world, filed).status == "awaiting_supplement"


def test_a_return_needs_its_reason(world, filed, sign_in):
    world.lead_to(filed, "check")
    head, url = sign_in("truongphong"), _url(world, filed)

    wrong = head.post(f"{url}do/", {"outcome": "return"})
    right = head.post(f"{url}do/", {"outcome": "return", "note": "Sửa lại ngành nghề"})

    assert wrong.status_code == 422
    assert 'href="#id_note"' in wrong.content.decode()
    assert right.status_code == 302
    assert world.tasks(filed)[0].act == "examine"


def test_the_clerk_records_ink_with_signer_time_and_scan(world, filed, sign_in):
    world.lead_to(filed, "sign")
    clerk, url = sign_in("vanthu"), _url(world, filed)

    form = clerk.get(url, {"outcome": "sign"}).content.decode()
    without = clerk.post(f"{url}do/", INK | {"signer_name": ""})
    done = clerk.post(f"{url}do/", INK | {"scan": picture("da-ky.png")})

    assert 'value="digital"' not in form
    assert without.status_code == 422
    assert 'href="#id_signer_name"' in without.content.decode()
    assert 'value="23/11/2026"' in without.content.decode()
    assert done.status_code == 302
    result = _view(world, filed).result
    assert (result.signer_name, result.capacity, result.signed_how) == ("Trần Văn Lợi", "KT.", "paper")
    assert result.scan.name == "da-ky.png"


def test_a_draft_travels_to_the_signature(world, filed, sign_in):
    officer, url = sign_in("canbo"), _url(world, filed)
    officer.post(f"{url}do/", {"outcome": "enough", "draft": picture("du-thao.png")})
    world.step(filed, "agreed", by="truongphong")
    leader, sign_url = sign_in("lanhdao"), _url(world, filed)

    page = leader.get(sign_url, {"outcome": "sign"})
    choice = page.context["form"].fields["result_draft"].choices[0][0]
    leader.post(f"{sign_url}do/", {"outcome": "sign", "how": "digital", "result_draft": choice})

    assert "du-thao.png" in page.content.decode()
    assert _view(world, filed).result.file.name == "du-thao.png"


def test_somebody_faster_is_named_and_what_was_typed_is_given_back(world, filed, sign_in):
    head, url = sign_in("canbo2"), _url(world, filed)
    world.step(filed, "enough", by="canbo")

    answer = head.post(f"{url}do/", {"outcome": "enough", "note": "Tôi đã xem kỹ bản vẽ"})
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "Tôi đã xem kỹ bản vẽ" in page
    assert reverse("office:dossier", args=[filed.public_id]) in page
    assert head.get(url).status_code == 200


def test_an_outcome_that_is_not_offered_is_refused(world, filed, sign_in):
    answer = sign_in("canbo").post(f"{_url(world, filed)}do/", {"outcome": "invented"})

    assert answer.status_code == 422
    assert world.tasks(filed)[0].act == "examine"


def test_a_task_is_taken_on_given_and_given_back(world, filed, sign_in):
    officer, url = sign_in("canbo"), _url(world, filed)

    officer.post(f"{url}assign/", {"person": world.people["canbo"]})
    mine = world.tasks(filed)[0].person_id
    colleague = sign_in("canbo2").post(f"{url}do/", {"outcome": "enough"})
    sign_in("truongphong").post(f"{url}assign/", {"person": world.people["canbo2"]})
    given = world.tasks(filed)[0].person_id
    sign_in("canbo2").post(f"{url}assign/", {"person": ""})

    assert mine == world.people["canbo"]
    assert colleague.status_code == 403
    assert given == world.people["canbo2"]
    assert world.tasks(filed)[0].person_id is None


def test_an_officer_cannot_give_a_task_to_a_colleague(world, filed, sign_in):
    answer = sign_in("canbo").post(f"{_url(world, filed)}assign/", {"person": world.people["canbo2"]})

    assert answer.status_code == 403
    assert world.tasks(filed)[0].person_id is None


def test_the_result_is_handed_to_somebody_by_name(world, filed, sign_in):
    world.lead_to(filed, "return_result")
    desk, url = sign_in("tiepnhan"), _url(world, filed)

    form = desk.get(url, {"outcome": "returned"}).content.decode()
    wrong = desk.post(f"{url}do/", {"outcome": "returned", "recipient_name": ""})
    done = desk.post(f"{url}do/", {"outcome": "returned", "recipient_name": "Phan Văn Khá"})

    assert 'value="Trần Thị Mỹ Duyên"' in form
    assert wrong.status_code == 422
    assert done.status_code == 302
    assert _view(world, filed).result.returned_to == "Phan Văn Khá"


def test_files_are_shown_as_pages_and_each_reading_is_written_down(world, sign_in: Callable[[str], Client]):
    from motcua.casework.dossiers.types import PaperInput
    from motcua.faces.office.forming import keep_files, owner_key
    from motcua.faces.office.session.forms import SignInForm

    actor = world.actor("tiepnhan")
    ids = keep_files(
        SignInForm(), "username", [picture()], purpose="component", owner=owner_key(actor, "x"), actor=actor, at=NOW
    )
    filed = world.take_in(papers=(PaperInput(name="Tờ khai", originals=1, file_ids=tuple(ids)),))
    file = _view(world, filed).papers[0].files[0]
    officer = sign_in("canbo")

    shown = officer.get(reverse("office:file", args=[filed.public_id, file.id]))
    page = officer.get(reverse("office:dossier", args=[filed.public_id])).content.decode()
    picture_of_pdf = officer.get(reverse("office:file-page", args=[filed.public_id, file.id, 1]))

    assert shown["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown["Content-Security-Policy"]
    assert str(file.id) in page
    assert "Nguyễn Hoàng Phúc" in page[page.index("Ai đã xem") :]
    assert picture_of_pdf.status_code == 404
