"""Handing in from the first page to the number, by plain requests."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.world import BUSINESS, CERTIFICATION, NOW, World

from motcua.casework.documents.models import StoredFile
from motcua.casework.dossiers.models import Dossier, Draft, DraftFile, PaperFile
from motcua.casework.procedures import selectors as procedure_reads
from motcua.casework.procedures import services as procedures
from motcua.faces.portal.tests.acting import ANSWERS, PERSON, Visitor, pdf, public_id_of
from motcua.foundation.accounts.types import SYSTEM


def test_from_the_start_to_the_number(visitor: Visitor, world: World) -> None:
    visitor.start()
    visitor.fill()

    check = visitor.get(visitor.url("apply_check"))
    assert check.status_code == 200
    assert "Cơm tấm Mỹ Duyên" in check.content.decode()

    answer = visitor.submit()
    assert answer.status_code == 302
    done = visitor.get(answer["Location"])
    dossier = Dossier.objects.get()
    assert done.status_code == 200
    assert dossier.intake_number in done.content.decode()
    assert dossier.competent_agency_id == world.units["commune"]
    assert Draft.objects.get().dossier_id == dossier.pk
    assert PaperFile.objects.filter(paper__dossier=dossier).count() == 1


def test_a_second_submit_leads_to_the_same_dossier(visitor: Visitor) -> None:
    visitor.start()
    visitor.fill()

    first, second = visitor.submit(), visitor.submit()

    assert first["Location"] == second["Location"]
    assert Dossier.objects.count() == 1


def test_a_page_of_a_submitted_draft_leads_to_the_confirmation(visitor: Visitor) -> None:
    visitor.start()
    visitor.fill()
    done = visitor.submit()["Location"]

    stale = visitor.post(visitor.url("apply_form", section="ho-kinh-doanh"), **ANSWERS)

    assert (stale.status_code, stale["Location"]) == (302, done)


def test_wrong_entries_come_back_with_their_words(visitor: Visitor) -> None:
    visitor.start()

    answer = visitor.post(visitor.url("apply_who"), **(PERSON | {"p0-identity": "12", "p0-phone": "abc"}))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Lỗi:" in page
    assert "Số định danh có 12 chữ số" in page
    assert 'value="abc"' in page
    assert Draft.objects.get().dossier_id is None


def test_several_applicants_and_somebody_who_hands_in(visitor: Visitor) -> None:
    visitor.start()
    visitor.post(visitor.url("apply_who"), **PERSON, add="1")
    more = visitor.get(visitor.url("apply_who")).content.decode()
    assert 'name="p1-full_name"' in more

    second = {key.replace("p0", "p1"): value for key, value in PERSON.items() if key.startswith("p0")}
    people = PERSON | second | {"people": "2", "hand_in": "other", "p1-full_name": "Lê Minh Khôi", "p0-phone": ""}
    people |= {"s-full_name": "Phan Văn Tài", "s-identity": "089090001234", "s-phone": "0913000777", "s-email": ""}
    assert visitor.post(visitor.url("apply_who"), **people).status_code == 302

    check = visitor.get(visitor.url("apply_check")).content.decode()
    assert all(name in check for name in ("Lê Minh Khôi", "Phan Văn Tài"))


def test_saving_for_later_keeps_unfinished_words(visitor: Visitor) -> None:
    visitor.start()

    answer = visitor.post(visitor.url("apply_who"), **(PERSON | {"p0-identity": "12"}), later="1")

    assert answer["Location"] == visitor.url("apply_draft")
    assert 'value="12"' in visitor.get(visitor.url("apply_who")).content.decode()
    assert visitor.get(visitor.url("apply_draft")).status_code == 200


@pytest.mark.parametrize(
    ("file", "status", "words"),
    [
        (SimpleUploadedFile("rong.pdf", b""), 422, "0 byte"),
        (SimpleUploadedFile("anh.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 64), 422, "PDF"),
        (SimpleUploadedFile("giay.zip", b"PK\x03\x04" + b"0" * 64), 422, "tệp nén"),
    ],
)
def test_a_bad_file_is_refused_beside_its_paper(visitor: Visitor, file, status: int, words: str) -> None:
    file.seek(0)
    visitor.start()

    answer = visitor.post(visitor.url("apply_papers"), **{visitor.paper(): [pdf(), file], "upload": visitor.paper()})

    assert answer.status_code == status
    assert words in answer.content.decode()
    assert DraftFile.objects.count() == 1, "the good file of the same request is kept"


def test_a_file_above_the_limit_is_refused_with_its_size(visitor: Visitor, settings) -> None:
    settings.MOTCUA_UPLOAD_LIMIT_MB = 1
    visitor.start()
    large = SimpleUploadedFile("lon.pdf", b"%PDF-1.7\n" + b"0" * 1_200_000)

    answer = visitor.post(visitor.url("apply_papers"), **{visitor.paper(): large})

    assert answer.status_code == 413
    assert "1 MB" in answer.content.decode()
    assert not StoredFile.objects.exists()


def test_a_file_is_seen_and_taken_away_by_its_owner_only(visitor: Visitor, world: World) -> None:
    visitor.start()
    visitor.post(visitor.url("apply_papers"), **{visitor.paper(): pdf(), "upload": visitor.paper()})
    link = DraftFile.objects.get()
    address = visitor.url("apply_file", file=link.file.public_id)

    assert visitor.get(address)["Content-Type"] == "application/pdf"
    assert Visitor(world).get(address).status_code == 404
    visitor.post(visitor.url("apply_papers"), remove=str(link.pk))
    assert not StoredFile.objects.exists()


def test_the_check_names_what_is_not_finished(visitor: Visitor) -> None:
    visitor.start()
    visitor.post(visitor.url("apply_who"), **PERSON)

    answer = visitor.submit()

    assert answer.status_code == 422
    assert visitor.url("apply_delivery") in answer.content.decode()
    assert not Dossier.objects.exists()


def test_without_the_declaration_nothing_is_handed_in(visitor: Visitor) -> None:
    visitor.start()
    visitor.fill()

    answer = visitor.post(visitor.url("apply_check"))

    assert answer.status_code == 422
    assert not Dossier.objects.exists()


def test_the_secret_link_opens_the_draft_and_leaves_the_address(visitor: Visitor, world: World) -> None:
    visitor.start()
    visitor.post(visitor.url("apply_who"), **PERSON)
    overview = visitor.get(visitor.url("apply_draft")).content.decode()
    link = re.search(r'value="http://testserver(/nop-ho-so/nhap/[^"]+/mo/([^"/]+)/)"', overview)
    assert link is not None

    other = Visitor(world)
    other.draft = visitor.draft
    assert other.get(visitor.url("apply_who")).status_code == 404
    opened = other.get(link[1])
    assert opened["Location"] == visitor.url("apply_draft")
    assert "Trần Thị Mỹ Duyên" in other.get(visitor.url("apply_who")).content.decode()
    assert link[2] not in other.get(visitor.url("apply_who")).content.decode()
    assert other.get(link[1].replace(link[2], "x" * 24)).status_code == 404


def test_the_session_holds_no_secret_in_clear(visitor: Visitor) -> None:
    visitor.start()
    secret = re.search(r"/mo/([^/]+)/", visitor.get(visitor.url("apply_draft")).content.decode())
    assert secret is not None

    assert secret[1] not in str(dict(visitor.client.session))


def test_a_draft_of_an_account_is_its_own(world: World) -> None:
    mine = Visitor(world, username="congdan")
    mine.start()
    page = mine.get(mine.url("apply_who")).content.decode()
    assert 'value="089187004127"' in page, "what the account knows is filled in"

    again = Visitor(world, username="congdan")
    assert again.get(mine.url("apply_draft")).status_code == 200
    assert Visitor(world, username="congdan2").get(mine.url("apply_draft")).status_code == 404


def test_an_expired_draft_says_what_is_gone_and_what_is_kept(visitor: Visitor) -> None:
    visitor.start()
    Draft.objects.update(expires_at=NOW - timedelta(days=1))

    answer = visitor.get(visitor.url("apply_draft"))

    assert answer.status_code == 410
    assert "Còn nguyên" in answer.content.decode()
    assert reverse("portal:apply_start", args=[BUSINESS]) in answer.content.decode()


def test_a_procedure_no_longer_in_force_names_its_successor(visitor: Visitor, world: World) -> None:
    visitor.start()
    procedures.end_procedure(code=BUSINESS, ended_on=NOW.date(), successors=[CERTIFICATION], actor=SYSTEM, at=NOW)
    procedure_reads.forget_choices()

    fresh = visitor.get(reverse("portal:apply_start", args=[BUSINESS]))
    begun = visitor.get(visitor.url("apply_who"))

    successor = reverse("portal:procedure", args=[CERTIFICATION])
    assert (fresh.status_code, begun.status_code) == (410, 410)
    assert successor in fresh.content.decode()
    assert successor in begun.content.decode()


def test_what_is_not_online_is_said_so(visitor: Visitor) -> None:
    assert visitor.get(reverse("portal:apply_start", args=[CERTIFICATION])).status_code == 409
    assert visitor.get(reverse("portal:apply_start", args=["9.999999"])).status_code == 404


def test_places_are_found_without_marks(visitor: Visitor, world: World) -> None:
    page = visitor.get(reverse("portal:apply_start", args=[BUSINESS]), tim="my duc").content.decode()

    assert public_id_of(world, "other_commune") in page
    assert public_id_of(world, "commune") not in page


def test_a_draft_can_be_given_up(visitor: Visitor) -> None:
    visitor.start()
    visitor.post(visitor.url("apply_papers"), **{visitor.paper(): pdf(), "upload": visitor.paper()})

    assert visitor.get(visitor.url("apply_discard")).status_code == 200
    visitor.post(visitor.url("apply_discard"))

    assert not Draft.objects.exists()
    assert not StoredFile.objects.exists()


def test_no_address_on_the_way_holds_what_was_entered(visitor: Visitor) -> None:
    answers = [visitor.start()]
    answers += [visitor.post(visitor.url("apply_who"), **PERSON)]
    answers += [visitor.post(visitor.url("apply_form", section="ho-kinh-doanh"), **ANSWERS)]

    for answer in answers:
        assert not re.search(r"0891|0913|duyen|My", answer["Location"])


def test_english_pages_lead_on_in_english(visitor: Visitor, world: World) -> None:
    with time_machine.travel(NOW, tick=False):
        page = visitor.client.get(f"/en/nop-ho-so/{BUSINESS}/", {"noi": public_id_of(world, "commune")})

    assert "What you will need" in page.content.decode()
    assert '<html lang="en"' in page.content.decode()


def test_drafts_are_counted_per_address(visitor: Visitor, monkeypatch) -> None:
    monkeypatch.setattr("motcua.faces.portal.apply.start.DRAFTS_PER_HOUR", 1)
    visitor.start()
    place, case = public_id_of(visitor.world, "commune"), visitor.world.choice(BUSINESS).cases[0].id

    answer = visitor.post(f"{reverse('portal:apply_start', args=[BUSINESS])}?noi={place}", case=case)

    assert answer.status_code == 429
