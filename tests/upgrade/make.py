"""Makes the state that the upgrade test begins with: `python -m tests.upgrade.make NAME`, run at a release's commit.

An empty database gets that commit's migrations, the small province of the tests, and dossiers of every kind by running
that commit's services; the whole database is then written beside this file as one compressed SQL script, NAME.sql.xz,
which the upgrade test of every later version begins with. All people in it are invented; the keys are the tests' own.
"""

import lzma
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from motcua.casework.dossiers.types import PaperInput
    from tests.world import World

FOLDER = Path(__file__).resolve().parent
PROJECT = FOLDER.parents[1]
# Commands of psql, and a setting that older servers do not know.
LEFT_OUT = ("\\restrict ", "\\unrestrict ", "SET transaction_timeout ")


def main(name: str) -> None:
    """Make the database, write it out, drop it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.config.settings.test"
    django.setup()
    from django.core.management import call_command

    from motcua.config.launcher import cluster
    from tests.database import copied_database, pointed_at

    server = cluster.for_tests(PROJECT)
    with server.in_use(), copied_database(server.url("postgres"), "motcua_upgrade_make", migrated=False) as url:
        with pointed_at(url):
            call_command("migrate", verbosity=0, interactive=False)
            _fill()
        target = FOLDER / f"{name}.sql.xz"
        target.write_bytes(lzma.compress(_script_of(url).encode(), preset=9 | lzma.PRESET_EXTREME))
    sys.stdout.write(f"{target}: {target.stat().st_size // 1000} kB\n")


def _script_of(url: str) -> str:
    """Return the whole database as statements that any PostgreSQL from 15 on runs without psql."""
    from motcua.config import archive

    arguments = ["--no-owner", "--no-privileges", "--no-comments", "--inserts", "--rows-per-insert=200"]
    dumped = subprocess.run(
        [archive.tool("pg_dump"), *arguments],
        env=archive.connection_variables(url),
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return "\n".join(line for line in dumped.split("\n") if not line.startswith(LEFT_OUT))


def _fill() -> None:
    """Build the province and dossiers in every state, each by the services."""
    from motcua.casework.dossiers import services
    from motcua.casework.dossiers.types import SupplementAnswer, SupplementItem
    from motcua.engagement.surveys import services as surveys
    from motcua.foundation.core import relay
    from tests.world import CERTIFICATION, make_world

    world = make_world()
    desk, citizen = world.actor("tiepnhan"), world.actor("congdan")

    for act in ("examine", "check", "sign", "issue", "to_desk", "return_result"):
        world.lead_to(world.take_in(papers=_papers(world)), act)
    done = world.take_in(
        answers={"ten_ho": "Tiệm vải Mỹ Duyên", "von": 50_000_000}, citizen_person_id=citizen.person_id
    )
    world.lead_to(done, "return_result")
    world.step(done, "returned", by="tiepnhan", at=_later(hours=2), recipient_name="Trần Thị Mỹ Duyên")
    surveys.rate_dossier(dossier_id=done.dossier_id, level="very_satisfied", actor=citizen, at=_later(hours=3))
    services.log_reading(dossier_id=done.dossier_id, actor=world.actor("canbo"), what="dossier", at=_later(hours=3))

    world.file_online(papers=_papers(world))
    services.accept_filing(dossier_id=world.file_online().dossier_id, actor=desk, at=world.now)
    services.refuse_filing(
        dossier_id=world.file_online().dossier_id, reason="Không thuộc thẩm quyền", legal_basis="Điều 17", actor=desk,
        at=world.now,
    )  # fmt: skip

    asked = (SupplementItem(reason="Thiếu chữ ký"),)
    for answered in (False, True):
        filed = world.take_in(citizen_person_id=citizen.person_id)
        world.step(filed, "lacking", by="canbo", supplement=asked)
        if answered:
            answers = (SupplementAnswer(paper_id=None, file_ids=(_a_file("supplement"),)),)
            services.answer_supplement(
                dossier_id=filed.dossier_id, answers=answers, actor=citizen, at=_later(days=2)
            )  # fmt: skip
    services.withdraw(
        dossier_id=world.take_in(citizen_person_id=citizen.person_id).dossier_id, reason="Đổi ý", actor=citizen,
        at=_later(hours=1),
    )  # fmt: skip
    refused = world.take_in()
    for outcome, by in (("not_eligible", "canbo"), ("sign", "lanhdao"), ("issued", "vanthu"), ("brought", "vanthu")):
        world.step(refused, outcome, by=by, note="Ngành nghề bị cấm")
    world.take_in(code=CERTIFICATION)
    services.start_draft(
        offer_id=world.choice().offer.id, competent_agency_id=world.units["commune"], actor=citizen, at=world.now
    )
    while relay.relay_batch(at=_later(days=3)):
        pass


def _papers(world: "World") -> "tuple[PaperInput, ...]":
    """Return the papers of the business procedure, the first with a file."""
    from motcua.casework.dossiers.types import PaperInput

    submit = world.choice().cases[0].submit
    first = PaperInput(component_id=submit[0].id, originals=1, file_ids=(_a_file("component"),))
    return (first, *(PaperInput(component_id=line.id, plain=1) for line in submit[1:]))


def _a_file(purpose: str) -> int:
    """Store a small PDF; return its row's id."""
    from django.core.files.base import ContentFile

    from motcua.casework.documents import services as documents
    from motcua.casework.documents.tests import samples
    from tests.world import NOW

    file = ContentFile(samples.pdf(), name="don.pdf")
    return documents.store_upload(file=file, name="don.pdf", purpose=purpose, at=NOW, owner_key="upgrade").id


def _later(**difference: int) -> datetime:
    """Return an instant after the world's own."""
    from tests.world import NOW

    return NOW + timedelta(**difference)


if __name__ == "__main__":
    main(sys.argv[1])
