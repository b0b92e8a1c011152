"""Who is written to, once; what the words say; and that sending survives failing mail servers and dying workers."""

import io
import smtplib
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.keeping import removed_by_purge
from tests.world import NOW, World, make_world

from motcua.casework.documents import services as documents
from motcua.casework.documents.tests import samples
from motcua.casework.dossiers import services as dossiers
from motcua.casework.dossiers.events import DossierAccepted, DossierFiled
from motcua.casework.dossiers.models import DossierPaper
from motcua.casework.dossiers.types import PartyInput, Proof, SupplementAnswer, SupplementItem
from motcua.engagement.notifications import jobs, selectors, services, subscriptions, writing
from motcua.engagement.notifications.models import Message
from motcua.engagement.notifications.types import MessageState
from motcua.engagement.notifications.wording import masked
from motcua.foundation.calendars import services as calendars
from motcua.foundation.calendars.types import DayKind, SpecialDays
from motcua.foundation.core import relay
from motcua.foundation.core.models import OutboxEvent
from motcua.foundation.core.outbox import Delivered

IDENTITY = "089187004127"
EMAIL = "duyen@example.vn"


@pytest.fixture(autouse=True)
def at_nine():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world(db) -> World:
    return make_world()


def parties(email: str = EMAIL) -> tuple[PartyInput, ...]:
    return (PartyInput(full_name="Trần Thị Mỹ Duyên", identity=IDENTITY, phone="0913000128", email=email),)


def send_all(at=NOW) -> int:
    return services.send_messages(ids=services.due_messages(at=at), now=lambda: at)


def relayed(at=NOW) -> list[str]:
    relay.relay_batch(at=at)
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


def test_an_online_filing_is_confirmed_by_one_mail_without_names_or_identity_numbers(world):
    filed = world.file_online(parties=parties())

    assert relayed() == ["filed"]
    assert send_all() == 1

    (letter,) = mail.outbox
    assert letter.to == [EMAIL]
    assert letter.subject == f"Hồ sơ {filed.intake_number}: đã nhận"
    assert f"/tra-cuu/?ma={filed.intake_number}" in letter.body
    assert "Đăng ký thành lập hộ kinh doanh" in letter.body
    assert "thứ" in letter.body
    for personal in (IDENTITY, "0913000128", "Duyên", EMAIL):
        assert personal not in letter.subject + letter.body


def test_nobody_without_an_address_is_written_to(world):
    world.file_online(parties=parties(email=""))
    world.file_online(parties=parties(email="khong phai thu"))

    assert relayed() == []
    assert not ProcrastinateJob.objects.filter(task_name="notifications.send").exists()


def test_the_same_event_delivered_twice_writes_once(world):
    world.file_online(parties=parties())
    event = OutboxEvent.objects.get(topic=DossierFiled.topic)
    delivered = Delivered(event.pk, event.topic, event.subject, event.payload, event.occurred_at)

    first = writing.write_messages([delivered], at=NOW)
    again = writing.write_messages([delivered], at=NOW)

    assert len(first) == 1
    assert again == []
    assert Message.objects.count() == 1
    assert send_all() + send_all() == 1
    assert len(mail.outbox) == 1


def test_the_job_is_deferred_with_the_messages_in_chunks(world, monkeypatch):
    monkeypatch.setattr(subscriptions, "CHUNK", 1)
    world.file_online(parties=parties())
    world.file_online(parties=parties())

    relay.relay_batch(at=NOW)

    deferred = ProcrastinateJob.objects.filter(task_name="notifications.send").order_by("id")
    assert [job.args for job in deferred] == [
        {"ids": [pk]} for pk in Message.objects.order_by("pk").values_list("pk", flat=True)
    ]
    assert not mail.outbox


def test_old_news_writes_to_nobody(world):
    world.file_online(parties=parties())

    with time_machine.travel(NOW + timedelta(days=3), tick=False):
        assert relayed(at=NOW + timedelta(days=3)) == []


def test_acceptance_tells_the_code_and_the_date(world):
    filed = world.take_in(parties=parties())

    assert relayed() == ["accepted"]
    send_all()

    event = OutboxEvent.objects.get(topic=DossierAccepted.topic)
    assert filed.code in mail.outbox[0].subject
    assert "Hẹn trả kết quả" in mail.outbox[0].body
    assert event.payload["due_at"]
    assert "17:00 thứ Sáu, 27/11/2026" in mail.outbox[0].body


def test_a_supplement_says_what_until_when_and_hides_identity_numbers(world):
    filed = world.take_in(parties=parties())
    paper = DossierPaper.objects.filter(dossier_id=filed.dossier_id).first()
    item = SupplementItem(reason=f"Ảnh căn cước {IDENTITY} bị mờ, chụp lại", paper_id=paper.pk)
    world.step(filed, "lacking", by="canbo", note="Gửi bản rõ hơn", supplement=(item,))

    assert relayed() == ["accepted", "supplement_asked"]
    send_all()

    body = mail.outbox[1].body
    assert paper.name in body
    assert "bị mờ, chụp lại" in body
    assert IDENTITY not in body
    assert "thứ Tư, 23/12/2026" in body


def test_answering_tells_the_new_date(world):
    filed = world.take_in(parties=parties())
    item = SupplementItem(reason="Thiếu chữ ký")
    world.step(filed, "lacking", by="canbo", supplement=(item,))
    later = NOW + timedelta(days=2)
    with time_machine.travel(later, tick=False):
        stored = documents.store_upload(
            file=io.BytesIO(samples.pdf()), name="bo-sung.pdf", purpose="supplement", at=later, owner_key="test"
        )
        dossiers.answer_supplement(
            dossier_id=filed.dossier_id,
            answers=(SupplementAnswer(paper_id=None, file_ids=(stored.pk,)),),
            actor=world.actor("congdan"),
            at=later,
            proof=Proof(filed.dossier_id),
        )

        assert relayed(at=later) == ["accepted", "supplement_asked", "due_date_changed"]


def test_a_new_date_comes_with_an_apology_and_its_reason_and_a_moved_calendar_writes_to_nobody(world):
    filed = world.take_in(parties=parties())
    dossiers.appoint_new_date(
        dossier_id=filed.dossier_id, reason="Cơ quan phối hợp chưa trả lời", new_due_on=date(2026, 12, 3),
        actor=world.actor("lanhdao"), at=NOW,
    )  # fmt: skip
    day = SpecialDays(kind=DayKind.CLOSURE, since=date(2026, 12, 3), until=date(2026, 12, 4), name="Bão")
    calendars.record_special_days(calendar_code="province", days=day, at=NOW)
    assert dossiers.recompute_due_dates(agency_ids=None, reason="Bão", actor_id=None, at=NOW).moved == 1

    assert relayed() == ["accepted", "due_date_changed"]
    send_all()

    letter = mail.outbox[-1]
    assert "xin lỗi" in letter.subject
    assert "Cơ quan phối hợp chưa trả lời" in letter.body
    assert "17:00 thứ Năm, 03/12/2026" in letter.body


def test_the_result_and_the_refusal_of_a_filing_are_told(world):
    granted = world.take_in(parties=parties())
    world.lead_to(granted, "sign")
    refused = world.file_online(parties=parties())
    dossiers.refuse_filing(
        dossier_id=refused.dossier_id, reason="Hộ kinh doanh đã đăng ký", legal_basis="Điều 5 Nghị định 168/2025/NĐ-CP",
        actor=world.actor("tiepnhan"), at=NOW,
    )  # fmt: skip
    dossiers.withdraw(
        dossier_id=granted.dossier_id, reason="đổi ý", actor=world.actor("congdan"), at=NOW,
        proof=Proof(granted.dossier_id),
    )  # fmt: skip

    assert relayed() == ["accepted", "filed", "not_accepted", "withdrawn"]
    send_all()

    told = {letter.subject.split(": ")[1]: letter.body for letter in mail.outbox}
    assert "Điều 5 Nghị định 168/2025/NĐ-CP" in told["không tiếp nhận"]
    assert "1022" in told["đã rút"]


def test_address_and_words_are_destroyed_once_sent(world):
    world.file_online(parties=parties())
    relay.relay_batch(at=NOW)
    waiting = Message.objects.get()
    assert EMAIL.encode() not in bytes(waiting.content_cipher)
    assert "Hồ sơ".encode() not in bytes(waiting.content_cipher)

    send_all()

    sent = Message.objects.get()
    assert (sent.state, sent.content_cipher) == (MessageState.SENT, None)
    assert sent.closed_at == NOW
    assert selectors.waiting(at=NOW).count == 0
    assert selectors.told_about(sent.dossier_id) == [("filed", "sent", NOW)]

    assert removed_by_purge("messages", at=NOW + timedelta(days=365)) == 0
    assert removed_by_purge("messages", at=NOW + timedelta(days=365, seconds=1)) == 1


class Broken(EmailBackend):
    """A mail server that is down."""

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("gone")


@pytest.fixture
def down(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    return settings


def test_a_mail_that_cannot_leave_waits_longer_each_time_and_is_given_up(world, down):
    world.file_online(parties=parties())
    relay.relay_batch(at=NOW)

    assert send_all() == 0
    message = Message.objects.get()
    assert (message.state, message.error) == (MessageState.PENDING, "SMTPServerDisconnected")
    assert message.next_try_at == NOW + timedelta(minutes=1)
    assert send_all(NOW + timedelta(seconds=30)) == 0
    assert Message.objects.get().attempts == 1

    at = NOW
    while Message.objects.get().state == MessageState.PENDING:
        at = Message.objects.get().next_try_at
        send_all(at)
    given_up = Message.objects.get()
    assert (given_up.state, given_up.content_cipher) == (MessageState.FAILED, None)
    assert timedelta(days=1) < at - NOW < timedelta(days=3)


def test_a_mail_leaves_once_the_server_is_back(world, down):
    world.file_online(parties=parties())
    relay.relay_batch(at=NOW)
    send_all()
    down.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert send_all(NOW + timedelta(minutes=2)) == 1

    assert Message.objects.get().state == MessageState.SENT


def test_the_rest_of_a_chunk_waits_when_the_server_is_down(world, down):
    for _ in range(5):
        world.file_online(parties=parties())
    relay.relay_batch(at=NOW)

    send_all()

    assert sorted(Message.objects.values_list("attempts", flat=True)) == [0, 0, 1, 1, 1]


def test_a_worker_that_died_between_sending_and_noting_sends_again_under_the_same_name(world, monkeypatch):
    world.file_online(parties=parties())
    relay.relay_batch(at=NOW)
    with monkeypatch.context() as crash:
        crash.setattr(services, "_finish", lambda *_args, **_kwargs: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            send_all()
    assert Message.objects.get().state == MessageState.SENDING
    assert send_all(NOW + timedelta(minutes=5)) == 0

    send_all(NOW + timedelta(minutes=20))

    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert Message.objects.get().state == MessageState.PERHAPS_SENT_TWICE


@pytest.mark.django_db(transaction=True)
def test_no_mail_leaves_inside_a_transaction(monkeypatch):
    world = make_world()
    world.file_online(parties=parties())
    relay.relay_batch(at=NOW)
    seen = []

    def look(self, messages):
        seen.append(connection.in_atomic_block)
        return len(messages)

    monkeypatch.setattr(EmailBackend, "send_messages", look)
    jobs.send(ids=services.due_messages(at=NOW))

    assert seen == [False]


def test_sending_inside_somebody_elses_transaction_is_refused(transactional_db):
    with transaction.atomic(), pytest.raises(RuntimeError):
        services.send_messages(ids=[1], now=lambda: NOW)


def test_no_personal_data_reaches_the_log(world, down, caplog, capsys):
    world.file_online(parties=parties())
    relay.relay_batch(at=NOW)
    send_all()

    said = caplog.text + capsys.readouterr().err
    assert "message_not_sent" in said
    for personal in (IDENTITY, EMAIL, "Duyên", "0913000128"):
        assert personal not in said


def test_dossiers_without_an_address_cost_one_statement(world, django_assert_num_queries):
    world.file_online(parties=parties(email=""))
    event = OutboxEvent.objects.get(topic=DossierFiled.topic)
    delivered = Delivered(event.pk, event.topic, event.subject, event.payload, event.occurred_at)

    with django_assert_num_queries(1):
        assert writing.write_messages([delivered], at=NOW) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Số 089187004127 bị mờ", "Số 089 ••• 127 bị mờ"),
        ("Số 0891 8700 4127 bị mờ", "Số 089 ••• 127 bị mờ"),
        ("CMND 351 234 567 hết hạn", "CMND 351 ••• 567 hết hạn"),
        ("Gọi 0913 555 128", "Gọi 0913 555 128"),
        ("Vốn 100.000.000 đồng", "Vốn 100.000.000 đồng"),
        ("Trang 2 của 15", "Trang 2 của 15"),
        ("Nộp trước 30/11/2026", "Nộp trước 30/11/2026"),
    ],
)
def test_long_numbers_lose_their_middle(text, shown):
    assert masked(text) == shown
