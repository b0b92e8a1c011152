"""Forms 02 and 03 at the desk before anything is taken in: written down, numbered, printed, and no dossier made."""

import threading
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from tests.world import NOW, World

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services
from motcua.casework.dossiers.models import DeskNotice, Dossier
from motcua.casework.dossiers.types import DeskNoticeInput, NoticeLine, PartyInput
from motcua.foundation.core.types import Invalid, NotAllowed

LISTED = reverse("office:desk-notices")


def _typed(world: World, **more: Any) -> dict[str, Any]:
    """What stood in the counter's form: a person, and the first paper ticked."""
    first = world.choice().cases[0].submit[0]
    return {
        "key": "k" * 32, "people": "1", "case_id": world.choice().cases[0].id, "competent": world.units["commune"],
        "channel": "counter", "delivery": "desk", "p0-full_name": "Trần Thị Mỹ Duyên", "p0-identity": "089187004127",
        "p0-role": "applicant", "p0-kind": "citizen", f"c{first.id}-shown": "1", f"c{first.id}-taken": "on",
        "summary": "Cơm tấm Mỹ Duyên",
    } | more  # fmt: skip


def _address(world: World, kind: str) -> str:
    return reverse("office:desk-form", args=[world.choice().offer.public_id, kind])


def _notice(world: World, **changes: Any) -> DeskNoticeInput:
    choice = world.choice()
    values: dict[str, Any] = {
        "key": "k1", "kind": "guidance", "offer_id": choice.offer.id, "case_id": choice.cases[0].id,
        "party": PartyInput(full_name="Trần Thị Mỹ Duyên", identity="089187004127"),
        "lines": (NoticeLine("Giấy ủy quyền", "Chưa có"),),
    }  # fmt: skip
    return DeskNoticeInput(**(values | changes))


def test_what_was_not_ticked_is_proposed_as_missing_and_what_was_typed_travels_along(world, sign_in):
    page = sign_in("tiepnhan").post(_address(world, "guidance"), _typed(world)).content.decode()

    first, second = world.choice().cases[0].submit
    assert f'name="n-mark_{second.id}" id="id_n-mark_{second.id}" checked' in page
    assert f'name="n-mark_{first.id}" id="id_n-mark_{first.id}" checked' not in page
    assert 'name="summary" value="Cơm tấm Mỹ Duyên"' in page
    assert 'name="p0-identity" value="089187004127"' in page
    assert DeskNotice.objects.count() == 0


def test_form_02_is_numbered_listed_and_printed_and_makes_no_dossier(world, sign_in):
    client = sign_in("tiepnhan")
    second = world.choice().cases[0].submit[1]
    given = {f"n-mark_{second.id}": "on", f"n-reason_{second.id}": "Thiếu chữ ký của vợ", "give": "1"}

    answer = client.post(_address(world, "guidance"), _typed(world, **given))

    shown = client.get(answer.url).content.decode()
    assert "0001/2026" in shown
    assert "Thiếu chữ ký của vợ" in shown
    assert "0001/2026" in client.get(LISTED).content.decode()
    printed = client.get(f"{answer.url}form.pdf")
    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")
    assert Dossier.objects.count() == 0
    again = client.post(_address(world, "guidance"), _typed(world, **given))
    assert again.url == answer.url


def test_form_03_needs_reason_and_article_and_says_so_at_the_fields(world, sign_in):
    client = sign_in("tiepnhan")

    refused = client.post(_address(world, "refusal"), _typed(world, give="1"))
    given = {"n-reason": "Không thuộc thẩm quyền của phường", "n-legal_basis": "Khoản 2 Điều 17", "give": "1"}
    answer = client.post(_address(world, "refusal"), _typed(world, **given))

    assert refused.status_code == 422
    assert "id_n-legal_basis-e" in refused.content.decode() or "Nêu điều" in refused.content.decode()
    page = client.get(answer.url).content.decode()
    assert "Không thuộc thẩm quyền của phường" in page
    assert client.get(f"{answer.url}form.pdf").content.startswith(b"%PDF")


def test_a_name_is_wanted_and_nothing_marked_is_refused(world, sign_in):
    answer = sign_in("tiepnhan").post(_address(world, "guidance"), _typed(world, **{"p0-full_name": "", "give": "1"}))

    assert answer.status_code == 422
    assert DeskNotice.objects.count() == 0


def test_the_way_back_keeps_what_was_typed(world, sign_in):
    address = reverse("office:intake", args=[world.choice().offer.public_id])

    page = sign_in("tiepnhan").post(address, _typed(world, reload="1")).content.decode()

    assert "Cơm tấm Mỹ Duyên" in page
    assert "089187004127" in page


def test_other_communes_see_nothing_and_other_roles_may_not(world, sign_in):
    row, _new = services.give_desk_notice(notice=_notice(world), actor=world.actor("tiepnhan"), at=NOW)
    address = reverse("office:desk-notice", args=[row.public_id])

    assert sign_in("xa.tiepnhan").get(address).status_code == 404
    assert "0001/2026" not in sign_in("xa.tiepnhan").get(LISTED).content.decode()
    assert sign_in("canbo").get(address).status_code == 403
    with pytest.raises(NotAllowed):
        services.give_desk_notice(notice=_notice(world, key="k2"), actor=world.actor("canbo"), at=NOW)


def test_kinds_have_numbers_of_their_own_and_incomplete_ones_are_refused(world):
    actor = world.actor("tiepnhan")
    services.give_desk_notice(notice=_notice(world), actor=actor, at=NOW)
    refusal = _notice(world, key="k2", kind="refusal", lines=(), reason="Sai thẩm quyền", legal_basis="Điều 17")

    assert services.give_desk_notice(notice=refusal, actor=actor, at=NOW)[0].number == 1
    assert services.give_desk_notice(notice=_notice(world, key="k3"), actor=actor, at=NOW)[0].number == 2
    for wrong in ({"lines": ()}, {"kind": "refusal", "lines": (), "reason": "Sai"}, {"party": PartyInput("")}):
        with pytest.raises(Invalid):
            services.give_desk_notice(notice=_notice(world, key="k4", **wrong), actor=actor, at=NOW)
    assert services.give_desk_notice(notice=_notice(world, key="k5"), actor=actor, at=NOW)[0].number == 3


def test_a_notice_cannot_be_changed_and_hides_the_identity_number(world):
    row, _new = services.give_desk_notice(notice=_notice(world), actor=world.actor("tiepnhan"), at=NOW)

    assert b"089187004127" not in bytes(DeskNotice.objects.get(pk=row.pk).details_cipher)
    seen = dossiers.desk_notice(actor=world.actor("tiepnhan"), public_id=row.public_id, on=NOW.date())
    assert seen.party.identity == "089187004127"
    with pytest.raises(DatabaseError), transaction.atomic():
        DeskNotice.objects.update(note="anders")


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_give_one_notice(world):
    actor, found = world.actor("tiepnhan"), []

    def give() -> None:
        try:
            found.append(services.give_desk_notice(notice=_notice(world), actor=actor, at=NOW)[0].pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=give) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 4
    assert len(set(found)) == 1
    assert services.give_desk_notice(notice=_notice(world, key="next"), actor=actor, at=NOW)[0].number == 2


def test_the_list_needs_no_more_statements_for_more_rows(world, sign_in, assert_flat_queries):
    client, actor, made = sign_in("tiepnhan"), world.actor("tiepnhan"), iter(range(100))

    def grow(count: int) -> None:
        for _ in range(count):
            services.give_desk_notice(notice=_notice(world, key=f"n{next(made)}"), actor=actor, at=NOW)

    assert_flat_queries(lambda: client.get(LISTED), grow=grow, rows=(2, 12), at_most=14)
