"""Objects around dossiers, one of a sort in each commune or account: what lists, addresses and files may show."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from motcua.casework.custody import services as custody
from motcua.casework.custody.models import Folder, Lot
from motcua.casework.dossiers import services as dossiers
from motcua.casework.dossiers.models import BookLine, Dossier, Handover, SupplementRequest
from motcua.casework.dossiers.types import DeskNoticeInput, PartyInput
from motcua.foundation.accounts import services as accounts
from motcua.foundation.accounts.contacts import add_contact
from motcua.foundation.accounts.models import (
    Absence,
    CorrectionRequest,
    Person,
    PostHolding,
    SignInContact,
    SignInSession,
)
from motcua.foundation.accounts.types import RepresentationInput
from motcua.foundation.calendars import services as calendars
from motcua.foundation.calendars.types import CalendarChange, DayKind, SpecialDays
from motcua.foundation.organisations import services as organisations
from motcua.foundation.organisations.models import Post
from tests.world import BUSINESS, CERTIFICATION, NOW, World

DESKS = {"commune": "tiepnhan", "other_commune": "xa.tiepnhan"}
HEADS = {"commune": "lanhdao", "other_commune": "lanhdao.tinh"}
ACCOUNTS = {"commune": "congdan", "other_commune": "congdan2"}


@dataclass
class Thing:
    """One object that an address may show.

    Attributes:
        sort: 'taken', 'filing', 'ready' (a dossier in that state), 'draft', or the sort of another object.
        words: what may stand in an address, by the word that samples.py uses.
        marks: what nobody may read who does not see the object.
        kind, obj: the registered kind whose rule says who sees it, and the object.
        owners: user names of those who see it, for what belongs to accounts and has no rule of its own.
    """

    sort: str
    side: str
    words: dict[str, Any]
    marks: list[str]
    dossier: Dossier | None = None
    kind: str = ""
    obj: Any = None
    owners: frozenset[str] = field(default_factory=frozenset)


def things_of(world: World, side: str, filing: Dossier, store: Any) -> Iterator[Thing]:
    """Make one of every sort for a commune and its citizen.

    Args:
        filing: a dossier that the citizen filed; store: keeps a small file, returns (id, public id).
    """
    yield _notice(world, side)
    yield _absence(world, side)
    yield _handover(world, side)
    yield _post(world, side)
    yield _turn(world, side)
    yield _correction(world, side, filing, store)
    yield from _of_account(world, ACCOUNTS[side], side)
    yield from _of_account(world, DESKS[side], side)
    yield from _roles(world, side, store)
    yield from _paper(world, side)


def _notice(world: World, side: str) -> Thing:
    choice, name = world.choice(BUSINESS), f"Người Được Trả Lời {side}"
    made, _is_new = dossiers.give_desk_notice(
        notice=DeskNoticeInput(
            key=f"notice-{side}", kind="refusal", offer_id=choice.offer.id, case_id=choice.cases[0].id,
            party=PartyInput(full_name=name, identity="079187000001", address=f"Ấp Trả Lời {side}"),
            reason="Không thuộc thẩm quyền", legal_basis="Điều 5", receiving_agency_id=_desk_agency(world, side),
        ),
        actor=world.actor(DESKS[side]), at=NOW,
    )  # fmt: skip
    return Thing("notice", side, {"notice": made.public_id}, [name, f"Ấp Trả Lời {side}"], kind="desk_notice", obj=made)


def _desk_agency(world: World, side: str) -> int:
    return world.actor(DESKS[side]).posts[0].agency_id


def _absence(world: World, side: str) -> Thing:
    who, note = DESKS[side], f"Việc riêng kín {side}"
    made = accounts.enter_absence(
        actor=world.actor(who), person_id=world.people[who], first=date(2026, 12, 1), last=date(2026, 12, 2),
        kind="leave", stand_ins=[], note=note, at=NOW, on=NOW.date(),
    )  # fmt: skip
    row = Absence.objects.get(public_id=made)
    return Thing("absence", side, {"absence": made}, [note], kind="absence", obj=row)


def _handover(world: World, side: str) -> Thing:
    reason = f"Lý do bàn giao kín {side}"
    held = PostHolding.objects.get(person_id=world.people[DESKS[side]])
    made = dossiers.hand_work_over(
        holding_id=held.pk, successors=(), reason=reason, actor=world.actor(HEADS[side]), at=NOW
    )
    row = Handover.objects.get(public_id=made)
    return Thing("handover", side, {"handover": made}, [reason], kind="handover", obj=row)


def _post(world: World, side: str) -> Thing:
    """Open a post that nobody holds, in the unit of the desk."""
    unit_id = world.actor(DESKS[side]).posts[0].unit_id
    post = organisations.open_post(unit_id=unit_id, role="officer", title=f"Vị trí trống {side}", since=NOW.date())
    post = Post.objects.select_related("unit").get(pk=post.pk)
    words = {"post": post.public_id, "post_unit": post.unit.public_id}
    return Thing("post", side, words, [], kind="staff_unit", obj=unit_id)


def _turn(world: World, side: str) -> Thing:
    agency_id = world.units[side]
    made = calendars.enter_desk_turn(
        agency_id=agency_id, kind="lunch", starts=time(11, 30), ends=time(13, 0), since=date(2026, 12, 1),
        until=date(2026, 12, 31), weekday=1, person_id=None, note="", by=None, at=NOW,
    )  # fmt: skip
    return Thing("turn", side, {"turn": made}, [], kind="staff_unit", obj=agency_id)


def certified(world: World) -> Thing:
    """Take certified copies in at a desk and bring them to the book."""
    name = "Người Chứng Thực"
    filed = world.take_in(code=CERTIFICATION, name=name)
    world.step(filed, "sign", by="lanhdao")
    world.step(filed, "issued", by="vanthu")
    dossier = Dossier.objects.get(pk=filed.dossier_id)
    return Thing("certified", "commune", {"dossier": dossier.public_id}, [name], dossier)


def book(of: Thing) -> Thing:
    """Name the book in which a certified copy stands, and its line."""
    assert of.dossier is not None
    line = BookLine.objects.select_related("book").filter(dossier=of.dossier).latest("pk")
    words = {"book": line.book.public_id, "book_line": line.number}
    return Thing("book", of.side, words, of.marks, kind="book", obj=line.book)


def extension(world: World) -> Thing:
    """Let an officer ask for a new date."""
    name = "Người Chờ Gia Hạn"
    filed = world.take_in(name=name)
    world.lead_to(filed, "examine")
    row = dossiers.propose_extension(
        dossier_id=filed.dossier_id, reason="Cần xác minh thêm", new_due_on=date(2026, 12, 4),
        actor=world.actor("canbo"), at=NOW,
    )  # fmt: skip
    dossier = Dossier.objects.get(pk=filed.dossier_id)
    words = {"dossier": dossier.public_id, "extension": row.pk}
    return Thing("extension", "commune", words, [name], dossier, kind="extension_to_decide", obj=row)


def second_supplement(world: World) -> Thing:
    """Let an officer ask a leader for a second supplement."""
    name = "Người Bổ Sung Lần Hai"
    filed = world.take_in(name=name)
    dossier = Dossier.objects.get(pk=filed.dossier_id)
    SupplementRequest.objects.create(dossier=dossier, ordinal=1, prepared_at=NOW, sent_at=NOW, answered_at=NOW)
    row = dossiers.ask_for_second_supplement(
        dossier_id=filed.dossier_id, reason="Giấy mới nộp bị mờ", actor=world.actor("canbo"), at=NOW
    )
    words = {"dossier": dossier.public_id, "again": row.pk}
    return Thing(
        "again", "commune", words, [name], Dossier.objects.get(pk=dossier.pk), kind="second_supplement", obj=row
    )


def _correction(world: World, side: str, filing: Dossier, store: Any) -> Thing:
    who, wanted, reason = ACCOUNTS[side], f"Tên Sửa Kín {side}", f"Lý do sửa kín {side}"
    _id, paper = store(f"chung-cu-{side}.pdf", owner=f"person:{world.people[who]}")
    made = accounts.ask_correction(
        section="dossiers", item=f"{filing.public_id}:applicant:1:full_name", wanted=wanted, reason=reason,
        document_id=paper, actor=world.actor(who), at=NOW,
    )  # fmt: skip
    row = CorrectionRequest.objects.get(public_id=made)
    marks = [wanted, reason, f"chung-cu-{side}", filing.applicant_name]  # whoever answers it reads what it is about
    return Thing("correction", side, {"correction": made}, marks, kind="correction", obj=row)


def _of_account(world: World, who: str, side: str) -> Iterator[Thing]:
    """Give an account a contact and a session besides those that it signs in with."""
    user_id, contact = world.users[who], f"kin.{who}@example.vn"
    add_contact(user_id=user_id, kind="email", contact=contact, at=NOW)
    row = SignInContact.objects.filter(user_id=user_id).latest("pk")
    session = SignInSession.objects.create(
        user_id=user_id, session_key=f"khac-{who}", method="password", device="", address="", started_at=NOW
    )
    sort, owners = ("citizen" if who in ACCOUNTS.values() else "staff"), frozenset({who})
    yield Thing(f"{sort}_contact", side, {"contact": row.public_id}, [contact], owners=owners)
    yield Thing(f"{sort}_session", side, {"session": session.public_id}, [str(session.public_id)], owners=owners)


def _roles(world: World, side: str, store: Any) -> Iterator[Thing]:
    """Let a citizen act for an organisation, and ask somebody else to act for them."""
    who = ACCOUNTS[side]
    other = next(name for name in ACCOUNTS.values() if name != who)
    _id, paper = store(f"giay-vai-tro-{side}.pdf", owner=f"person:{world.people[who]}")
    name = f"Công ty Kín {side}"
    declared = accounts.declare_representation(
        given=RepresentationInput(
            kind="organisation", full_name=name, identity="1600000001", position="Giám đốc", paper="Số 1",
            document_id=paper,
        ),
        actor=world.actor(who), at=NOW,
    )  # fmt: skip
    marks = [name, f"giay-vai-tro-{side}", str(declared)]
    yield Thing("role", side, {"role": declared}, marks, owners=frozenset({who}))
    add_contact(user_id=world.users[other], kind="email", contact=f"duoc.{other}@example.vn", at=NOW)
    giver = Person.objects.get(pk=world.people[who]).full_name
    asked = accounts.give_mandate(
        given=RepresentationInput(
            kind="mandate", full_name=giver, identity=f"07918700{len(who):04}",
            paper=f"Ủy quyền kín {side}", document_id=paper, valid_until=NOW.date() + timedelta(days=30),
            deputy_contact=f"duoc.{other}@example.vn",
        ),
        actor=world.actor(who), at=NOW,
    )  # fmt: skip
    yield Thing("asked_role", side, {"role": asked}, [], owners=frozenset({other}))


def _paper(world: World, side: str) -> Iterator[Thing]:
    """Take a dossier in on paper and send its folder off in a lot."""
    name, desk = f"Người Có Giấy {side}", world.actor(DESKS[side])
    filed = dossiers.take_in_at_counter(
        filing=world.filing(name=name, competent_agency_id=world.units[side]), actor=desk, at=NOW
    )
    custody.make_folders(dossier_ids=[filed.dossier_id])
    folder = Folder.objects.get(dossier_id=filed.dossier_id)
    unit_id = desk.posts[0].unit_id
    made = custody.open_lot(
        from_unit_id=unit_id, to_unit_id=world.units[side], folder_ids=[folder.public_id], actor=desk, at=NOW
    )
    bag = {"courier": "own", "courier_name": "Người Giao", "seal": f"NP-{side}"}
    custody.send_lot(lot_id=made, **bag, actor=desk, at=NOW)
    lot = Lot.objects.get(public_id=made)
    yield Thing("lot", side, {"lot": made}, [f"NP-{side}"], kind="lot", obj=lot)
    yield Thing("folder", side, {"folder": folder.public_id}, [str(folder.public_id)], kind="folder", obj=folder)


def calendar_change() -> int:
    """Close the whole province for a day far away; return the entry's id in the history, which all may read."""
    days = SpecialDays(kind=DayKind.CLOSURE, since=date(2027, 3, 3), until=date(2027, 3, 4), name="Bão")
    return calendars.change_calendar(change=CalendarChange(None, add=(days,)), reason="Bão", by=None, at=NOW)
