import os
import socket
import struct
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from motcua.casework.documents import checks, jobs, scanning, selectors, services, types
from motcua.casework.documents.models import StoredFile
from motcua.casework.documents.tests import samples
from motcua.casework.documents.tests.conftest import AT, contents
from motcua.foundation.core.types import NotFound

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def age(path, *, days: float) -> None:
    """Let a file look `days` old at the moment of the tests."""
    moment = (AT - timedelta(days=days)).timestamp()
    os.utime(path, (moment, moment))


def test_files_of_a_draft_go_over_to_its_dossier(upload):
    rows = [upload(samples.pdf(), "a.pdf"), upload(samples.pdf(), "b.pdf")]

    changed = services.change_owner(
        public_ids=[row.public_id for row in rows], owner_key="draft:1", new_owner_key="dossier:9"
    )

    assert changed == 2
    assert [card.name for card in selectors.files_of("dossier:9")] == ["a.pdf", "b.pdf"]


def test_foreign_files_are_not_taken_over(upload):
    mine, foreign = upload(samples.pdf(), "a.pdf"), upload(samples.pdf(), "b.pdf", owner_key="draft:2")

    with pytest.raises(NotFound):
        services.change_owner(
            public_ids=[mine.public_id, foreign.public_id], owner_key="draft:1", new_owner_key="dossier:9"
        )

    assert selectors.files_of("dossier:9") == []


def test_a_discarded_file_leaves_nothing(upload, store, django_capture_on_commit_callbacks):
    row = upload(samples.pdf(change=samples.with_javascript), "a.pdf")
    assert len(contents(store)) == 2

    with django_capture_on_commit_callbacks(execute=True):
        services.discard_file(public_id=row.public_id, owner_key="draft:1")

    assert contents(store) == []
    assert not StoredFile.objects.exists()


def test_a_foreign_file_is_not_discarded(upload, store):
    row = upload(samples.pdf(), "a.pdf", owner_key="draft:2")

    with pytest.raises(NotFound):
        services.discard_file(public_id=row.public_id, owner_key="draft:1")

    assert (store / row.key).exists()


def test_the_sweep_takes_old_orphans_only(upload, store):
    kept = upload(samples.pdf(change=samples.with_javascript), "a.pdf")
    orphan = store / "stored/2026/11/20/0193aaaa"
    crashed, running = store / "incoming/in-old", store / "incoming/in-new"
    for path in (orphan, crashed, running):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    for path in [*contents(store)]:
        age(path, days=3)
    age(running, days=0.5)

    assert services.sweep_orphans(at=AT) == 2

    assert contents(store) == sorted([running, store / kept.key, store / kept.preview_key])
    assert services.sweep_orphans(at=AT) == 0


def test_the_sweep_of_an_empty_store(store, db):
    assert services.sweep_orphans(at=AT) == 0


def test_the_daily_job_sweeps(store, db):
    path = store / "incoming/in-old"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x")
    age(path, days=900)

    assert jobs.sweep_orphans(timestamp=0) == 1


class FakeDaemon:
    """Answers INSTREAM like clamd: finds EICAR, nothing else."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.listener.getsockname()[1]}"
        self.answer = b""
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        """Serve connections until the listener closes."""
        while True:
            try:
                link, _ = self.listener.accept()
            except OSError:
                return
            with link, link.makefile("rb") as lines:
                lines.read(10)
                content = b""
                while size := struct.unpack("!I", lines.read(4))[0]:
                    content += lines.read(size)
                found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
                link.sendall(self.answer or found)


@pytest.fixture
def daemon(settings) -> Iterator[FakeDaemon]:
    """A scanner daemon that the settings name."""
    made = FakeDaemon()
    settings.MOTCUA_VIRUS_SCANNER = "clamd"
    settings.MOTCUA_CLAMD_ADDRESS = made.address
    yield made
    made.listener.close()


def infected() -> bytes:
    """Return a well-formed PDF that carries the test virus."""
    return samples.pdf() + b"\n" + EICAR + b"\n%%EOF\n"


def test_a_clean_file_passes_the_scanner(daemon, upload):
    assert upload(samples.pdf(), "a.pdf").state == "ready"


def test_an_infected_file_is_refused(daemon, upload, store):
    with pytest.raises(types.FileInfected):
        upload(infected(), "a.pdf")

    assert contents(store) == []


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0"])
def test_a_scanner_without_verdict_lets_the_file_wait(answer, daemon, upload):
    daemon.answer = answer

    row = upload(samples.pdf(), "a.pdf")

    assert (row.state, row.warnings) == ("warned", ["not-scanned"])


def test_what_waited_is_scanned_later(daemon, upload, settings, store, django_capture_on_commit_callbacks):
    settings.MOTCUA_CLAMD_ADDRESS = "/nonexistent/clamd.ctl"
    clean, bad = upload(samples.pdf(), "a.pdf"), upload(infected(), "b.pdf")
    assert services.scan_waiting() == 0
    settings.MOTCUA_CLAMD_ADDRESS = daemon.address

    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.scan_waiting(timestamp=0) == 2

    assert [card.state for card in selectors.files_of("draft:1")] == ["ready", "refused"]
    bad.refresh_from_db()
    assert bad.refused_code == "file-infected"
    assert contents(store) == [store / clean.key]
    assert services.scan_waiting() == 0


def test_a_scanner_of_ones_own_is_named_by_its_path(settings):
    settings.MOTCUA_VIRUS_SCANNER = "motcua.casework.documents.scanning.Off"

    assert isinstance(scanning.scanner(), scanning.Off)


@pytest.mark.parametrize(
    ("name", "problems"),
    [("off", []), ("clamd", []), ("motcua.casework.documents.scanning.Off", []), ("clamav", ["documents.E001"])],
)
def test_a_scanner_that_does_not_exist_is_found_at_start(name, problems, settings):
    settings.MOTCUA_VIRUS_SCANNER = name

    assert [problem.id for problem in checks.virus_scanner_exists()] == problems
