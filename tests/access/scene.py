"""Two communes with a dossier of every sort in each, and everybody who might look at them."""

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf

from motcua.casework.documents import services as documents
from motcua.casework.dossiers import services as dossiers
from motcua.casework.dossiers.models import Dossier, Draft, UnusualReading
from motcua.casework.dossiers.types import Filed, PaperInput, PartyInput
from motcua.casework.procedures import selectors as catalogue
from motcua.casework.procedures import services as procedures
from motcua.casework.procedures.models import TimeLimit
from motcua.casework.workflow import selectors as workflow
from motcua.foundation.accounts import services as accounts
from motcua.foundation.accounts.models import Person, PostHolding
from motcua.foundation.accounts.types import PUBLIC, SYSTEM, Actor, ApiScope, OrderInput
from motcua.foundation.organisations.models import Agency
from tests.access.things import DESKS, Thing, book, calendar_change, certified, extension, second_supplement, things_of
from tests.world import BUSINESS, NOW, World, make_world

# side -> name of the applicant's family, identity, phone, account
PEOPLE = {
    "commune": ("Trần Thị Mỹ Duyên", "079187009127", "0909000128", "congdan"),
    "other_commune": ("Phan Thị Bích Trâm", "079191009555", "0909000555", "congdan2"),
}
# People whose posts see and may do the same as somebody else's of the world.
ALIKE = {"tiepnhan2", "canbo2"}


@dataclass
class Scene:
    """The world with its things, its actors and what addresses without an object need."""

    world: World
    things: list[Thing] = field(default_factory=list)
    shared: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def actor(self, who: str) -> Actor:
        """Return the actor of a user name; 'nobody' is the public."""
        return PUBLIC if who == "nobody" else self.world.actor(who)

    def staff(self, side: str) -> Any:
        """Return the public id of a member of staff of a commune."""
        return Person.objects.values_list("public_id", flat=True).get(pk=self.world.people[DESKS[side]])

    def holding(self, side: str) -> Any:
        """Return the public id of the post that this member of staff holds."""
        return PostHolding.objects.values_list("public_id", flat=True).get(person_id=self.world.people[DESKS[side]])

    def unit(self, side: str) -> Any:
        """Return the public id of a commune."""
        return Agency.objects.values_list("public_id", flat=True).get(pk=self.world.units[side])

    @property
    def visitors(self) -> list[str]:
        """Everybody, strangers first."""
        return ["nobody", *(name for name in self.world.users if name not in ALIKE)]


def make_scene() -> Scene:
    """Build it by the services, so that nothing in it could not happen."""
    scene = Scene(make_world())
    for side in PEOPLE:
        scene.things += [_taken(scene, side), _filing(scene, side), _draft(scene, side)]
    for side in PEOPLE:
        scene.things += things_of(scene.world, side, _filed(scene, side), _file)
    copied = certified(scene.world)
    scene.things += [_ready(scene), copied, book(copied), extension(scene.world), second_supplement(scene.world)]
    _order_inspection(scene)
    _sample_and_unusual(scene)
    _share(scene)
    _draft_documents(scene)
    _propose(scene)
    _compare(scene)
    for scope in ApiScope:
        issued = accounts.issue_api_key(name=f"program {scope}", scopes=[scope], at=NOW, valid_from=date(2026, 1, 1))
        scene.keys[scope] = issued.key
    return scene


def _pdf(name: str) -> bytes:
    """Return a one-page PDF of its own: files with the same content are kept once."""
    whole = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 200))
        pdf.docinfo["/Title"] = name
        pdf.save(whole)
    return whole.getvalue()


def _file(name: str, owner: str = "") -> tuple[int, Any]:
    stored = documents.store_upload(
        file=BytesIO(_pdf(name)), name=name, purpose="component", at=NOW, owner_key=owner or f"scene:{name}"
    )
    return stored.pk, stored.public_id


def _filed(scene: Scene, side: str) -> Dossier:
    return next(item.dossier for item in scene.things if item.sort == "filing" and item.side == side)


def _parties(side: str, name: str) -> tuple[PartyInput, ...]:
    _whole, identity, phone, _account = PEOPLE[side]
    return (PartyInput(full_name=name, identity=identity, phone=phone, address=f"Ấp Bí Mật {side}"),)


def _filing_of(scene: Scene, side: str, name: str, **changes: Any) -> tuple[Any, Any]:
    world, file_name = scene.world, f"giay-mat-{name.split()[-1]}.pdf"
    file_id, file_public_id = _file(file_name)
    lines = world.choice(BUSINESS).cases[0].submit
    papers = (
        PaperInput(component_id=lines[0].id, originals=1, file_ids=(file_id,)),
        *(PaperInput(component_id=line.id, originals=1) for line in lines[1:]),
    )
    filing = world.filing(parties=_parties(side, name), papers=papers, competent_agency_id=world.units[side], **changes)
    return filing, file_public_id


def _thing(sort: str, side: str, name: str, filed: Filed, file_id: Any) -> Thing:
    dossier = Dossier.objects.get(pk=filed.dossier_id)
    tasks = workflow.open_tasks(dossier.run_id) if dossier.run_id else ()
    words = {"dossier": dossier.public_id, "file": file_id, "code": dossier.shown_code}
    if tasks:
        words["task"] = tasks[0].public_id
    _whole, identity, phone, _account = PEOPLE[side]
    marks = [name, str(dossier.public_id), identity, phone, f"Bí Mật {side}", f"giay-mat-{name.split()[-1]}"]
    return Thing(sort, side, words, [*marks, *(str(task.public_id) for task in tasks)], dossier)


def _taken(scene: Scene, side: str) -> Thing:
    name = f"Người Đã Nộp {side}"
    filing, file_id = _filing_of(scene, side, name)
    filed = dossiers.take_in_at_counter(filing=filing, actor=scene.world.actor(DESKS[side]), at=NOW)
    return _thing("taken", side, name, filed, file_id)


def _filing(scene: Scene, side: str) -> Thing:
    name, account = f"Người Nộp Mạng {side}", PEOPLE[side][3]
    filing, file_id = _filing_of(scene, side, name, channel="online", citizen_person_id=scene.world.people[account])
    filed = dossiers.file_online(filing=filing, actor=scene.world.actor(account), at=NOW)
    return _thing("filing", side, name, filed, file_id)


def _ready(scene: Scene) -> Thing:
    name = "Người Chờ Nhận commune"
    filing, file_id = _filing_of(scene, "commune", name)
    filed = dossiers.take_in_at_counter(filing=filing, actor=scene.world.actor("tiepnhan"), at=NOW)
    scene.world.lead_to(filed, "return_result")
    return _thing("ready", "commune", name, filed, file_id)


def _draft(scene: Scene, side: str) -> Thing:
    account, world = PEOPLE[side][3], scene.world
    draft = dossiers.start_draft(
        offer_id=world.choice(BUSINESS).offer.id,
        case_id=world.choice(BUSINESS).cases[0].id,
        competent_agency_id=world.units[side],
        actor=world.actor(account),
        at=NOW,
    )
    row = Draft.objects.get(public_id=draft.public_id)
    return Thing("draft", side, {"draft": row.public_id}, [str(row.public_id)], kind="draft", obj=row)


def _drawn() -> str:
    """Begin a draft of the process that dossiers run on; return its code."""
    from motcua.casework.workflow import services as workflow_services

    code: str = Dossier.objects.values_list("process_version__definition__code", flat=True)[0]
    workflow_services.start_draft(code=code, number=1, at=NOW, actor_person_id=None)
    return code


def _form() -> str:
    """Begin a draft of the form that dossiers answer, with a section copied from a block; return its code."""
    code = "ho-kinh-doanh"
    draft = procedures.start_form_draft(code=code, actor=SYSTEM, at=NOW)
    block = procedures.block_of_section(code=code, section="ho-kinh-doanh", block="ho", name="Hộ", actor=SYSTEM, at=NOW)
    schema = catalogue.form_copying.with_block(draft.schema, block.code, block.revision, block.content)
    procedures.save_form_draft(
        code=code, schema=schema, words="Chép khối", revision=draft.revision, actor=SYSTEM, at=NOW
    )
    return code


def _order_inspection(scene: Scene) -> None:
    """Let the inspector read the foreign commune of this year: the own one stays closed to them."""
    world = scene.world
    order = OrderInput(
        number="12/QĐ-TTr", issued_on=NOW.date(), inspector_id=world.people["thanhtra"], purpose="Thanh tra công vụ",
        unit_ids=(world.units["other_commune"],), filed_since=date(2026, 1, 1), filed_until=date(2026, 12, 31),
        valid_since=date(2026, 11, 1), valid_until=date(2026, 12, 31),
    )  # fmt: skip
    scene.shared["order"] = accounts.order_inspection(order=order, actor=world.actor("lanhdao.tinh"), at=NOW)


def _sample_and_unusual(scene: Scene) -> None:
    """Draw a sample for the inspector, and let somebody read too much for the data protection officer."""
    world = scene.world
    drawn = dossiers.draw_sample(
        order_id=scene.shared["order"], size=2, seed="mot", actor=world.actor("thanhtra"), at=NOW
    )
    words = {"sample": drawn, "order": scene.shared["order"], "who": "thanhtra"}
    scene.things.append(Thing("sample", "", words, []))
    found = UnusualReading.objects.create(
        person_id=world.people["canbo"], rule="night", since=NOW, until=NOW, dossiers=30, threshold=10, found_at=NOW
    )
    scene.shared["unusual"] = found.public_id


def _draft_documents(scene: Scene) -> None:
    """Let each commune draft a document of its own."""
    from motcua.casework.internal import services as internal
    from motcua.casework.internal.tests import stage
    from motcua.casework.internal.types import CaseStart

    stage.publish()
    for side in PEOPLE:
        title = f"Dự thảo kín {side}"
        file_id, file_public_id = _file(f"du-thao-{side}.pdf")
        answers = {"ly_do": f"Lý do kín {side}"}
        start = CaseStart(stage.CODE, title, scene.world.units[side], answers, file_ids=(file_id,))
        case = internal.start_case(start=start, actor=SYSTEM, at=NOW)
        words = {
            "internal": case.public_id, "internal_file": file_public_id,
            "internal_step": stage.tasks(case)[0].public_id,
        }  # fmt: skip
        scene.things.append(
            Thing("internal", side, words, [title, f"du-thao-{side}.pdf"], kind="internal_case", obj=case)
        )


def _propose(scene: Scene) -> None:
    from motcua.insight.simplification import services as simplification
    from motcua.insight.simplification.types import ProposalInput

    wish = ProposalInput("Bỏ một giấy tờ", "papers", "province", "Đã có dữ liệu", "Không hỏi nữa", 10)
    scene.shared["reviews"] = {
        side: simplification.propose(
            procedure_code=BUSINESS, agency_id=scene.world.units[unit], proposal=wish, actor=scene.actor(who), at=NOW
        )
        for side, unit, who in (("commune", "commune", "canbo"), ("other_commune", "other_commune", "xa.tiepnhan"))
    }


def _compare(scene: Scene) -> None:
    """A file of records that lacks everything in force, so that something differs."""
    from motcua.casework.procedures import selectors as procedures
    from motcua.casework.procedures import services
    from motcua.casework.procedures.models import RecordsFile
    from motcua.foundation.accounts.types import SYSTEM

    file_id = services.hand_in_records(name="moi.jsonl", chunks=[b'{"code": "x"}'], actor=SYSTEM, at=NOW)
    services.read_file(file_id=RecordsFile.objects.get(public_id=file_id).pk, at=NOW)
    scene.shared["records_file"] = file_id
    scene.shared["records_difference"] = procedures.difference_ids(file_id)[0]


def _share(scene: Scene) -> None:
    from motcua.foundation.organisations import selectors as organisations
    from motcua.foundation.organisations import services as organisation_services
    from motcua.foundation.organisations.types import Change, ItemAct

    decision, item = _decision(scene)
    choice = scene.world.choice(BUSINESS)
    agency = organisations.agency(scene.world.units["commune"], on=NOW.date())
    limit = TimeLimit.objects.filter(version__procedure__code=BUSINESS).earliest("pk")
    scene.shared |= {
        "change": calendar_change(),
        "limit": limit.pk,
        "offer": choice.offer.public_id,
        "procedure": BUSINESS,
        "process": _drawn(),
        "form": _form(),
        "agency": agency.public_id,
        "decision": decision,
        "decision_item": item,
        "reform": organisation_services.draft_reorganisation(
            title="Đổi tên xã", on=date(2027, 7, 1), by=None, at=NOW,
            changes=[Change(ItemAct.RENAME, agency.code, name="Tên mới")],
        ),
    }  # fmt: skip


def _decision(scene: Scene) -> tuple[Any, Any]:
    """A draft of the department with one amended procedure."""
    from motcua.casework.procedures import services as procedures
    from motcua.casework.procedures.types import DecisionHead

    drafter = scene.actor("so.canbo")
    head = DecisionHead(title="Sửa đổi thủ tục", issuer="Chủ tịch Ủy ban nhân dân tỉnh")
    decision = procedures.begin_decision(head=head, actor=drafter, at=NOW)
    item = procedures.add_item(decision_id=decision, act="amended", code=BUSINESS, actor=drafter, at=NOW)
    return decision, item
