"""What people see: work lists, pages, tracking; the same number of queries however many rows."""

from datetime import timedelta

import pytest
from tests.world import World

from motcua.casework.dossiers import selectors, services
from motcua.casework.dossiers.models import AccessLog, Dossier
from motcua.casework.dossiers.types import StepInput, SupplementItem
from motcua.foundation.accounts.types import PUBLIC
from motcua.foundation.core.types import NotAllowed, NotFound, TooMany


def test_work_list_merges_all_posts_and_names_them(world: World) -> None:
    first = world.take_in(name="Người Một")
    second = world.take_in(name="Người Hai")
    world.lead_to(second, "issue")

    page = selectors.work_list(actor=world.actor("kiemnhiem"), at=world.now + timedelta(hours=2))

    assert {(row.act, row.post_title) for row in page.rows} == {
        ("examine", "Công chức kinh tế"),
        ("issue", "Văn thư kiêm nhiệm"),
    }
    assert {row.code for row in page.rows} == {first.code, second.code}
    assert page.work.staff.total == 2


def test_work_list_shows_nothing_of_other_units(world: World) -> None:
    world.take_in()

    assert selectors.work_list(actor=world.actor("xa.tiepnhan"), at=world.now).rows == ()
    assert selectors.work_list(actor=world.actor("so.canbo"), at=world.now).rows == ()


def test_work_list_pages_by_key(world: World) -> None:
    codes = {world.take_in().code for _ in range(5)}
    actor = world.actor("canbo")

    first = selectors.work_list(actor=actor, at=world.now, limit=3)
    second = selectors.work_list(actor=actor, at=world.now, limit=3, after=first.next_key)

    assert {row.code for row in (*first.rows, *second.rows)} == codes
    assert (len(first.rows), len(second.rows), second.next_key) == (3, 2, None)


@pytest.mark.parametrize("name", ["work_list", "inbox", "to_return", "register", "my_dossiers"])
def test_lists_have_flat_queries(world: World, name: str, assert_flat_queries) -> None:
    actor = {
        "work_list": world.actor("canbo"),
        "inbox": world.actor("tiepnhan"),
        "to_return": world.actor("tiepnhan"),
        "register": world.actor("lanhdao"),
        "my_dossiers": world.actor("congdan"),
    }[name]

    def fill(rows: int) -> None:
        for _ in range(rows):
            if name in {"inbox", "my_dossiers"}:
                world.file_online()
            elif name == "to_return":
                world.lead_to(world.take_in(), "return_result")
            else:
                world.take_in()

    assert_flat_queries(lambda: getattr(selectors, name)(actor=actor, at=world.now), grow=fill)


def test_officers_of_the_agency_see_the_dossier_others_do_not(world: World) -> None:
    filed = world.take_in(citizen_person_id=world.people["congdan"])

    for who in ("tiepnhan", "canbo", "truongphong", "lanhdao", "vanthu", "kiemsoat", "congdan"):
        view = selectors.dossier_view(actor=world.actor(who), public_id=filed.public_id, at=world.now)
        assert view.code == filed.code
    for who in ("xa.tiepnhan", "so.canbo", "tinh.tiepnhan", "congdan2"):
        with pytest.raises(NotFound):
            selectors.dossier_view(actor=world.actor(who), public_id=filed.public_id, at=world.now)
    with pytest.raises(NotFound):
        selectors.dossier_view(actor=PUBLIC, public_id=filed.public_id, at=world.now)


def test_dossier_view_holds_everything(world: World) -> None:
    filed = world.file_online(answers={"ten_ho": "Tiệm vải"})
    services.accept_filing(dossier_id=filed.dossier_id, actor=world.actor("tiepnhan"), at=world.now)
    world.step(filed, "lacking", by="canbo", supplement=(SupplementItem(reason="Mờ trang 2"),))

    view = selectors.dossier_view(actor=world.actor("canbo"), public_id=filed.public_id, at=world.now)

    assert view.parties[0].identity == "089187004127"
    assert view.answers == {"ten_ho": "Tiệm vải"}
    assert view.answers_schema["properties"]["ten_ho"]["title"] == "Tên hộ kinh doanh"
    assert view.status == "awaiting_supplement"
    assert view.due_at is None
    assert view.due_before_pause is not None
    assert view.open_supplement is not None
    assert view.open_supplement.items == ((None, "", "Mờ trang 2"),)
    assert [item.kind for item in view.timeline] == ["current", "step", "step", "accepted", "filed"]
    assert view.ledger is not None


def test_task_view_says_what_each_outcome_needs(world: World) -> None:
    filed = world.take_in()
    task = world.tasks(filed)[0]

    view = selectors.task_view(actor=world.actor("canbo"), task_id=task.public_id, at=world.now)

    assert view.needs == {
        "enough": frozenset(),
        "lacking": frozenset({"supplement"}),
        "not_eligible": frozenset({"reason"}),
    }
    assert view.next_names["enough"] == "Kiểm tra dự thảo"
    assert [title for _id, title, _unit in view.posts] == ["Chuyên viên"]
    assert view.remaining_seconds == 8 * 3600
    assert selectors.task_view(actor=world.actor("lanhdao"), task_id=task.public_id, at=world.now).posts == ()


def test_tracking_without_proof_tells_only_completion(world: World) -> None:
    filed = world.take_in()

    shown = selectors.completion(code=f" {filed.code.lower()} ")

    assert (shown.code, shown.completion) == (filed.code, "open")
    with pytest.raises(NotFound):
        selectors.completion(code="T01.34-261123-9999")


@pytest.mark.parametrize("factor", ["0913000128", "+84 913 000 128", "089187004127", "0891 8700 4127"])
def test_code_and_second_factor_prove_a_party(world: World, factor: str) -> None:
    filed = world.take_in()

    proof = selectors.prove(code=filed.code, second_factor=factor)

    assert proof.dossier_id == filed.dossier_id
    view = selectors.party_view(actor=PUBLIC, dossier_id=filed.dossier_id, at=world.now, proof=proof)
    assert view.code == filed.code


@pytest.mark.parametrize("factor", ["", "   ", "0913000129", "0", "0891"])
def test_wrong_second_factor_proves_nothing(world: World, factor: str) -> None:
    filed = world.take_in()

    with pytest.raises(NotFound):
        selectors.prove(code=filed.code, second_factor=factor)


def test_proof_of_one_dossier_opens_no_other(world: World) -> None:
    mine, other = world.take_in(), world.take_in(name="Người khác")
    proof = selectors.prove(code=mine.code, second_factor="0913000128")

    with pytest.raises(NotFound):
        selectors.party_view(actor=PUBLIC, dossier_id=other.dossier_id, at=world.now, proof=proof)


def test_register_finds_by_code_name_identity_and_phone(world: World) -> None:
    filed = world.take_in()
    actor = world.actor("lanhdao")

    for text in (filed.code, filed.code.lower(), "Mỹ Duyên", "089187004127", "0913 000 128"):
        page = selectors.register(actor=actor, at=world.now, text=text)
        assert [row.code for row in page.rows] == [filed.code], text
    assert selectors.register(actor=actor, at=world.now, text="0913000129").rows == ()
    assert selectors.register(actor=world.actor("xa.tiepnhan"), at=world.now, text=filed.code).rows == ()


def test_only_a_desk_looks_people_up_and_it_is_written_down(world: World) -> None:
    filed = world.take_in()

    found = services.look_people_up(actor=world.actor("tiepnhan"), text="0913 000 128", at=world.now)

    assert [person.full_name for person in found] == ["Trần Thị Mỹ Duyên"]
    log = AccessLog.objects.get(what="lookup")
    assert (log.dossier_id, log.person_id) == (filed.dossier_id, world.people["tiepnhan"])
    with pytest.raises(NotAllowed):
        services.look_people_up(actor=world.actor("canbo"), text="0913000128", at=world.now)


def test_looking_people_up_is_counted(world: World, settings) -> None:
    settings.MOTCUA_PEOPLE_LOOKUPS_PER_HOUR = 1
    services.look_people_up(actor=world.actor("tiepnhan"), text="0913000128", at=world.now)

    with pytest.raises(TooMany):
        services.look_people_up(actor=world.actor("tiepnhan"), text="0913000129", at=world.now)


def test_desk_counts(world: World) -> None:
    world.file_online()
    world.file_online(at=world.now - timedelta(days=7))
    world.lead_to(world.take_in(), "return_result")

    counts = selectors.desk_counts(actor=world.actor("tiepnhan"), at=world.now)

    assert (counts.inbox, counts.inbox_overdue, counts.to_return) == (2, 1, 1)
    assert selectors.desk_counts(actor=world.actor("canbo"), at=world.now).inbox == 0


def test_draft_is_saved_resumed_and_submitted_once(world: World) -> None:
    choice = world.choice()
    started = services.start_draft(
        offer_id=choice.offer.id, competent_agency_id=world.units["commune"], actor=PUBLIC, at=world.now
    )
    link = {"public_id": started.public_id, "secret": started.secret, "actor": PUBLIC}
    services.save_draft(**link, at=world.now, case_id=choice.cases[0].id, answers={"ten_ho": "Tiệm vải"})
    services.save_draft(**link, at=world.now, answers={"von": 5}, parties=[{"full_name": "A", "phone": "0913000128"}])
    view = selectors.draft_view(**link, at=world.now)
    assert (view.answers, view.case.id) == ({"ten_ho": "Tiệm vải", "von": 5}, choice.cases[0].id)
    with pytest.raises(NotFound):
        selectors.draft_view(public_id=started.public_id, secret="wrong", actor=PUBLIC, at=world.now)

    first = services.submit_draft(**link, at=world.now)
    second = services.submit_draft(**link, at=world.now + timedelta(seconds=1))

    assert first.dossier_id == second.dossier_id
    assert Dossier.objects.count() == 1
    assert selectors.draft_view(**link, at=world.now).answers == {}


def test_receipt_holds_what_was_taken_in(world: World) -> None:
    filed = world.take_in()

    receipt = selectors.receipt_data(dossier_id=filed.dossier_id, at=world.now)

    assert (receipt.code, receipt.receiver_name) == (filed.code, "Lâm Thị Ngọc Bích")
    assert receipt.applicants[0].identity == "0891 •••• 4127"
    assert [(line.name, line.originals) for line in receipt.components] == [
        ("Giấy đề nghị đăng ký hộ kinh doanh", 1),
        ("Bản sao văn bản ủy quyền của thành viên hộ gia đình", 1),
    ]


def test_forms_02_03_06_and_slip(world: World) -> None:
    asked = world.file_online()
    given = StepInput(supplement=(SupplementItem(reason="Mờ"),))
    desk = world.actor("tiepnhan")
    services.ask_before_acceptance(dossier_id=asked.dossier_id, given=given, actor=desk, at=world.now)
    assert selectors.supplement_data(dossier_id=asked.dossier_id, at=world.now).lines[0].reason == "Mờ"
    refused = world.file_online()
    services.refuse_filing(
        dossier_id=refused.dossier_id, reason="Sai nơi", legal_basis="Điều 17", actor=desk, at=world.now
    )
    assert selectors.refusal_data(dossier_id=refused.dossier_id, at=world.now).reason == "Sai nơi"
    done = world.take_in()
    world.lead_to(done, "sign")
    assert len(selectors.control_slip_data(dossier_id=done.dossier_id, at=world.now).rows) == 3
    assert selectors.intake_slip_data(dossier_id=asked.dossier_id, at=world.now).intake_number == asked.intake_number
    with pytest.raises(NotFound):
        selectors.receipt_data(dossier_id=asked.dossier_id, at=world.now)
