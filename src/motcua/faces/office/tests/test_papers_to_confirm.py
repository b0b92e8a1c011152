"""Papers whose kind the import proposed: who may confirm, what is written down, what the counter says meanwhile."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.html import escape
from tests.world import BUSINESS, NOW, SINCE

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services
from motcua.casework.procedures.models import ComponentConfirmation
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core.types import Invalid, NotAllowed, NotFound

LIST = reverse("office:papers-to-confirm")
SHEET = reverse("office:papers-sheet", args=[BUSINESS])
TODAY = NOW.date()


def _papers(code: str = BUSINESS):
    return [paper for case in procedures.sheet_to_confirm(code, on=TODAY).cases for paper in case.papers]


def test_the_list_counts_what_is_left_and_finds_by_words_without_marks(world, sign_in):
    client = sign_in("kiemsoat")

    page = client.get(LIST).content.decode()
    found = client.get(LIST, {"q": "ho kinh doanh"}).content.decode()

    assert "Đăng ký thành lập hộ kinh doanh" in page
    assert "2 trên 2 cần xác nhận" in page
    assert "Chứng thực bản sao" not in found
    assert "Không thấy thủ tục nào" in client.get(LIST, {"q": "khong co gi"}).content.decode()


def test_all_papers_are_confirmed_at_once_with_a_changed_kind_and_name_and_time_are_kept(world, sign_in):
    client = sign_in("kiemsoat")
    first, second = _papers()
    version = procedures.sheet_to_confirm(BUSINESS, on=TODAY).version_id

    client.post(SHEET, {"version": version, f"k{first.id}": first.kind, f"k{second.id}": "show"})

    after = _papers()
    assert [(paper.kind, paper.is_confirmed) for paper in after] == [(first.kind, True), ("show", True)]
    assert (after[1].last.proposed, after[1].last.by, after[1].last.at) == (second.kind, "Bùi Thanh Liêm", NOW)
    assert "Bùi Thanh Liêm" in client.get(SHEET).content.decode()


def test_one_paper_is_confirmed_alone_and_again_makes_no_second_line(world, sign_in):
    client = sign_in("quantri")
    first, second = _papers()
    version = procedures.sheet_to_confirm(BUSINESS, on=TODAY).version_id
    given = {"version": version, "only": first.id, f"k{first.id}": "submit", f"k{second.id}": "note"}

    client.post(SHEET, given)
    client.post(SHEET, given)

    assert [paper.is_confirmed for paper in _papers()] == [True, False]
    assert _papers()[1].kind == second.kind
    assert ComponentConfirmation.objects.filter(component_id=first.id).count() == 1


def test_the_counter_says_which_kinds_nobody_confirmed(world, sign_in):
    desk, url = sign_in("tiepnhan"), reverse("office:counter")
    url = reverse("office:intake", args=[world.choice().offer.public_id])
    before = desk.get(url).content.decode()
    kinds = {paper.id: paper.kind for paper in _papers()}
    version = procedures.sheet_to_confirm(BUSINESS, on=TODAY).version_id
    services.confirm_components(version_id=version, kinds=kinds, actor=SYSTEM, at=NOW)
    procedures.forget_choices()

    after = desk.get(url).content.decode()

    assert before.count("Loại giấy tờ chưa xác nhận") == len(kinds)
    assert "Loại giấy tờ chưa xác nhận" not in after


@pytest.mark.parametrize("name", ["tiepnhan", "canbo", "lanhdao"])
def test_nobody_else_may_confirm(world, sign_in, name):
    client = sign_in(name)

    assert client.get(LIST).status_code == 403
    assert client.post(SHEET, {}).status_code == 403
    assert LIST not in client.get(reverse("office:home")).content.decode()


def test_the_rail_leads_controllers_and_administrators_there(world, sign_in):
    for name in ("kiemsoat", "quantri"):
        assert LIST in sign_in(name).get(reverse("office:home")).content.decode()


def test_a_sheet_of_another_version_is_stale_and_unknown_codes_are_not_found(world, sign_in):
    client = sign_in("kiemsoat")

    assert client.post(SHEET, {"version": "1"}).status_code == 409
    assert client.get(reverse("office:papers-sheet", args=["9.999999"])).status_code == 404
    assert client.get(reverse("office:papers-sheet", args=[BUSINESS, "gestern"])).status_code == 404
    assert client.get(reverse("office:papers-sheet", args=[BUSINESS, SINCE.isoformat()])).status_code == 200


def test_the_service_refuses_strangers_wrong_kinds_and_papers_of_others(world):
    first, _second = _papers()
    version = procedures.sheet_to_confirm(BUSINESS, on=TODAY).version_id

    with pytest.raises(NotAllowed):
        services.confirm_components(version_id=version, kinds={first.id: "show"}, actor=world.actor("canbo"), at=NOW)
    with pytest.raises(Invalid):
        services.confirm_components(version_id=version, kinds={first.id: "eat"}, actor=SYSTEM, at=NOW)
    with pytest.raises(NotFound):
        services.confirm_components(version_id=version + 1, kinds={first.id: "show"}, actor=SYSTEM, at=NOW)


def test_the_journal_of_confirmations_cannot_be_changed(world):
    first, _second = _papers()
    services.confirm_component(component_id=first.id, kind="show", actor=SYSTEM, at=NOW)

    with pytest.raises(DatabaseError), transaction.atomic():
        ComponentConfirmation.objects.update(at=NOW + timedelta(days=1))


def test_the_list_needs_no_more_statements_for_more_rows(world, sign_in, assert_flat_queries):
    from motcua.casework.procedures.tests.conftest import make_record, run_import

    client, made = sign_in("kiemsoat"), iter(range(1, 100))

    def grow(count: int) -> None:
        codes = [f"7.{next(made):06}" for _ in range(count)]
        run_import(*(make_record(code=code, name=f"Thủ tục {code}") for code in codes))

    assert_flat_queries(lambda: client.get(LIST), grow=grow, rows=(2, 12), at_most=14)
    assert escape("Thủ tục 7.000001") in client.get(LIST).content.decode()
