"""The dossiers that are cloned: made by the services in the demonstration province, at every step of their process."""

import random
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from motcua.casework.dossiers import services as dossiers
from motcua.casework.dossiers.types import Filed, FilingInput, PaperInput, PartyInput, StepInput
from motcua.casework.procedures import selectors as procedures
from motcua.casework.workflow import selectors as workflow
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts.models import PostHolding
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import VIETNAM, civil_day
from motcua.foundation.organisations import selectors as organisations

PROCEDURE = "1.001612"
COMMUNES = 20


class Seeder:
    """Makes dossiers of one procedure in the first communes, led to steps that differ."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.on = civil_day(at)
        self.random = random.Random(3)  # noqa: S311 - the same seeds each time
        self.actors: dict[tuple[int, str], Actor] = {}
        listing = organisations.directory(on=self.on)
        self.communes = [card.id for card in listing.agencies.values() if card.kind == "commune"][:COMMUNES]

    def run(self, per_commune: int = 12) -> None:
        """Make the seeds: two of three finished and returned, the rest left at different steps."""
        for commune in self.communes:
            for number in range(per_commune):
                filed = self.take_in(commune, self.at - timedelta(days=1, hours=number % 5))
                self.lead(filed, steps=99 if number % 3 else 2 * (number == 9))

    def take_in(self, commune: int, at: datetime) -> Filed:
        """Take a dossier in at the commune's counter."""
        offer = procedures.offer_for(code=PROCEDURE, agency_id=commune, on=self.on)
        case = procedures.intake_choice(offer.id, on=self.on).cases[0]
        number = self.random.randint(10**9, 10**10 - 1)
        party = PartyInput(
            full_name="Người Thử Nghiệm", identity=f"08{number}", phone=f"09{number % 10**8:08d}", address="1 Trần Phú"
        )
        filing = FilingInput(
            offer_id=offer.id, case_id=case.id, channel="counter", parties=(party,), key=uuid4().hex,
            papers=tuple(PaperInput(component_id=line.id, originals=1) for line in case.papers[:3]),
            competent_agency_id=commune, answers={"ten_ho_kinh_doanh": "Hộ kinh doanh thử nghiệm"},
        )  # fmt: skip
        centre = organisations.child_unit(commune, kind="commune_centre", on=self.on) or commune
        actor = self.actor(centre, "receptionist")
        post = next(post for post in actor.posts if post.unit_id == centre)
        return dossiers.take_in_at_counter(filing=filing, actor=actor, at=at, post_id=post.post_id)

    def actor(self, unit_id: int, role: str) -> Actor:
        """Return somebody who holds that post."""
        if (unit_id, role) not in self.actors:
            holding = (
                PostHolding.objects.filter(post__unit_id=unit_id, post__role=role).select_related("person").first()
            )
            if holding is None or holding.person.user_id is None:
                raise LookupError(f"nobody holds {role} in unit {unit_id}")
            self.actors[unit_id, role] = accounts.actor_for_user(holding.person.user_id, on=self.on)
        return self.actors[unit_id, role]

    def lead(self, filed: Filed, *, steps: int) -> None:
        """Do up to `steps` tasks by their first outcome."""
        from motcua.casework.dossiers.models import Dossier

        run_id = Dossier.objects.values_list("run_id", flat=True).get(pk=filed.dossier_id)
        at = self.at - timedelta(hours=3)
        for _ in range(steps):
            tasks = workflow.open_tasks(run_id)
            if not tasks:
                return
            task: Any = tasks[0]
            actor = self.actor(task.unit_id, task.role)
            post = next(post for post in actor.posts if post.unit_id == task.unit_id and post.role == task.role)
            at += timedelta(minutes=7)
            dossiers.complete_step(
                dossier_id=filed.dossier_id, task_id=task.public_id, outcome=task.outcomes[0].code, actor=actor, at=at,
                given=StepInput(), post_id=post.post_id,
            )  # fmt: skip


OPEN_SHARE = 0.1  # one of ten dossiers is open


def build(count: int, *, open_share: float = OPEN_SHARE) -> None:
    """Fill an empty database: tables, province, seeds, clones, figures."""
    from django.core.management import call_command
    from django.db import connection

    from bench.cloning import Cloner, verify
    from bench.stage import say
    from motcua.insight.statistics.services import rebuild_statistics

    say("tables and province")
    call_command("migrate", verbosity=0)
    call_command("load_demonstration", verbosity=0)
    organisations.forget_directory()
    say("seeds by the services")
    now = datetime.now(tz=VIETNAM).replace(hour=10, minute=0, second=0, microsecond=0)
    Seeder(now).run()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_outbox_event SET delivered_at = now()")
    say(f"{count:,} dossiers by COPY")
    Cloner(count, open_share=open_share).run()
    say("figures, vacuum")
    rebuild_statistics()
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")  # a page's limit is not the stage's
        cursor.execute("SET statement_timeout = 0")  # a million dossiers take longer than a page may
        cursor.execute("VACUUM ANALYZE")
    say(f"{verify()} clones verified and replayed")
