"""Decisions in the office: drafted, a record edited part by part, checked, published, and what the public sees."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.world import BUSINESS, CERTIFICATION, NOW, World

from motcua.casework.documents.tests import samples
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services
from motcua.casework.procedures.types import DecisionHead
from motcua.foundation.accounts.types import SYSTEM

HEAD = {
    "title": "Công bố thủ tục đăng ký hộ kinh doanh", "issuer": "Chủ tịch UBND tỉnh An Giang",
    "issuer_kind": "chairman",
}  # fmt: skip
SIGNATURE = {"number": "77/QĐ-UBND", "issued_on": "23/11/2026", "signer": "Hồ Trung Nghĩa", "effective_on": ""}


@pytest.fixture
def drafter(sign_in: Callable[[str], Client]) -> Client:
    """Somebody of the department."""
    return sign_in("so.canbo")


def drafted(client: Client, act: str = "amended", code: str = BUSINESS, **more: str) -> tuple[str, str]:
    """Begin a decision with one item; return the addresses of both."""
    decision = client.post("/office/decisions/new/", HEAD)["Location"]
    item = client.post(f"{decision}items/?act={act}", {"code": code} | more)["Location"]
    return decision, item


def entered(page: bytes) -> dict[str, str | list[str]]:
    """Return what a browser would send of the page's form as it stands."""
    text = page.decode()
    text = text[text.index('class="dec-form') :]
    sent: dict[str, str | list[str]] = {}
    for tag, name, value in re.findall(r'<(input)[^>]*?name="([^"]+)"(?:[^>]*?value="([^"]*)")?', text):
        kind = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*>', text)
        assert tag
        assert kind
        if 'type="checkbox"' in kind[0]:
            continue
        sent[name] = value
    for name, inner in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', text, re.S):
        sent[name] = inner.strip().replace("&quot;", '"')
    for name, inner in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', text, re.S):
        chosen = re.search(r'value="([^"]*)"\s+selected', inner) or re.search(r'value="([^"]*)"', inner)
        sent[name] = chosen[1] if chosen else ""
    return sent


def test_the_whole_way_from_a_draft_to_the_new_fee(
    world: World, drafter: Client, sign_in: Callable[[str], Client]
) -> None:
    decision, item = drafted(drafter)
    ways = f"{item}ways/"
    form = entered(drafter.get(ways).content)
    form |= {f"methods-{number}-fees-0-amount": "70.000" for number in range(3)}
    assert drafter.post(ways, form | {"do": "save"}).status_code == 302
    difference = drafter.get(f"{item}difference/").content.decode()
    assert difference.count("<del>") == difference.count("<ins>") == 3

    keeper = sign_in("kiemsoat")
    assert keeper.post(f"{decision}check/").status_code == 302
    unsigned = keeper.post(f"{decision}publish/")
    assert unsigned.status_code == 422
    assert "Hãy nhập số của quyết định đã ký." in unsigned.content.decode()
    signed = SimpleUploadedFile("qd.pdf", samples.pdf(), content_type="application/pdf")
    assert keeper.post(f"{decision}head/", SIGNATURE | {"file": signed}).status_code == 302
    assert keeper.post(f"{decision}publish/").status_code == 302

    public = Client().get(f"/thu-tuc/{BUSINESS}/").content.decode()
    assert "70.000" in public
    listed = Client().get("/quyet-dinh/?q=77")
    assert "77/QĐ-UBND" in listed.content.decode()
    one = decision.rstrip("/").split("/")[-1]
    assert Client().get(f"/quyet-dinh/{one}/tep/").status_code == 200
    assert "77/QĐ-UBND" in b"".join(Client().get("/quyet-dinh/danh-muc.csv")).decode()
    assert keeper.post(f"{decision}entered/", {"entered_on": "24/11/2026"}).status_code == 422
    assert keeper.post(f"{decision}entered/", {"entered_on": "23/11/2026"}).status_code == 302


def test_no_part_changes_a_record_that_is_saved_as_it_stands(world: World, drafter: Client) -> None:
    _decision, item = drafted(drafter)
    item_id = item.rstrip("/").split("/")[-1]
    before = procedures.decision_item(item_id)[1].record
    for part in ("steps", "ways", "cases", "papers", "agencies", "results", "requirements", "bases", "service"):
        address = f"{item}{part}/"
        sent = entered(drafter.get(address).content) | {"do": "save"}
        assert drafter.post(address, sent).status_code == 302, part

    assert not procedures.difference_from_base(item_id)
    assert procedures.decision_item(item_id)[1].record == before


def test_rows_are_added_and_taken_out_without_losing_what_was_typed(world: World, drafter: Client) -> None:
    _decision, item = drafted(drafter)
    papers = f"{item}papers/"
    form = entered(drafter.get(papers).content)
    form["papers-0-name"] = "Giấy đã sửa"

    added = drafter.post(papers, form | {"do": "add:papers"})
    assert added.status_code == 200
    form = entered(added.content)
    assert form["papers-0-name"] == "Giấy đã sửa"
    assert form["papers-2-is_row"] == "1"
    wrong = drafter.post(papers, form | {"papers-2-originals": "một", "do": "save"})
    assert wrong.status_code == 422
    assert "Hãy ghi tên giấy tờ." in wrong.content.decode()
    form = entered(wrong.content)
    assert form["papers-2-originals"] == "một"
    removed = entered(drafter.post(papers, form | {"do": "remove:papers-2"}).content)
    assert drafter.post(papers, removed | {"do": "save"}).status_code == 302
    names = [line["name"] for line in procedures.decision_item(item.rstrip("/").split("/")[-1])[1].record[
        "dossier_cases"][0]["components"]]  # fmt: skip
    assert names[0] == "Giấy đã sửa"
    assert len(names) == 2


def test_somebody_elses_save_in_between_loses_nothing(world: World, drafter: Client) -> None:
    _decision, item = drafted(drafter)
    address = f"{item}requirements/"
    form = entered(drafter.get(address).content)
    assert drafter.post(address, form | {"requirements": "Một", "do": "save"}).status_code == 302

    late = drafter.post(address, form | {"requirements": "Hai", "do": "save"})

    assert late.status_code == 422
    assert "Hai" in late.content.decode()


def test_a_new_procedure_is_checked_only_with_its_parts(
    world: World, drafter: Client, sign_in: Callable[[str], Client]
) -> None:
    decision, item = drafted(drafter, "new", "1.000001", name="Thủ tục mới")
    page = sign_in("kiemsoat").post(f"{decision}check/")

    assert page.status_code == 422
    assert page.content.decode().count('class="dec-lack"') == 1
    assert drafter.get(item).content.decode().count("Cần sửa") >= 6
    preview = drafter.get(f"/quyet-dinh/xem-truoc/{item.rstrip('/').split('/')[-1]}/")
    assert preview.status_code in {200, 422}


def test_a_commune_sees_but_does_not_draft(world: World, sign_in: Callable[[str], Client], drafter: Client) -> None:
    decision, item = drafted(drafter)
    officer = sign_in("canbo")

    assert officer.get(decision).status_code == 200
    assert officer.post("/office/decisions/new/", HEAD).status_code == 403
    assert officer.get(f"{item}ways/").status_code == 302
    assert sign_in("tiepnhan").get("/office/decisions/new/").status_code == 403


def test_figures_open_their_lists(world: World, sign_in: Callable[[str], Client]) -> None:
    services.record_past_decision(
        head=DecisionHead(title="Cũ", issuer="Chủ tịch", number="9/QĐ-UBND", issued_on=date(2026, 5, 4)),
        stated={"new": 216}, actor=SYSTEM, at=NOW,
    )  # fmt: skip
    keeper = sign_in("kiemsoat")
    page = keeper.get("/office/decisions/figures/").content.decode()
    assert "216" in page
    link = re.search(r'href="(/office/decisions/\?[^"]*act=new[^"]*)"', page)
    assert link
    assert "9/QĐ-UBND" in keeper.get(link[1].replace("&amp;", "&")).content.decode()
    behind = keeper.get("/office/decisions/figures/procedures/?on=2026-11-23&level=commune").content.decode()
    assert CERTIFICATION in behind
    assert keeper.get("/office/decisions/figures/export.csv").status_code == 200
    assert keeper.get("/office/decisions/export.csv").status_code == 200


@pytest.mark.parametrize("odd", ["\x00", "0000", "9999", "²", "9" * 25, "2026-13-45"])
def test_odd_wishes_are_no_error(world: World, drafter: Client, odd: str) -> None:
    decision, _item = drafted(drafter)
    names = ("q", "year", "field", "level", "act", "since", "until", "from", "state", "on", "service", "old", "code")
    for page in ("/office/decisions/", "/office/decisions/figures/", "/office/decisions/figures/procedures/"):
        assert drafter.get(page, dict.fromkeys(names, odd)).status_code == 200
    assert drafter.get(f"{decision}items/", dict.fromkeys(names, odd)).status_code == 200
    public = dict.fromkeys(("q", "nam", "linh-vuc", "cap", "tu"), odd)
    assert Client().get("/quyet-dinh/", public).status_code == 200
    assert Client().get("/quyet-dinh/danh-muc.csv", public).status_code == 200


def test_the_list_asks_the_same_however_long(
    world: World, sign_in: Callable[[str], Client], assert_flat_queries: Callable[..., None]
) -> None:
    def grow(count: int) -> None:
        for number in range(count):
            services.record_past_decision(
                head=DecisionHead(title="Cũ", issuer="CT", number=f"{count}-{number}", issued_on=date(2026, 5, 4)),
                stated={"new": 1}, actor=SYSTEM, at=NOW,
            )  # fmt: skip

    keeper = sign_in("kiemsoat")
    assert_flat_queries(lambda: keeper.get("/office/decisions/"), grow=grow)
