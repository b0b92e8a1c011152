"""Who takes which procedure: assign with a preview, exceptions, history, end; gaps, coverage, reception levels."""

from datetime import date

import pytest
from django.urls import reverse
from tests.world import BUSINESS, CERTIFICATION, NOW

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services
from motcua.casework.procedures.models import Offer, ProcedureVersion, TimeLimit
from motcua.casework.procedures.types import Gap, Nature, OfferNotFound
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.organisations import selectors as organisations

TODAY = NOW.date()
LATER = date(2026, 12, 1)
ASSIGN = "office:offers-assign"


def public_id(world, short):
    return organisations.agency(world.units[short], on=TODAY).public_id


def entered(**changes):
    offer = Offer.objects.filter(procedure__code=BUSINESS).first()
    return {
        "procedure_codes": BUSINESS, "field": "", "all_communes": "on", "process_code": offer.process_code,
        "eform_code": "", "channels": ["direct", "postal"], "place": "centre", "quick_form": "",
        "valid_from": "01/12/2026", "reason": "Quyết định số 12/QĐ-UBND", "lock": "",
    } | changes  # fmt: skip


def test_an_assignment_is_looked_at_then_done_with_an_exception_and_kept_in_the_history(world, sign_in):
    controller = sign_in("kiemsoat")
    data = entered(excepted=[public_id(world, "other_commune")])
    before = list(Offer.objects.order_by("pk").values_list("pk", "valid"))

    looked = controller.post(reverse(ASSIGN), data | {"do": "preview"})
    assert looked.status_code == 200
    assert 'value="assign"' in looked.text
    assert list(Offer.objects.order_by("pk").values_list("pk", "valid")) == before

    done = controller.post(reverse(ASSIGN), data | {"do": "assign"}, follow=True)
    assert done.status_code == 200
    offer = Offer.objects.filter(procedure__code=BUSINESS, agency=None).latest("pk")
    assert (offer.valid.lower, offer.channels) == (LATER, ["direct", "postal"])
    units = world.units
    assert procedures.offer_for(code=BUSINESS, agency_id=units["commune"], on=LATER).id == offer.pk
    with pytest.raises(OfferNotFound):
        procedures.offer_for(code=BUSINESS, agency_id=units["other_commune"], on=LATER)
    assert procedures.offer_for(code=BUSINESS, agency_id=units["other_commune"], on=TODAY).id != offer.pk

    sheet = controller.get(reverse("office:offer", args=[offer.public_id])).text
    assert "Quyết định số 12/QĐ-UBND" in sheet
    assert organisations.agency(units["other_commune"], on=TODAY).name in sheet

    again = controller.post(reverse(ASSIGN), data | {"do": "preview"})
    assert 'value="assign"' not in again.text
    ended = controller.post(reverse("office:offer-end", args=[offer.public_id]), {"ended_on": "31/12/2026"})
    assert ended.status_code == 302
    offer.refresh_from_db()
    assert offer.valid.upper == date(2026, 12, 31)
    assert [change.act for change in offer.changes.order_by("pk")] == ["made", "ended"]


@pytest.mark.parametrize(
    ("label", "changes", "field"),
    [
        ("no such procedure", {"procedure_codes": "9.999999"}, "procedure_codes"),
        ("neither code nor field", {"procedure_codes": " "}, "procedure_codes"),
        ("nobody", {"all_communes": ""}, "agencies"),
        ("no such agency", {"all_communes": "", "agencies": ["01930000-0000-7000-8000-000000000000"]}, "agencies"),
        ("no such process", {"process_code": "khong-co"}, "process_code"),
        ("no such form", {"eform_code": "khong-co"}, "eform_code"),
        ("online without a form", {"channels": ["online"]}, "eform_code"),
        ("exceptions of nobody", {"all_communes": "", "excepted": "other"}, "excepted"),
        ("a day before one that has begun", {"valid_from": "01/07/2025"}, "valid_from"),
        ("no day", {"valid_from": "31/02/2026"}, "valid_from"),
    ],
)
def test_what_is_wrong_is_said_at_its_entry_and_nothing_is_done(world, sign_in, label, changes, field):
    if changes.get("excepted"):
        changes = changes | {"excepted": [public_id(world, "other_commune")]}
    before = Offer.objects.count()

    answer = sign_in("kiemsoat").post(reverse(ASSIGN), entered(**changes) | {"do": "assign"})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Quyết định số 12/QĐ-UBND" in answer.text
    assert Offer.objects.count() == before


def test_only_procedure_control_and_administration_assign(world, sign_in):
    officer = sign_in("canbo")

    assert officer.get(reverse("office:offers")).status_code == 200
    assert officer.get(reverse(ASSIGN)).status_code == 403
    assert officer.post(reverse(ASSIGN), entered() | {"do": "assign"}).status_code == 403


def test_a_gap_leads_to_where_it_is_mended_and_is_gone_then(world, sign_in):
    controller = sign_in("kiemsoat")
    world.take_in()
    TimeLimit.objects.filter(version__procedure__code=BUSINESS).update(needs_review=True)
    often = {"often": "1", "q": BUSINESS}
    shown = {row.gap for row in procedures.gaps(on=TODAY, dossiers={}, often=1) if row.code == BUSINESS}
    assert Gap.LIMIT in shown
    assert reverse("office:limits-sheet", args=[BUSINESS]) in controller.get(reverse("office:gaps"), often).text

    services.confirm_limit(code=BUSINESS, channel="", actor=SYSTEM, at=NOW)

    assert reverse("office:limits-sheet", args=[BUSINESS]) not in controller.get(reverse("office:gaps"), often).text
    lost = Offer.objects.filter(procedure__code=BUSINESS)
    lost.update(eform=None)
    text = controller.get(reverse("office:gaps"), often | {"gap": "not_online"}).text
    assert f"{reverse(ASSIGN)}?offer={lost.first().public_id}" in text
    assert "not_online" not in {
        row.gap for row in procedures.gaps(on=TODAY, dossiers={lost.first().procedure_id: 1}, often=2)
    }
    file = controller.get(reverse("office:gaps-export", args=["csv"]), often)
    assert BUSINESS in b"".join(file.streaming_content).decode()


def test_coverage_counts_processes_in_force_and_never_services_of_companies(world, sign_in):
    def of_commune():
        return next(row for row in procedures.coverage(on=TODAY) if row.agency_id == world.units["commune"])

    whole = of_commune()
    assert (whole.procedures, whole.both, whole.share) == (whole.procedures, whole.procedures, 100)
    Offer.objects.filter(procedure__code=BUSINESS).update(process_code="chua-ve")
    assert of_commune().both == whole.both - 1
    ProcedureVersion.objects.filter(procedure__code=BUSINESS).update(nature=Nature.COMPANY_SERVICE)
    assert (of_commune().procedures, of_commune().share) == (whole.procedures - 1, 100)

    page = sign_in("kiemsoat").get(reverse("office:coverage"))
    assert organisations.agency(world.units["commune"], on=TODAY).name in page.text


def test_levels_are_never_mixed_and_companies_are_apart(world, sign_in):
    world.take_in()
    world.take_in(code=CERTIFICATION)
    ProcedureVersion.objects.filter(procedure__code=CERTIFICATION).update(nature=Nature.COMPANY_SERVICE)

    page = sign_in("kiemsoat").get(reverse("office:reception"))
    rows = {item["row"].level: item for item in page.context["rows"]}
    commune = rows["commune_centres"]

    assert (commune["dossiers"]["procedures"], commune["dossiers"]["services"]) == (1, 1)
    assert commune["row"].services == 1
    assert commune["row"].kinds == len(commune["row"].procedure_ids)
    assert rows["province_centre"]["dossiers"]["procedures"] == 0
    export = sign_in("kiemsoat").get(reverse("office:reception-export", args=["csv"]))
    assert len(b"".join(export.streaming_content).decode().strip().splitlines()) == 4


def test_the_list_asks_as_often_for_many_as_for_few(world, assert_flat_queries):
    codes = [code for code, _day in procedures.published_days(on=TODAY)]
    process = Offer.objects.filter(procedure__code=BUSINESS).first().process_code
    made: list[str] = []

    def grow(count: int) -> None:
        for number in range(count):
            code = codes[(len(made) + number) % len(codes)]
            agency = world.units["department"] if number % 2 else world.units["economy"]
            services.publish_offer(
                procedure_code=code, agency_id=agency, level="province", process_code=process, valid_from=TODAY,
                actor=SYSTEM, at=NOW,
            )  # fmt: skip
            made.append(code)

    assert_flat_queries(lambda: procedures.offer_rows(on=TODAY), grow=grow)
    assert_flat_queries(lambda: procedures.gaps(on=TODAY, dossiers={}, often=1), grow=grow, at_most=9)
    assert_flat_queries(lambda: procedures.coverage(on=TODAY), grow=grow)
