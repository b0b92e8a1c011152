"""Signing up and in by a code, the account's pages, and what none of them gives away."""

import re

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from tests.world import NOW, PASSWORD, World

from motcua.engagement.notifications import services as notifications
from motcua.engagement.notifications.models import CodeMessage
from motcua.foundation.accounts.models import OneTimeCode, Person, SecurityEvent, SignInSession, User

pytestmark = pytest.mark.django_db
LOGIN, CODE = reverse("portal:login"), reverse("portal:login-code")


@pytest.fixture(autouse=True)
def at_nine():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def sms(settings, tmp_path):
    settings.MOTCUA_SMS_FOLDER = tmp_path / "sms"
    return settings.MOTCUA_SMS_FOLDER


def deliver():
    for message_id in notifications.due_codes(at=NOW):
        notifications.send_code(message_id=message_id, at=NOW)


def mailed_code():
    deliver()
    return re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]


def ask(client, contact, page=LOGIN):
    return client.post(page, {"contact": contact})


def signed_in(client):
    return "_auth_user_id" in client.session


def test_a_citizen_signs_in_by_a_code_from_the_mail(client, world: World):
    assert ask(client, "duyen@example.vn")["Location"] == CODE

    answer = client.post(CODE, {"code": mailed_code()})

    assert answer["Location"] == reverse("portal:my")
    assert int(client.session["_auth_user_id"]) == world.users["congdan"]
    assert CodeMessage.objects.count() == 0


def test_a_code_comes_by_text_message_too(client, world: World, sms):
    ask(client, "0913 000 128")
    deliver()
    words = next(iter(sms.glob("*.txt"))).read_text(encoding="utf-8")

    assert words.startswith("0913000128\n")
    client.post(CODE, {"code": re.search(r"\b\d{6}\b", words)[0]})
    assert signed_in(client)


def test_whoever_is_new_says_a_name_and_has_an_account(client):
    ask(client, "moi@example.vn")
    answer = client.post(CODE, {"code": mailed_code()})
    assert answer["Location"] == reverse("portal:new-account")

    lacking = client.post(answer["Location"], {"full_name": ""})
    assert lacking.status_code == 422
    answer = client.post(answer["Location"], {"full_name": "  Lê  Văn Mới ", "agreed": "on"})

    assert answer["Location"] == reverse("portal:my")
    person = Person.objects.get(user_id=client.session["_auth_user_id"])
    assert (person.full_name, person.is_officer) == ("Lê Văn Mới", False)
    assert not person.user.has_usable_password()


def test_nobody_reaches_the_new_account_page_without_a_proof(client):
    assert client.get(reverse("portal:new-account"))["Location"] == LOGIN
    ask(client, "moi@example.vn")
    assert client.get(reverse("portal:new-account"))["Location"] == LOGIN


def test_the_answers_for_known_and_unknown_contacts_are_the_same(world: World):
    pages = []
    for contact in ("duyen@example.vn", "dduyen@example.vn"):
        client = Client()
        first = ask(client, contact)
        page = client.get(CODE).content.decode()
        wrong = client.post(CODE, {"code": "000000"}).content.decode()
        pages.append([first.status_code, first["Location"], *map(plain, (page, wrong))])

    assert pages[0] == pages[1]


def test_the_answers_for_a_forgotten_password_are_the_same(world: World):
    pages = []
    for contact in ("duyen@example.vn", "dduyen@example.vn"):
        client = Client()
        first = ask(client, contact, reverse("portal:forgotten"))
        page = client.get(reverse("portal:new-password")).content.decode()
        wrong = client.post(reverse("portal:new-password"), {"code": "000000", "new_password": "cơm tấm sườn bì"})
        pages.append([first.status_code, first["Location"], wrong.status_code, plain(page)])
    assert pages[0] == pages[1]
    deliver()
    assert [message.to for message in mail.outbox] == [["duyen@example.vn"]]


def plain(page):
    return re.sub(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"|[0-9a-f]{16,}', "", page)


def test_production_never_shows_a_code(client, world: World):
    ask(client, "duyen@example.vn")

    code = mailed_code()
    assert code not in client.get(CODE).content.decode()
    assert code not in str(dict(client.session))


def test_a_demonstration_shows_it_on_the_page(client, world: World, settings):
    settings.MOTCUA_SHOW_CODES = True
    ask(client, "duyen@example.vn")

    assert f"data-demo-code>{mailed_code()}<" in client.get(CODE).content.decode()


def test_a_setting_alone_shows_nothing_where_data_are_real(client, settings):
    settings.MOTCUA_SHOW_CODES = True
    ask(client, "duyen@example.vn")

    assert "data-demo-code" not in client.get(CODE).content.decode()


def test_neither_code_nor_contact_reaches_log_or_address(client, world: World, caplog):
    caplog.set_level(0)
    answer = ask(client, "duyen@example.vn")
    code = mailed_code()
    client.post(CODE, {"code": code})

    assert code not in caplog.text
    assert "duyen@" not in caplog.text
    assert "duyen" not in answer["Location"]


def test_a_code_can_be_sent_again_and_the_first_stops(client, world: World):
    ask(client, "duyen@example.vn")
    first = mailed_code()
    assert client.post(reverse("portal:login-again"))["Location"] == CODE
    second = mailed_code()

    assert first == second or client.post(CODE, {"code": first}).status_code == 422
    client.post(CODE, {"code": second})
    assert signed_in(client)


def test_too_many_codes_are_refused_politely(client):
    for _time in range(4):
        ask(client, "duyen@example.vn")

    assert ask(client, "duyen@example.vn").status_code == 429


def test_staff_do_not_come_in_by_a_code_alone(client, world: World):
    from motcua.foundation.accounts import services as accounts

    accounts.add_contact(user_id=world.users["lanhdao"], kind="email", contact="loi@example.vn", at=NOW)
    ask(client, "loi@example.vn")

    answer = client.post(CODE, {"code": mailed_code()})

    assert answer.status_code == 422 or answer.status_code == 403
    assert not signed_in(client)


def test_after_signing_in_the_visitor_goes_where_they_were_heading(client, world: World):
    client.post(LOGIN, {"contact": "duyen@example.vn", "next": reverse("portal:help")})
    assert client.post(CODE, {"code": mailed_code()})["Location"] == reverse("portal:help")


def test_no_other_site_is_gone_to(client, world: World):
    client.post(LOGIN, {"contact": "duyen@example.vn", "next": "https://evil.example/"})
    assert client.post(CODE, {"code": mailed_code()})["Location"] == reverse("portal:my")


def test_pages_that_need_an_account_lead_to_the_page_of_their_face(client):
    assert client.get(reverse("portal:my"))["Location"].startswith(f"{LOGIN}?next=")
    assert client.get("/en/tai-khoan/")["Location"].startswith("/en/dang-nhap/?next=")
    assert client.get("/office/")["Location"].startswith("/office/sign-in/?next=")


def test_a_forgotten_password_is_replaced_and_all_sessions_end(client, world: World):
    elsewhere = Client()
    assert elsewhere.login(username="congdan", password=PASSWORD)
    ask(client, "duyen@example.vn", reverse("portal:forgotten"))
    page = reverse("portal:new-password")

    weak = client.post(page, {"code": "000000", "new_password": "12345"})
    assert "10 ký tự" in weak.content.decode()
    done = client.post(page, {"code": mailed_code(), "new_password": "cơm tấm sườn bì"})

    assert done["Location"] == reverse("portal:login-password")
    assert elsewhere.get(reverse("portal:account")).status_code == 302
    answer = client.post(done["Location"], {"username": "0913000128", "password": "cơm tấm sườn bì"})
    assert answer["Location"] == reverse("portal:my")


def test_staff_are_led_to_the_office_after_a_reset(client, world: World):
    from motcua.foundation.accounts import services as accounts

    accounts.add_contact(user_id=world.users["lanhdao"], kind="email", contact="loi@example.vn", at=NOW)
    ask(client, "loi@example.vn", reverse("portal:forgotten"))

    answer = client.post(reverse("portal:new-password"), {"code": mailed_code(), "new_password": "quyết định số bảy"})

    assert answer["Location"] == reverse("office:login")
    answer = client.post(answer["Location"], {"username": "lanhdao", "password": "quyết định số bảy"})
    assert answer["Location"] == reverse("office:second-set-up")


def test_sessions_are_seen_and_ended(world: World):
    mine, lost = (
        Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/140.0"),
        Client(REMOTE_ADDR="113.161.72.9"),
    )
    for client in (lost, mine):
        client.post(reverse("portal:login-password"), {"username": "congdan", "password": PASSWORD})
    page = mine.get(reverse("portal:account")).content.decode()
    assert "Chrome, Windows" in page
    assert "113.161.72.•" in page
    assert "113.161.72.9" not in page
    other = SignInSession.objects.get(session_key=lost.session.session_key)

    answer = mine.post(reverse("portal:account-session-end", args=[other.public_id]))

    assert answer.status_code == 302
    assert lost.get(reverse("portal:account")).status_code == 302
    assert mine.get(reverse("portal:account")).status_code == 200


def test_all_others_end_at_once_and_only_ones_own(world: World):
    mine, lost, foreign = Client(), Client(), Client()
    for client, name in ((mine, "congdan"), (lost, "congdan"), (foreign, "congdan2")):
        client.post(reverse("portal:login-password"), {"username": name, "password": PASSWORD})
    theirs = SignInSession.objects.get(session_key=foreign.session.session_key)

    assert mine.post(reverse("portal:account-session-end", args=[theirs.public_id])).status_code == 404
    mine.post(reverse("portal:account-sessions-end"))

    assert lost.get(reverse("portal:account")).status_code == 302
    assert foreign.get(reverse("portal:account")).status_code == 200
    assert Session.objects.filter(session_key=mine.session.session_key).exists()


def test_a_contact_is_added_by_its_code_and_a_taken_one_is_not(client, world: World):
    client.force_login(User.objects.get(pk=world.users["congdan2"]))
    page, code_page = reverse("portal:account-contact"), reverse("portal:account-contact-code")
    ask(client, "tram@example.vn", page)
    assert client.post(code_page, {"code": mailed_code()})["Location"] == reverse("portal:account")
    assert "tram@example.vn" in client.get(reverse("portal:account")).content.decode()

    ask(client, "duyen@example.vn", page)
    assert client.post(code_page, {"code": mailed_code()}).status_code == 409
    assert SecurityEvent.objects.filter(user_id=world.users["congdan2"], kind="contact_added").count() == 1


def test_the_last_way_in_is_not_taken_off(client):
    ask(client, "moi@example.vn")
    client.post(CODE, {"code": mailed_code()})
    client.post(reverse("portal:new-account"), {"full_name": "Lê Văn Mới", "agreed": "on"})
    user = User.objects.get(pk=client.session["_auth_user_id"])
    contact = user.contacts.get()

    client.post(reverse("portal:account-contact-remove", args=[contact.public_id]))

    assert user.contacts.count() == 1


def test_a_password_may_be_set_and_the_session_stays(client):
    ask(client, "moi@example.vn")
    client.post(CODE, {"code": mailed_code()})
    client.post(reverse("portal:new-account"), {"full_name": "Lê Văn Mới", "agreed": "on"})

    answer = client.post(reverse("portal:account-password"), {"new_password": "cơm tấm sườn bì"})

    assert answer["Location"] == reverse("portal:account")
    assert client.get(reverse("portal:account")).status_code == 200
    changed = client.post(reverse("portal:account-password"), {"password": "sai", "new_password": "hủ tiếu Nam Vang"})
    assert changed.status_code == 422


@pytest.mark.parametrize("name", ["login", "login-password", "forgotten"])
def test_the_pages_stand_in_both_languages(client, name):
    address = reverse(f"portal:{name}")

    assert 'lang="vi"' in client.get(address).content.decode()
    english = client.get(f"/en{address}").content.decode()
    assert '<html lang="en"' in english
    assert "password" in english.lower()


def test_expired_codes_leave_nothing(client):
    ask(client, "duyen@example.vn")
    message = CodeMessage.objects.get()

    from datetime import timedelta

    assert not notifications.send_code(message_id=message.pk, at=NOW + timedelta(minutes=11))
    assert CodeMessage.objects.count() == 0
    assert OneTimeCode.objects.count() == 1
