"""How figures, days and hours are written."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from motcua.faces.design import formatting, marks
from motcua.foundation.core.clock import VIETNAM

NOW = datetime(2026, 11, 23, 10, 12, tzinfo=VIETNAM)
DAY = 28_800.0


@pytest.mark.parametrize(
    ("written", "vi", "en"),
    [
        (lambda: formatting.money(50_000), "50.000 đ", "50,000 VND"),
        (lambda: formatting.money(0), "0 đ", "0 VND"),
        (lambda: formatting.number(41_876_024), "41.876.024", "41,876,024"),
        (lambda: formatting.percent(98.649), "98,64 %", "98.64%"),
        (lambda: formatting.percent(100), "100 %", "100%"),
        (lambda: formatting.percent(Decimal("98.96"), 1), "98,9 %", "98.9%"),
        (lambda: formatting.percent(None), "–", "–"),
        (lambda: formatting.day(date(2026, 11, 27)), "thứ Sáu, 27/11/2026", "Friday, 27 November 2026"),
        (lambda: formatting.day(date(2026, 11, 29)), "Chủ Nhật, 29/11/2026", "Sunday, 29 November 2026"),
        (lambda: formatting.day(date(2026, 11, 2), "short"), "02/11", "2 Nov"),
        (lambda: formatting.instant(NOW), "10:12 thứ Hai, 23/11/2026", "10:12 on Monday, 23 November 2026"),
        (lambda: formatting.hours(92_880), "25 giờ 48 phút", "25 hours 48 minutes"),
        (lambda: formatting.hours(3600), "1 giờ", "1 hour"),
        (lambda: formatting.hours(20_880, "short"), "5 giờ 48", "5 h 48"),
        (lambda: formatting.hours(0), "0 giờ", "0 hours"),
        (lambda: formatting.size(3_400_000), "3,4 MB", "3.4 MB"),
        (lambda: formatting.size(38_200), "38 kB", "38 kB"),
    ],
)
def test_written_as_people_write_it(written, vi, en):
    with translation.override("vi"):
        in_vietnamese = written()
    with translation.override("en"):
        in_english = written()

    assert in_vietnamese.replace("\u00a0", " ") == vi
    assert in_english.replace("\u00a0", " ") == en


def test_an_instant_of_another_zone_is_told_in_vietnams_time():
    from datetime import UTC

    assert formatting.clock_time(datetime(2026, 11, 23, 3, 12, tzinfo=UTC)) == "10:12"


@pytest.mark.parametrize(
    ("label", "facts", "tone", "words"),
    [
        ("time left", {"due_at": NOW + timedelta(days=4), "left": 3.5 * DAY}, "", "3 days left"),
        ("a day or less", {"due_at": NOW + timedelta(days=2), "left": 20_880.0}, "soon", "5 h 48 left"),
        ("today", {"due_at": NOW.replace(hour=17, minute=0)}, "today", "Today 17:00"),
        ("late by days", {"due_at": NOW - timedelta(days=3), "left": -1 * DAY}, "late", "1 day overdue"),
        ("late by hours", {"due_at": NOW - timedelta(hours=3), "left": -10_800.0}, "late", "3 h overdue"),
        ("paused", {"due_at": NOW - timedelta(days=3), "paused": True, "paused_days": 3}, "paused", "Paused 3 days"),
        (
            "finished early",
            {"due_at": NOW, "finished_at": NOW - timedelta(days=1), "left": DAY},
            "early",
            "1 day early",
        ),
        (
            "finished late",
            {"due_at": NOW, "finished_at": NOW + timedelta(days=2), "left": -2 * DAY},
            "late",
            "2 days late",
        ),
        ("finished the same day", {"due_at": NOW, "finished_at": NOW, "left": 0.0}, "early", "On time"),
        ("none", {"due_at": None}, "", "No deadline yet"),
        ("not computed", {"due_at": NOW + timedelta(days=4)}, "", "Due 27 Nov"),
    ],
)
def test_deadline_says_the_words_first(label, facts, tone, words):
    with translation.override("en"):
        item = marks.due(now=NOW, **facts)

    assert (item.tone, item.words.replace("\u00a0", " ")) == (tone, words), label


def test_words_given_by_people_are_escaped_in_marks():
    assert "<b>" not in str(marks.tag("<b>", picture="check"))
    assert "<b>" not in str(marks.due_badge(marks.Due("", "clock", "x"), title="<b>"))
    assert "<b>" not in str(marks.state_tag("<b>"))
