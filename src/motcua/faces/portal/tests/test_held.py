"""What is held about me: page, files, request; nothing of it in logs, addresses or other people's hands."""

import io
import json

import pikepdf
import pytest
import time_machine
from django.test import Client
from tests.world import NOW, World

from motcua.casework.dossiers import sealing
from motcua.casework.dossiers.models import AccessLog, Dossier
from motcua.engagement.notifications.models import Message
from motcua.foundation.accounts import services as accounts
from motcua.foundation.accounts.contacts import add_contact
from motcua.foundation.accounts.models import CorrectionRequest, SecurityEvent, User
from motcua.foundation.core.relay import relay_batch

PAGE, FIX = "/tai-khoan/du-lieu/", "/tai-khoan/du-lieu/sua/"
pytestmark = pytest.mark.django_db


def user_of(world: World, username: str) -> User:
    return User.objects.get(pk=world.users[username])


@pytest.fixture(autouse=True)
def at_nine():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def dossier(world: World) -> Dossier:
    return Dossier.objects.get(pk=world.file_online().dossier_id)


@pytest.fixture
def mine(client: Client, world: World, dossier: Dossier) -> Client:
    client.force_login(user_of(world, "congdan"))
    return client


def test_numbers_are_masked_until_asked_for(mine, dossier):
    page = mine.get(PAGE).content.decode()
    assert dossier.shown_code in page
    identity = identity_of(dossier)
    assert identity not in page
    assert identity in mine.get(f"{PAGE}?hien=1").content.decode()


def identity_of(dossier: Dossier) -> str:
    return sealing.open_party(dossier.parties.first()).identity


def test_both_files_hold_everything_and_are_written_down(mine, dossier, world):
    answer = mine.get(f"{PAGE}tai-ve.json")
    content = json.loads(answer.content)
    assert identity_of(dossier) in json.dumps(content)
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    pdf = pikepdf.open(io.BytesIO(mine.get(f"{PAGE}tai-ve.pdf").content))
    assert len(pdf.pages) >= 1
    assert SecurityEvent.objects.filter(kind="data_exported", user=user_of(world, "congdan")).count() == 2
    lines = AccessLog.objects.filter(dossier_id=dossier.pk, what="own_export")
    assert [line.person_id for line in lines] == [world.people["congdan"]] * 2
    assert mine.get(f"{PAGE}tai-ve.exe").status_code == 404


def test_others_get_nothing_of_it(world, dossier, client):
    assert client.get(PAGE).status_code in {302, 403}
    client.force_login(user_of(world, "congdan2"))
    assert dossier.shown_code not in client.get(f"{PAGE}tai-ve.json").content.decode()
    item = f"{dossier.public_id}:applicant:1:phone"
    assert client.get(FIX, {"phan": "dossiers", "muc": item}).status_code == 404
    client.force_login(user_of(world, "canbo"))
    assert client.get(f"{PAGE}tai-ve.pdf").status_code == 403


def test_asked_answered_and_told(mine, dossier, world, caplog, capsys):
    caplog.set_level(0)
    address = f"{FIX}?phan=dossiers&muc={dossier.public_id}:applicant:1:phone"
    wrong = mine.post(address, {"value": "12", "reason": "Đổi số"})
    assert wrong.status_code == 422
    assert "Đổi số" in wrong.content.decode()
    assert mine.post(address, {"value": "0909 111 222", "reason": "Đổi số"}).status_code == 302
    request = CorrectionRequest.objects.get()
    assert b"0909" not in bytes(request.content_cipher)
    user = user_of(world, "congdan")
    add_contact(user_id=user.pk, kind="email", contact="duyen@example.vn", at=world.now)
    office = Client()
    office.force_login(user_of(world, "baovedulieu"))
    waiting = office.get("/office/corrections/").content.decode()
    assert "0909111222" not in waiting
    page = f"/office/corrections/{request.public_id}/"
    assert "0909111222" in office.get(page).content.decode()
    assert office.post(page, {"decision": "refuse", "answer": ""}).status_code == 422
    assert office.post(page, {"decision": "accept", "answer": "Đã đối chiếu."}).status_code == 302
    while relay_batch(at=NOW):
        pass
    assert Message.objects.filter(kind="correction_decided", dossier_id=None).count() == 1
    assert "Đã đối chiếu." in mine.get(PAGE).content.decode()
    said = caplog.text + capsys.readouterr().err
    assert "0909111222" not in said
    assert "duyen@" not in said


def test_the_page_of_periods(world, client):
    client.force_login(user_of(world, "baovedulieu"))
    assert client.get("/office/keeping/").status_code == 200
    client.force_login(user_of(world, "canbo"))
    assert client.get("/office/keeping/").status_code == 403
    assert client.get("/office/corrections/").status_code == 403


def test_the_last_request_for_an_item_waits_alone(mine, dossier, world):
    item = f"{dossier.public_id}:applicant:1:full_name"
    accounts.ask_correction(
        section="dossiers", item=item, wanted="Trần Mỹ Duyên", reason="Sai", actor=world.actor("congdan"), at=world.now
    )
    answer = mine.post(f"{FIX}?phan=dossiers&muc={item}", {"value": "Trần Mỹ", "reason": "Sai"})
    assert answer.status_code == 409


@pytest.mark.parametrize(("query", "status"), [("", 200), ("?phan=account&muc=nothing", 404)])
def test_without_an_item_the_page_says_where_to_choose_one(mine, query, status):
    page = mine.get(FIX + query)
    assert page.status_code == status
    assert f'href="{PAGE}"' in page.content.decode()
