"""Acting for somebody else in the portal: chosen on a page, checked when the dossier is filed."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.world import NOW, World

from motcua.casework.documents.tests import samples
from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.models import Dossier
from motcua.engagement.notifications.models import Message
from motcua.faces.portal.tests.acting import Visitor
from motcua.foundation.accounts.contacts import add_contact
from motcua.foundation.accounts.models import Representation, SignInContact
from motcua.foundation.core.relay import relay_batch
from motcua.foundation.core.types import NotFound

pytestmark = pytest.mark.django_db
ROLES = reverse("portal:roles")
CHILD = {
    "full_name": "Trần Bảo An", "identity": "089220001111", "born_on": "22/12/2020",
    "address": "128/5 Lý Thái Tổ", "paper": "Giấy khai sinh số 12/2020, UBND phường Long Xuyên",
}  # fmt: skip


def mandate(**changes):
    values = {
        "deputy_contact": "0913 000 555", "full_name": "Trần Thị Mỹ Duyên", "identity": "089187004127",
        "address": "128/5 Lý Thái Tổ", "acts": ["file"], "valid_until": "31/12/2026",
        "paper": "Giấy ủy quyền số 7/2026",
        "document": SimpleUploadedFile("uy-quyen.pdf", samples.pdf(), content_type="application/pdf"),
    }  # fmt: skip
    return values | changes


def add(visitor, kind, **given):
    return visitor.post(reverse("portal:role-add", args=[kind]), **given)


def choose(visitor, public_id):
    return visitor.post(reverse("portal:role-switch"), **{"for": public_id})


@pytest.fixture(autouse=True)
def confirmed(world: World):
    SignInContact.objects.update(confirmed_at=NOW)


@pytest.fixture
def parent(world: World) -> Visitor:
    visitor = Visitor(world, username="congdan")
    assert add(visitor, "con", **CHILD).status_code == 302
    choose(visitor, Representation.objects.get().public_id)
    return visitor


def parties_of_last_dossier(visitor):
    from motcua.foundation.accounts import selectors as accounts

    dossier = Dossier.objects.latest("pk")
    actor = accounts.actor_for_user(visitor.world.users["congdan"], on=NOW.date())
    if dossier.citizen_id != actor.person_id:
        actor = accounts.actor_for_user(visitor.world.users["congdan2"], on=NOW.date())
    view = dossiers.party_view(actor=actor, dossier_id=dossier.pk, at=NOW)
    return {str(party.role): (party.full_name, party.identity) for party in view.parties}


def test_the_portal_says_for_whom_one_acts(parent):
    assert "Trần Bảo An" in parent.get(reverse("portal:home")).content.decode()

    choose(parent, "")
    assert "Trần Bảo An" not in parent.get(reverse("portal:home")).content.decode()


def test_the_child_is_the_applicant_and_the_parent_hands_in(parent):
    parent.start()
    page = parent.get(parent.url("apply_who")).content.decode()
    assert "Trần Bảo An" in page
    parent.fill()  # types the parent's own name as the applicant's
    assert parent.submit().status_code == 302

    parties = parties_of_last_dossier(parent)
    assert parties["applicant"] == ("Trần Bảo An", "089220001111")
    assert parties["submitter"] == ("Trần Thị Mỹ Duyên", "089187004127")


def test_a_mandate_is_accepted_used_and_revoked(world: World):
    giver, deputy = Visitor(world, username="congdan"), Visitor(world, username="congdan2")
    assert add(giver, "uy-quyen", **mandate()).status_code == 302
    row = Representation.objects.get()
    assert "Trần Thị Mỹ Duyên" in deputy.get(ROLES).content.decode()
    assert deputy.get(reverse("portal:role-document", args=[row.public_id])).status_code == 200
    deputy.post(reverse("portal:role-answer", args=[row.public_id]), answer="yes")
    choose(deputy, row.public_id)
    deputy.start()
    deputy.fill()
    assert deputy.submit().status_code == 302
    assert parties_of_last_dossier(deputy) == {
        "applicant": ("Trần Thị Mỹ Duyên", "089187004127"), "submitter": ("Phan Thị Bích Trâm", "089191000555"),
    }  # fmt: skip

    deputy.start()
    deputy.fill()
    giver.post(reverse("portal:role-end", args=[row.public_id]))

    answer = deputy.submit()
    assert answer.status_code == 409
    assert Dossier.objects.count() == 1
    assert "Trần Thị Mỹ Duyên" not in deputy.get(reverse("portal:home")).content.decode()

    dossier = Dossier.objects.get()
    own = reverse("portal:dossier", args=[dossier.public_id])
    assert (deputy.get(own).status_code, giver.get(own).status_code) == (404, 200), "it went back to the giver"
    assert dossier.intake_number in giver.get(reverse("portal:my")).content.decode()
    with pytest.raises(NotFound):  # the deputy's number no longer proves that they are a party
        dossiers.prove(code=dossier.intake_number, second_factor="089191000555")
    page = reverse("portal:dossier_withdraw", args=[dossier.public_id])
    assert giver.post(page, reason="Nhầm", confirmed="on", sure="on").status_code == 302


def test_a_mandate_that_ends_by_its_date_gives_its_dossiers_back_and_no_others(world: World):
    giver, deputy = Visitor(world, username="congdan"), Visitor(world, username="congdan2")
    add(giver, "uy-quyen", **mandate(valid_until="30/11/2026"))
    row = Representation.objects.get()
    deputy.post(reverse("portal:role-answer", args=[row.public_id]), answer="yes")
    choose(deputy, row.public_id)
    deputy.start()
    deputy.fill()
    deputy.submit()
    own = world.file_online(by="congdan2")

    assert dossier_services.hand_back_ended(at=NOW) == 0
    assert dossier_services.hand_back_ended(at=NOW + timedelta(days=8)) == 1
    assert dossier_services.hand_back_ended(at=NOW + timedelta(days=8)) == 0
    assert Dossier.objects.get(citizen_id=world.people["congdan2"]).pk == own.dossier_id


def test_both_sides_are_written_to_when_a_mandate_is_made_and_ended(world: World):
    for who in ("congdan", "congdan2"):
        add_contact(user_id=world.users[who], kind="email", contact=f"{who}@example.vn", at=NOW)
    giver, deputy = Visitor(world, username="congdan"), Visitor(world, username="congdan2")
    add(giver, "uy-quyen", **mandate(deputy_contact="congdan2@example.vn"))
    row = Representation.objects.get()
    deputy.post(reverse("portal:role-answer", args=[row.public_id]), answer="yes")
    giver.post(reverse("portal:role-end", args=[row.public_id]))
    while relay_batch(at=NOW):
        pass

    assert Message.objects.filter(kind="mandate_changed").count() == 6, "three events, two sides"


def test_an_expired_mandate_files_nothing(world: World):
    giver, deputy = Visitor(world, username="congdan"), Visitor(world, username="congdan2")
    add(giver, "uy-quyen", **mandate(valid_until="23/11/2026"))
    row = Representation.objects.get()
    deputy.post(reverse("portal:role-answer", args=[row.public_id]), answer="yes")
    choose(deputy, row.public_id)
    deputy.start()
    deputy.fill()
    # the session of sign-in is over the next day; the draft is the account's
    with time_machine.travel(NOW.timestamp() + 86_400, tick=False):
        from django.contrib.auth import get_user_model

        deputy.client.force_login(get_user_model().objects.get(pk=world.users["congdan2"]))
        assert deputy.client.post(deputy.url("apply_check"), {"declared": "on"}).status_code == 409
    assert not Dossier.objects.exists()


def test_a_mandate_for_other_procedures_files_nothing(world: World):
    giver, deputy = Visitor(world, username="congdan"), Visitor(world, username="congdan2")
    add(giver, "uy-quyen", **mandate(procedure_codes="2.000815, 2.000635"))
    row = Representation.objects.get()
    deputy.post(reverse("portal:role-answer", args=[row.public_id]), answer="yes")
    choose(deputy, row.public_id)
    deputy.start()
    deputy.fill()

    assert deputy.submit().status_code == 409
    assert not Dossier.objects.exists()


def test_nobody_chooses_what_is_not_theirs(parent, world: World):
    stranger = Visitor(world, username="congdan2")
    public_id = Representation.objects.get().public_id

    assert choose(stranger, public_id).status_code == 404
    assert stranger.get(reverse("portal:role-end", args=[public_id])).status_code == 404
    assert stranger.get(reverse("portal:role-document", args=[public_id])).status_code == 404


@pytest.mark.parametrize("kind", ["con", "to-chuc", "uy-quyen"])
def test_what_lacks_stands_at_its_field_and_nothing_is_lost(world: World, kind):
    visitor = Visitor(world, username="congdan")
    page = add(visitor, kind, paper="Giấy số 5")

    assert page.status_code == 422
    words = page.content.decode()
    assert "Giấy số 5" in words
    assert "mc-errorsum" in words
    assert not Representation.objects.exists()


def test_a_bad_file_is_refused_at_its_field(world: World):
    visitor = Visitor(world, username="congdan")
    page = add(visitor, "uy-quyen", **mandate(document=SimpleUploadedFile("a.pdf", b"no pdf at all")))

    assert page.status_code in {415, 422}
    assert 'id="id_document-e"' in page.content.decode()
    assert not Representation.objects.exists()


def test_the_pages_open_in_both_languages(parent):
    for path in (ROLES, *(reverse("portal:role-add", args=[kind]) for kind in ("con", "to-chuc", "uy-quyen"))):
        assert parent.get(path).status_code == 200
        assert '<html lang="en"' in parent.get(f"/en{path}").content.decode()


@pytest.mark.parametrize(("acts", "status"), [(["file"], 403), (["file", "answer"], 302)])
def test_taking_a_dossier_back_needs_the_act_in_the_mandate(world: World, acts, status):
    giver, deputy = Visitor(world, username="congdan"), Visitor(world, username="congdan2")
    add(giver, "uy-quyen", **mandate(acts=acts))
    row = Representation.objects.get()
    deputy.post(reverse("portal:role-answer", args=[row.public_id]), answer="yes")
    choose(deputy, row.public_id)
    deputy.start()
    deputy.fill()
    deputy.submit()
    page = reverse("portal:dossier_withdraw", args=[Dossier.objects.get().public_id])

    answer = deputy.post(page, reason="Nhầm thủ tục", confirmed="on", sure="on")

    assert answer.status_code == status
    assert (Dossier.objects.get().state == "withdrawn") is (status == 302)
