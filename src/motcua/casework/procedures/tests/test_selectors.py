"""The page, limits by case, place and channel, offers and intake."""

from collections.abc import Callable
from datetime import date

import pytest

from motcua.casework.procedures import selectors, services
from motcua.casework.procedures.models import Case, ProcedureVersion, TimeLimit
from motcua.casework.procedures.tests.conftest import AT, SINCE, TODAY, make_record, run_import
from motcua.casework.procedures.types import OfferNotFound, ProcedureNotInForce, VersionOverlaps
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core.types import NotFound

pytestmark = pytest.mark.django_db


def publish_offer(agency_id: int | None, **changes: object) -> object:
    wanted = {
        "procedure_code": "1.000001",
        "agency_id": agency_id,
        "level": "commune",
        "process_code": "thu",
        "valid_from": SINCE,
        "actor": SYSTEM,
        "at": AT,
    } | changes
    return services.publish_offer(**wanted)  # type: ignore[arg-type]


def test_an_unknown_code_is_not_found() -> None:
    with pytest.raises(NotFound):
        selectors.procedure_page("1.999999", on=TODAY)


def test_an_ended_procedure_names_its_successors() -> None:
    run_import(make_record(), make_record(code="1.000002", name="Thủ tục mới"))
    services.end_procedure(code="1.000001", ended_on=date(2026, 7, 1), successors=["1.000002"], actor=SYSTEM, at=AT)

    assert selectors.procedure_page("1.000001", on=date(2026, 6, 30)).code == "1.000001"
    with pytest.raises(ProcedureNotInForce) as caught:
        selectors.procedure_page("1.000001", on=date(2026, 7, 1))

    assert caught.value.http_status == 410
    assert caught.value.ended_on == date(2026, 7, 1)
    assert [successor.code for successor in caught.value.successors] == ["1.000002"]


def test_a_procedure_that_has_not_begun_is_not_in_force() -> None:
    run_import(make_record())

    with pytest.raises(ProcedureNotInForce) as caught:
        selectors.procedure_page("1.000001", on=date(2025, 6, 30))

    assert caught.value.ended_on is None


@pytest.fixture
def limits() -> dict[str, int | None]:
    """A version with limits for a case, a remote place, and a reduced one online."""
    cases = [{"case": name, "components": [{"name": "Đơn", "originals": 1, "copies": 0}]} for name in ("Mới", "Lại")]
    run_import(make_record(dossier_cases=cases))
    version = ProcedureVersion.objects.get()
    new, renewed = Case.objects.order_by("position")
    common = {"version": version, "statutory_unit": "working_day"}
    TimeLimit.objects.bulk_create(
        [
            TimeLimit(**common, position=1, channel="direct", case=renewed, statutory_value=1),
            TimeLimit(**common, position=2, channel="direct", place_kind="remote", statutory_value=13),
            TimeLimit(
                **common,
                position=3,
                channel="online",
                statutory_value=3,
                reduced_value=2,
                reduced_unit="working_day",
            ),
        ]
    )
    return {"version": version.pk, "new": new.pk, "renewed": renewed.pk, "none": None}


@pytest.mark.parametrize(
    ("case", "channel", "place", "value"),
    [
        ("new", "direct", "any", 3),
        ("renewed", "direct", "any", 1),
        ("new", "direct", "remote", 13),
        ("none", "direct", "any", 3),
        ("new", "online", "any", 2),
        ("new", "online", "remote", 2),
        ("new", "postal", "any", None),
    ],
)
def test_the_narrowest_limit_applies(
    limits: dict[str, int], case: str, channel: str, place: str, value: int | None
) -> None:
    line = selectors.limit_for(version_id=limits["version"], case_id=limits[case], channel=channel, place_kind=place)

    assert (line.value if line else None) == value


def test_the_reduced_limit_is_promised_and_the_statutory_one_kept(limits: dict[str, int]) -> None:
    line = selectors.limit_for(version_id=limits["version"], case_id=None, channel="online")

    assert line is not None
    assert (line.value, line.statutory_value) == (2, 3)


def test_a_settled_limit_needs_no_review_and_settling_twice_changes_nothing() -> None:
    record = make_record()
    record["submission_methods"][0]["time_unit"] = "other"
    run_import(record)
    settle = {"code": "1.000001", "channel": "", "statutory": (3, "working_day"), "actor": SYSTEM, "at": AT}

    first, second = services.confirm_limit(**settle), services.confirm_limit(**settle)  # type: ignore[arg-type]

    assert (first, second) == (1, 0)
    assert not TimeLimit.objects.get().needs_review


def test_all_communes_take_a_procedure_except_those_named(agency: Callable[..., int]) -> None:
    run_import(make_record())
    long_xuyen, hon_nghe = agency("DEMO.1"), agency("DEMO.2")
    department = agency("DEMO.3", kind="department", level="province")
    publish_offer(None, excepted_ids=[hon_nghe])

    assert selectors.offer_for(code="1.000001", agency_id=long_xuyen, on=TODAY).agency_id is None
    for other in (hon_nghe, department):
        with pytest.raises(OfferNotFound):
            selectors.offer_for(code="1.000001", agency_id=other, on=TODAY)
    assert [card.procedure_code for card in selectors.offers_of_agency(long_xuyen, on=TODAY)] == ["1.000001"]
    assert selectors.offers_of_agency(hon_nghe, on=TODAY) == []
    assert selectors.search("", on=TODAY, agency_id=long_xuyen).total == 1
    assert selectors.search("", on=TODAY, agency_id=hon_nghe).total == 0


def test_a_communes_own_offer_goes_before_that_of_all(agency: Callable[..., int]) -> None:
    run_import(make_record())
    own = agency("DEMO.1")
    publish_offer(None)
    publish_offer(own, process_code="rieng")

    assert selectors.offer_for(code="1.000001", agency_id=own, on=TODAY).process_code == "rieng"
    assert [card.process_code for card in selectors.offers_of_agency(own, on=TODAY)] == ["rieng"]


def test_publishing_an_offer_again_is_idempotent_and_a_change_ends_the_one_before() -> None:
    run_import(make_record())
    first = publish_offer(None)

    assert publish_offer(None) == first
    with pytest.raises(VersionOverlaps):
        publish_offer(None, process_code="khac")
    changed = publish_offer(None, process_code="khac", valid_from=date(2026, 8, 1))

    procedure_id = ProcedureVersion.objects.get().procedure_id
    assert [card.process_code for card in selectors.offers_of(procedure_id, on=date(2026, 7, 31))] == ["thu"]
    assert [card.id for card in selectors.offers_of(procedure_id, on=TODAY)] == [changed.pk]  # type: ignore[attr-defined]


def test_an_intake_is_offered_what_is_published() -> None:
    run_import(make_record())
    offer = publish_offer(None, channels=["online", "direct"])

    choice = selectors.intake_choice(offer.pk, on=TODAY)  # type: ignore[attr-defined]

    assert choice.channels == ("direct",)
    assert [case.papers[0].name for case in choice.cases] == ["Tờ khai"]
    limit = choice.limit_for(case_id=choice.cases[0].id, channel="direct")
    assert limit is not None
    assert limit.value == 3
    assert [fee.amount_vnd for fee in choice.fees_for(case_id=None, channel="direct")] == [8000]
    assert choice.schema == {}


def test_a_page_asks_as_often_for_many_parts_as_for_few(assert_flat_queries: Callable[..., None]) -> None:
    made = []

    def grow(number: int) -> None:
        code = f"1.{len(made):06d}"
        cases = [
            {"case": f"Trường hợp {n}", "components": [{"name": f"Giấy {n}", "originals": 1, "copies": 0}] * 1}
            for n in range(number)
        ]
        run_import(make_record(code=code, dossier_cases=cases, results=[{"name": f"r{n}"} for n in range(number)]))
        made.append(code)

    assert_flat_queries(lambda: selectors.procedure_page(made[-1], on=TODAY), grow=grow, at_most=13)


def test_fields_levels_and_life_events_are_counted() -> None:
    run_import(make_record(), make_record(code="1.000002", levels=["tinh"], name="Khác"))
    events = [{"code": "sinh-con", "name": "Sinh con", "procedures": ["1.000001", "9.999999"]}]
    services.apply_arrangement({"life_events": events}, actor=SYSTEM, at=AT)

    assert [(card.name, card.count) for card in selectors.fields(on=TODAY)] == [("Hộ tịch", 2)]
    assert selectors.levels(on=TODAY) == {"province": 1, "commune": 1, "ministry": 0, "other": 0}
    assert [(card.code, card.count) for card in selectors.life_events(on=TODAY)] == [("sinh-con", 1)]
