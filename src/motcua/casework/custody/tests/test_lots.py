"""Paper from the desk to the unit: made from events, sent, received with differences, settled, never in two places."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from tests.world import NOW, World, make_world

from motcua.casework.custody import selectors, services, timing
from motcua.casework.custody.models import CustodyEntry, Folder, Lot
from motcua.casework.custody.reading_codes import codes_of
from motcua.casework.custody.types import (
    HeadDecides,
    LotNotOpen,
    NotOnTheWay,
    NotSettledSo,
    NotYourUnit,
    ReceivedLine,
    SamePerson,
)
from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.selectors import tracking_url
from motcua.foundation.core import relay
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.core.types import Invalid, NotFound

BAG = {"courier": "own", "courier_name": "Nguyễn Văn Giao", "seal": "NP-0001"}
LATER = NOW + timedelta(minutes=30)


def folders_of(world: World, count: int) -> list[Folder]:
    ids = [world.take_in(name=f"Người Nộp {number}").dossier_id for number in range(count)]
    services.make_folders(dossier_ids=ids)
    return list(Folder.objects.filter(dossier_id__in=ids).order_by("pk"))


def sent(world: World, folders: list[Folder]) -> Lot:
    who = world.actor("tiepnhan")
    lot_id = services.open_lot(
        from_unit_id=world.units["centre"], to_unit_id=world.units["economy"],
        folder_ids=[row.public_id for row in folders], actor=who, at=NOW,
    )  # fmt: skip
    services.send_lot(lot_id=lot_id, **BAG, actor=who, at=NOW)
    return Lot.objects.get(public_id=lot_id)


def test_folders_come_from_events_once_and_only_with_paper(world):
    counter = world.take_in()
    online = world.file_online()
    for _again in range(2):
        while relay.relay_batch(at=NOW):
            pass
        services.make_folders(dossier_ids=[counter.dossier_id])
    made = Folder.objects.get()
    assert (made.dossier_id, made.holder_id, made.code) == (counter.dossier_id, world.units["centre"], counter.code)
    assert made.items.filter(form="original").count() == made.items.count() > 0
    assert CustodyEntry.objects.count() == 1
    assert selectors.folder_of(actor=world.actor("canbo"), dossier_id=online.dossier_id, at=NOW) is None
    assert selectors.folder_of(actor=world.actor("xa.tiepnhan"), dossier_id=counter.dossier_id, at=NOW) is None


def test_a_lot_goes_from_the_desk_to_the_unit_with_the_minute_of_both_ends(world):
    folders = folders_of(world, 2)
    desk, unit = world.actor("tiepnhan"), world.actor("canbo")
    waiting = selectors.to_hand_over(actor=desk, unit_id=world.units["centre"], at=NOW)
    assert [item.to_unit_id for item in waiting] == [world.units["economy"]] * 2
    lot_id = services.open_lot(
        from_unit_id=world.units["centre"], to_unit_id=world.units["economy"], actor=desk, at=NOW
    )
    found = services.add_folders(
        lot_id=lot_id, scanned=f"{tracking_url(folders[0].code)}\n{folders[1].code}\nKHONG-CO\n", actor=desk, at=NOW
    )
    assert (found.added, found.unknown) == ((folders[0].code, folders[1].code), ("KHONG-CO",))
    with pytest.raises(NotYourUnit):
        services.send_lot(lot_id=lot_id, **BAG, actor=unit, at=NOW)
    with pytest.raises(Invalid) as refused:
        services.send_lot(lot_id=lot_id, courier="post", courier_name="", seal="", actor=desk, at=NOW)
    assert set(refused.value.fields) == {"seal", "waybill"}
    services.send_lot(lot_id=lot_id, **BAG, actor=desk, at=NOW)
    assert not selectors.to_hand_over(actor=desk, unit_id=world.units["centre"], at=NOW)
    with pytest.raises(LotNotOpen):
        services.add_folders(lot_id=lot_id, scanned=folders[0].code, actor=desk, at=NOW)
    lot = selectors.lot(actor=unit, public_id=lot_id, at=LATER)
    assert (lot.number, lot.from_unit_id) == ("2026/000001", world.units["centre"])
    lines = {line.id: ReceivedLine("received") for line in lot.lines}
    with pytest.raises(NotFound):
        services.receive_lot(lot_id=lot_id, lines=lines, actor=world.actor("xa.tiepnhan"), at=LATER)
    services.receive_lot(lot_id=lot_id, lines=lines, actor=unit, at=LATER)
    with pytest.raises(NotOnTheWay):
        services.receive_lot(lot_id=lot_id, lines=lines, actor=world.actor("canbo2"), at=LATER)
    card = selectors.folder_of(actor=desk, dossier_id=folders[0].dossier_id, at=LATER)
    assert (card.holder_id, card.since, card.lot) == (world.units["economy"], LATER, "")
    assert [entry.at for entry in card.history][-2:] == [NOW, LATER]
    assert Lot.objects.get().state == "settled"


def test_differences_stay_open_until_they_are_settled_and_only_a_head_records_a_loss(world):
    folders = folders_of(world, 4)
    lot = sent(world, folders[:3])
    unit, head = world.actor("canbo"), world.actor("truongphong")
    first, second, third = lot.lines.order_by("ordinal")
    lines = {first.pk: ReceivedLine("damaged", "Rách bìa"), second.pk: ReceivedLine("missing")}
    services.receive_lot(lot_id=lot.public_id, lines=lines, extra=folders[3].code, actor=unit, at=LATER)
    assert [line.state for line in lot.lines.order_by("ordinal")] == ["damaged", "missing", "missing", "extra"]

    def settle(line, how, actor=unit, reason="Đã đối chiếu"):
        services.settle_difference(lot_id=lot.public_id, line_id=line.pk, how=how, reason=reason, actor=actor, at=LATER)

    with pytest.raises(HeadDecides):
        settle(second, "lost")
    with pytest.raises(Invalid):
        settle(second, "found", reason=" ")
    settle(second, "lost", actor=head)
    settle(third, "returned")
    settle(first, "accepted")
    with pytest.raises(NotSettledSo):
        settle(first, "accepted")
    lot.refresh_from_db()
    assert lot.state == "received"
    settle(lot.lines.get(state="extra"), "accepted")
    lot.refresh_from_db()
    where = dict(Folder.objects.values_list("pk", "holder_id"))
    units = world.units
    assert lot.state == "settled"
    assert [where[row.pk] for row in folders] == [units["economy"], None, units["centre"], units["economy"]]
    assert Folder.objects.get(pk=folders[1].pk).state == "lost"


def test_who_sent_a_lot_does_not_receive_it_and_a_lot_given_up_frees_its_folders(world):
    folders = folders_of(world, 1)
    both = world.actor("kiemnhiem")
    ends = {"from_unit_id": world.units["centre"], "to_unit_id": world.units["economy"]}
    given_up = services.open_lot(**ends, folder_ids=[folders[0].public_id], actor=both, at=NOW)
    services.give_up_lot(lot_id=given_up, actor=both, at=NOW)
    lot_id = services.open_lot(**ends, folder_ids=[folders[0].public_id], actor=both, at=NOW)
    services.send_lot(lot_id=lot_id, **BAG, actor=both, at=NOW)
    with pytest.raises(SamePerson):
        services.receive_lot(lot_id=lot_id, lines={}, actor=both, at=LATER)
    assert Lot.objects.get(public_id=lot_id).shown_number == "2026/000002"


def test_originals_go_back_and_history_is_only_added_to(world):
    (folder,) = folders_of(world, 1)
    desk, item = world.actor("tiepnhan"), folder.items.first()
    given = {"folder_id": folder.public_id, "item_ids": [item.pk], "to": "Trần Thị Mỹ Duyên"}
    assert services.give_back(**given, actor=desk, at=LATER) == 1
    with pytest.raises(Invalid):
        services.give_back(**given, actor=desk, at=LATER)
    assert next(row for row in selectors.folder(actor=desk, public_id=folder.public_id, at=LATER).items).returned_at
    with pytest.raises(DatabaseError), transaction.atomic():
        CustodyEntry.objects.update(note="")


def test_an_online_dossier_gets_a_folder_when_papers_come(world):
    filed = world.take_in()
    Dossier.objects.filter(pk=filed.dossier_id).update(channel="online")
    first = services.open_folder(dossier_code=filed.code, actor=world.actor("tiepnhan"), at=LATER)
    assert services.open_folder(dossier_code=filed.code, actor=world.actor("tiepnhan"), at=LATER) == first
    with pytest.raises(NotFound):
        services.open_folder(dossier_code=filed.code, actor=world.actor("xa.tiepnhan"), at=LATER)


@pytest.mark.parametrize(
    ("since", "due"),
    [
        ((23, 9, 0), (23, 17, 0)),  # a Monday morning: the same day
        ((23, 15, 0), (23, 17, 0)),
        ((23, 15, 1), (25, 8, 0)),  # after 15:00: the first hour of the next working day; the 24th is a holiday
        ((27, 16, 0), (30, 8, 0)),  # a Friday afternoon
        ((28, 10, 0), (30, 8, 0)),  # a day of rest
    ],
)
def test_the_hand_over_is_due_the_same_day_or_in_the_first_hour_of_the_next(world, since, due):
    def instant(parts):
        return datetime(2026, 11, *parts, tzinfo=VIETNAM)

    assert timing.due_to_hand_over(instant(since), unit_id=world.units["centre"], at=NOW) == instant(due)


def test_a_scanner_writes_codes_or_addresses():
    assert codes_of("A-1\r\nhttps://mot.cua/tra-cuu/?ma=A-2\n A-1 ; A-3,\n\n") == ("A-1", "A-2", "A-3")


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_who_receive_at_once_one_is_refused():
    world = make_world()
    lot = sent(world, folders_of(world, 1))
    (line,) = lot.lines.all()
    actors, ends, gate = [world.actor("canbo"), world.actor("canbo2")], [], threading.Barrier(2)

    def receive(actor):
        gate.wait()
        try:
            services.receive_lot(lot_id=lot.public_id, lines={line.pk: ReceivedLine("received")}, actor=actor, at=LATER)
            ends.append("received")
        except NotOnTheWay as refusal:
            ends.append(str(refusal.http_status))
        finally:
            connection.close()

    threads = [threading.Thread(target=receive, args=(actor,)) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["409", "received"]
    assert CustodyEntry.objects.filter(what="received").count() == 1
