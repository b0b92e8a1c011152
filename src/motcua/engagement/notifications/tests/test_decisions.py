"""The publisher of a decision is reminded once to enter it in the national database."""

from datetime import date, datetime

import pytest

from motcua.engagement.notifications import decisions
from motcua.engagement.notifications.models import Message
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.outbox import Delivered

AT = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)


def test_the_letter_says_which_decision_until_when_and_where_to_note_it(settings):
    settings.MOTCUA_SITE_URL = "https://vi.du"
    near = decisions.letter(number="77/QĐ-UBND", due_on=date(2026, 11, 30), decision_id="x", on=AT.date())
    late = decisions.letter(number="77/QĐ-UBND", due_on=date(2026, 11, 20), decision_id="x", on=AT.date())

    assert "77/QĐ-UBND" in near.subject
    assert "30/11/2026" in near.body
    assert "https://vi.du/office/decisions/x/" in near.body
    assert late.subject.startswith("Quá hạn")


@pytest.mark.django_db
def test_one_message_an_event_to_a_confirmed_address(monkeypatch):
    said = {"decision_id": "x", "number": "77/QĐ-UBND", "due_on": "2026-11-30", "person_id": 1}
    event = Delivered(7, "procedures.decision_entry_due", "x", said, AT)
    monkeypatch.setattr(decisions, "_address", lambda person_id, at: "liem@example.vn")

    assert len(decisions.write_entry_reminders([event], at=AT)) == 1
    assert decisions.write_entry_reminders([event], at=AT) == []
    assert Message.objects.get().kind == "decision_entry"
