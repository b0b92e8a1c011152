"""Search over the packaged catalogue: every title, everyday words, slips, filters."""

from random import Random
from unittest import mock

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.casework.procedures import selectors, services
from motcua.casework.procedures.models import Procedure, ProcedureVersion
from motcua.casework.procedures.searching import knowledge as knowledge_module
from motcua.casework.procedures.searching.correction import correct
from motcua.casework.procedures.searching.knowledge import knowledge
from motcua.casework.procedures.searching.lexicon import make_lexicon
from motcua.casework.procedures.searching.marking import mark
from motcua.casework.procedures.tests.conftest import AT, SINCE, TODAY
from motcua.casework.procedures.tests.slips import slipped
from motcua.casework.procedures.types import ImportReport
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core.folding import fold
from motcua.foundation.core.ids import uuid7

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("packaged")]


def first_codes(text: str, **filters: object) -> list[str]:
    return [hit.code for hit in selectors.search(text, on=TODAY, limit=5, **filters).results]  # type: ignore[arg-type]


def test_the_package_holds_the_catalogue_and_loads_once(packaged: ImportReport) -> None:
    assert packaged.created >= 400
    assert packaged.refused == 0

    again = services.load_packaged(valid_from=SINCE, actor=SYSTEM, at=AT)

    assert (again.created, again.changed, again.unchanged) == (0, 0, packaged.created)


def test_titles_without_diacritics_come_first_and_slips_stay_in_the_first_five() -> None:
    """The whole measure is `python -m bench.searching`: 4,028 and 10,000 procedures, and the time it takes."""
    titles = sorted({fold(name) for name in ProcedureVersion.objects.values_list("name", flat=True)})
    random = Random(20)
    sample = random.sample(titles, 120)

    first = [text for text in sample if first_titles(text, 1) == [text]]
    mended = [text for text in sample if text in first_titles(slipped(text, random), 5)]

    assert len(first) == len(sample)
    assert len(mended) >= 0.97 * len(sample)


def first_titles(text: str, count: int) -> list[str]:
    return [fold(hit.name) for hit in selectors.search(text, on=TODAY, limit=count).results]


def test_what_is_no_longer_in_force_is_not_found_even_by_a_process_that_knew_it() -> None:
    title = "dang ky ket hon co yeu to nuoc ngoai"
    (code, *_rest) = first_codes(title)
    knew = knowledge(on=TODAY)

    Procedure.objects.get(code=code).versions.update(valid=DateRange(SINCE, TODAY))

    assert code not in first_codes(title)
    assert code not in [line.code for line in selectors.suggest(title, on=TODAY)]
    assert knowledge(on=TODAY) is knew


def test_what_another_process_publishes_is_found_at_once() -> None:
    assert "9.000001" not in first_codes("nuoi tom hum")
    version = ProcedureVersion.objects.select_related("procedure").latest("pk")

    version.procedure = Procedure.objects.create(code="9.000001")
    version.pk, version.public_id, version.name = None, uuid7(), "Đăng ký nuôi tôm hùm"
    version.save(force_insert=True)
    with mock.patch.object(knowledge_module, "_REST", 0.0):
        assert first_codes("nuoi tom hum")[0] == "9.000001"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("giay phep xay dung", "1.013225"),
        ("giay phep xay nha", "1.013225"),
        ("làm giấy khai sinh cho con", "2.000986"),
        ("lam giay khai sinh cho con", "2.000986"),
        ("mo cua hang", "1.001612"),
        ("mở quán", "1.001612"),
        ("hộ kinh doanh", "1.001612"),
        ("sổ đỏ", "1.012783"),
        ("mất sổ đỏ", "1.115203"),
        ("cong chung", "2.000815"),
        ("sao y", "2.000815"),
        ("chung thuc ban sao", "2.000815"),
        ("BHYT", "1.014137"),
        ("hộ khẩu", "1.004222"),
        ("lý lịch tư pháp", "3.000334"),
        ("xac nhan doc than", "1.004873"),
        ("giấy chứng tử", "1.000656"),
        ("dang ky ket hon", "1.000894"),
        ("cccd", "1.014063"),
        ("bang lai xe", "3.000348"),
        ("tach thua", "1.115201"),
        ("hộ nghèo", "1.011607"),
        ("di chuc", "2.001019"),
        ("nghia vu quan su", "1.013133"),
        ("tau ca", "1.003650"),
        ("dau tu du an", "1.009645"),
        ("2.000815", "2.000815"),
    ],
)
def test_everyday_words_find_the_procedure(text: str, code: str) -> None:
    assert code in first_codes(text)


@pytest.mark.parametrize(
    ("text", "corrected", "code"),
    [
        ("khai sjnh", "khai sinh", "2.000635"),
        ("ho kih doanh", "hộ kinh doanh", "1.001612"),
        ("giay phep say dung", "giấy phép xây dựng", "1.013225"),
        ("ket hom", "kết hôn", "1.000894"),
        ("dangky khai tu", "đăng ký khai tử", "1.000656"),
        ("chung thuk", "chứng thực", "2.000815"),
    ],
)
def test_slips_are_mended_and_said(text: str, corrected: str, code: str) -> None:
    page = selectors.search(text, on=TODAY)

    assert page.corrected == corrected
    assert code in [hit.code for hit in page.results][:5]


def test_words_that_find_enough_are_not_corrected() -> None:
    assert selectors.search("đăng ký kết hôn", on=TODAY).corrected == ""


@pytest.mark.parametrize("text", ["qwerty zxcvb", "%%%", "'; DROP TABLE", "!!!", "\x00", "a" * 3000])
def test_nonsense_finds_nothing_and_breaks_nothing(text: str) -> None:
    page = selectors.search(text, on=TODAY)

    assert page.total >= 0
    assert not page.is_over


def test_filters_that_leave_nothing_say_so_instead_of_showing_something_else() -> None:
    assert selectors.search("đăng ký kết hôn", on=TODAY, level="province").total == 0


def test_filters_narrow_and_facets_count() -> None:
    everything = selectors.search("", on=TODAY)
    communes = selectors.search("", on=TODAY, level="commune")
    online = selectors.search("", on=TODAY, level="commune", channel="online", audience="citizen")

    assert everything.total == ProcedureVersion.objects.count()
    assert communes.total == everything.facets["level"]["commune"]
    assert 0 < online.total < communes.total
    assert all("commune" in hit.levels and hit.is_online for hit in online.results)


def test_a_field_and_a_life_event_are_listed_in_full() -> None:
    field = next(card for card in selectors.fields(on=TODAY) if card.name == "Chứng thực")
    event = next(card for card in selectors.life_events(on=TODAY) if card.code == "chung-thuc")

    assert selectors.search("", on=TODAY, field=field.code).total == field.count == 8
    assert selectors.search("", on=TODAY, life_event="chung-thuc").total == event.count == 8


def test_pages_follow_each_other_without_gap_or_repetition() -> None:
    whole = [hit.code for hit in selectors.search("khai sinh", on=TODAY, limit=50).results]
    parts = [
        hit.code
        for offset in range(0, len(whole), 4)
        for hit in selectors.search("khai sinh", on=TODAY, limit=4, offset=offset).results
    ]

    assert parts == whole


def test_a_card_says_purpose_limit_fee_and_marks_the_words() -> None:
    hit = selectors.search("ho kinh doanh", on=TODAY).results[0]

    assert hit.purpose.startswith("Cấp Giấy chứng nhận")
    assert hit.limit is not None
    assert (hit.limit.value, hit.limit.unit, hit.limit.needs_review) == (3, "working_day", False)
    assert hit.fee is not None
    assert hit.fee.amount_vnd == 50_000
    assert [text for text, is_match in hit.marked if is_match] == ["hộ kinh doanh"]


def test_names_and_purposes_come_in_english_where_they_were_translated() -> None:
    hit = selectors.hits(["1.001612"], on=TODAY, lang="en")[0]

    assert hit.name == "Registration of a household business"


def test_hits_keep_the_order_asked_for() -> None:
    codes = ["2.000815", "1.001612", "9.999999", "1.000894"]

    assert [hit.code for hit in selectors.hits(codes, on=TODAY)] == ["2.000815", "1.001612", "1.000894"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("dang ky ket h", "1.000894"), ("chung thuc b", "2.000815"), ("khai sjnh", "2.000635"), ("ho kih do", "1.001612")],
)
def test_suggestions_take_an_unfinished_word(text: str, code: str) -> None:
    found = selectors.suggest(text, on=TODAY)

    assert code in [line.code for line in found]
    assert len(found) <= 5


def test_search_asks_a_fixed_number_of_times(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    selectors.search("khai sinh", on=TODAY)
    for limit in (2, 12, 50):
        with django_assert_max_num_queries(6):
            selectors.search("khai sinh", on=TODAY, limit=limit)


def test_correction_is_told_by_the_neighbours() -> None:
    words = make_lexicon(["Đăng ký hộ kinh doanh", "Hồ sơ khi xây dựng"], [])

    assert correct(["ho", "kih", "doanh"], words) == ["ho", "kinh", "doanh"]
    assert correct(["zzzzzz"], words) == ["zzzzzz"]
    assert words.write(["ho", "kinh", "doanh"]) == "hộ kinh doanh"


def test_marking_joins_neighbouring_words() -> None:
    assert mark("Đăng ký hộ kinh doanh", frozenset({"ho", "kinh"})) == (
        ("Đăng ký ", False),
        ("hộ kinh", True),
        (" doanh", False),
    )
