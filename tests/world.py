"""A small province that any test may stand on: agencies, posts with holders, two procedures with their processes.

`make_world()` builds it by the services, so that nothing in it could not happen. Instants are those of Monday,
23 November 2026; travel there with time_machine before a request is made.
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from motcua.casework.dossiers import services as dossiers
from motcua.casework.dossiers.types import CertifiedItem, Filed, FilingInput, PaperInput, PartyInput, StepInput
from motcua.casework.procedures import selectors as procedure_reads
from motcua.casework.procedures import services as procedures
from motcua.casework.procedures.types import IntakeChoice
from motcua.casework.workflow import selectors as workflow_reads
from motcua.casework.workflow import services as workflow
from motcua.casework.workflow.types import Step, Task
from motcua.foundation.accounts import selectors as account_reads
from motcua.foundation.accounts import services as accounts
from motcua.foundation.accounts.types import SYSTEM, Actor
from motcua.foundation.calendars import services as calendars
from motcua.foundation.core.clock import VIETNAM
from motcua.foundation.organisations import selectors as organisation_reads
from motcua.foundation.organisations import services as organisations
from tests import world_data

SINCE = date(2025, 7, 1)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
PASSWORD = "mat-khau-cua-bai-thu"
BUSINESS, CERTIFICATION = "1.001612", "2.000815"


@dataclass
class World:
    """Ids by short name, and the acts that tests need to reach a state.

    Attributes:
        units: 'province', 'commune', 'centre', 'economy', 'office', 'other_commune', 'other_centre', 'department',
            'province_centre'.
        people: user name -> person id; users: user name -> user id; posts: user name -> post ids.
    """

    units: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    users: dict[str, int] = field(default_factory=dict)
    posts: dict[str, list[int]] = field(default_factory=dict)
    now: datetime = NOW

    def actor(self, username: str) -> Actor:
        """Return the actor of a user with the posts of today."""
        return account_reads.actor_for_user(self.users[username], on=self.now.date())

    def choice(self, code: str = BUSINESS) -> IntakeChoice:
        """Return what may be chosen of a procedure in the commune."""
        on = self.now.date()
        offer = procedure_reads.offer_for(code=code, agency_id=self.units["commune"], on=on)
        return procedure_reads.intake_choice(offer.id, on=on)

    def filing(self, *, code: str = BUSINESS, name: str = "Trần Thị Mỹ Duyên", **changes: Any) -> FilingInput:
        """Return a complete filing for the commune; `changes` replace its fields."""
        choice = self.choice(code)
        case = choice.cases[0]
        values: dict[str, Any] = {
            "offer_id": choice.offer.id,
            "case_id": case.id,
            "channel": "counter",
            "parties": (
                PartyInput(full_name=name, identity="089187004127", phone="0913000128", address="128/5 Lý Thái Tổ"),
            ),
            "papers": tuple(PaperInput(component_id=line.id, originals=1) for line in case.submit),
            "key": uuid4().hex,
            "competent_agency_id": self.units["commune"],
        }
        if code == CERTIFICATION:
            values["certified"] = (CertifiedItem(description="Bằng tốt nghiệp đại học", pages=2, copies=3),)
        return FilingInput(**(values | changes))

    def take_in(self, *, by: str = "tiepnhan", at: datetime | None = None, **changes: Any) -> Filed:
        """Take a dossier in at the counter of the commune."""
        return dossiers.take_in_at_counter(filing=self.filing(**changes), actor=self.actor(by), at=at or self.now)

    def file_online(self, *, at: datetime | None = None, by: str = "congdan", **changes: Any) -> Filed:
        """File a dossier online for a citizen with an account."""
        changes = {"channel": "online", "citizen_person_id": self.people[by]} | changes
        return dossiers.file_online(filing=self.filing(**changes), actor=self.actor(by), at=at or self.now)

    def tasks(self, filed: Filed) -> tuple[Task, ...]:
        """Return the open tasks of a dossier."""
        return tuple(workflow_reads.open_tasks(self._run_id(filed)))

    def step(
        self,
        filed: Filed,
        outcome: str,
        *,
        by: str,
        at: datetime | None = None,
        post_id: int | None = None,
        **given: Any,
    ) -> Step:
        """Finish the dossier's only open task."""
        return dossiers.complete_step(
            dossier_id=filed.dossier_id, task_id=self.tasks(filed)[0].public_id, outcome=outcome, actor=self.actor(by),
            at=at or self.now, given=StepInput(**given), post_id=post_id,
        )  # fmt: skip

    def lead_to(self, filed: Filed, act: str) -> Task:
        """Bring a dossier of the business procedure along its straight way to the task of that act."""
        at = self.now
        for reached, outcome, by in world_data.STRAIGHT_WAY:
            if reached == act:
                break
            at += timedelta(minutes=10)
            self.step(filed, outcome, by=by, at=at)
        return self.tasks(filed)[0]

    @staticmethod
    def _run_id(filed: Filed) -> int:
        from motcua.casework.dossiers.models import Dossier

        return Dossier.objects.values_list("run_id", flat=True).get(pk=filed.dossier_id)


def make_world() -> World:
    """Build the province and return it."""
    world = World()
    calendars.load_packaged_calendar(at=NOW)
    for short, values in world_data.UNITS.items():
        values = dict(values)
        parent = values.pop("parent", None)
        world.units[short] = organisations.found_agency(
            since=SINCE, parent_id=world.units[parent] if parent else None, is_demonstration=True, **values
        ).pk
    organisation_reads.forget_directory()
    for username, (name, *held) in world_data.STAFF.items():
        person = accounts.register_officer(username=username, password=PASSWORD, full_name=name, at=NOW)
        world.people[username], world.users[username] = person.pk, person.user_id
        world.posts[username] = []
        for unit, role, title in held:
            post = organisations.open_post(unit_id=world.units[unit], role=role, title=title, since=SINCE)
            accounts.assign_post(person_id=person.pk, post_id=post.pk, since=SINCE)
            world.posts[username].append(post.pk)
    for username, contact in world_data.CITIZENS.items():
        person = accounts.register_citizen(username=username, password=PASSWORD, at=NOW, **contact)
        world.people[username], world.users[username] = person.pk, person.user_id
    _publish(world)
    return world


def _publish(world: World) -> None:
    lines = [json.dumps(record, ensure_ascii=False) for record in world_data.RECORDS]
    report = procedures.import_records(lines, valid_from=SINCE, actor=SYSTEM, at=NOW)
    assert report.created == len(lines), report.problems
    procedures.save_eform_version(
        code="ho-kinh-doanh", name="Giấy đề nghị", schema=world_data.SCHEMA, valid_from=SINCE, actor=SYSTEM, at=NOW
    )
    for drawing in world_data.PROCESSES:
        version_id = workflow.save_draft(
            code=drawing["id"], name=drawing["name"], xml=workflow.draw(drawing), at=NOW, actor_person_id=None
        )
        workflow.publish(version_id=version_id, at=NOW, actor_person_id=None, valid_from=SINCE, decision_number="01")
    for offer in world_data.OFFERS:
        procedures.publish_offer(agency_id=None, level="commune", valid_from=SINCE, actor=SYSTEM, at=NOW, **offer)
