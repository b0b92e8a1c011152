"""The embedded server: made, found again, survived, and refused in a sentence."""

import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import psutil
import psycopg
import pytest

from motcua.config.launcher import keys, places, servers
from motcua.config.launcher.cluster import KEPT, THROWN_AWAY, Cluster, _reason
from motcua.config.launcher.places import find_place
from motcua.config.launcher.problems import StartProblem, told_plainly

pytestmark = pytest.mark.embedded


@pytest.fixture
def project():
    """A project folder whose path the service user may enter; pytest's own temporary folders are closed to it."""
    with tempfile.TemporaryDirectory(prefix="motcua-launcher-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        shutil.rmtree(places.folder_elsewhere(folder), ignore_errors=True)


@pytest.fixture
def server(project):
    made = Cluster(find_place(project, "db"), KEPT)
    yield made
    made.stop()


def _pid(server: Cluster) -> int:
    return int((server.place.data / "postmaster.pid").read_text().splitlines()[0])


def _write(server: Cluster) -> None:
    with psycopg.connect(server.url()) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('đặng')")


def _read(server: Cluster) -> str:
    with psycopg.connect(server.url()) as connection:
        return connection.execute("SELECT upper(word) FROM kept").fetchone()[0]


def test_it_sorts_and_folds_vietnamese_and_listens_to_no_network(server):
    with server.in_use(), psycopg.connect(server.url()) as connection:
        assert connection.execute("SELECT lower('ĐẶNG'), datlocale FROM pg_database LIMIT 1").fetchone() == (
            "đặng",
            "C.UTF-8",
        )
        listening = [entry for entry in psutil.Process(_pid(server)).net_connections() if entry.status == "LISTEN"]
        assert listening == []
        assert len(str(server.place.socket)) < 60
        assert stat.S_IMODE(server.place.socket.stat().st_mode) == 0o700


def test_it_has_an_owner_and_a_role_of_the_application_that_owns_nothing(server):
    with server.in_use(), psycopg.connect(server.url(role="motcua_app")) as connection:
        rights = "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        assert connection.execute(rights).fetchone() == (False, False, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine (word text)")


def test_data_stay_from_one_start_to_the_next(server):
    with server.in_use():
        _write(server)
    assert not (server.place.data / "postmaster.pid").exists()
    with server.in_use():
        assert _read(server) == "ĐẶNG"


def test_the_last_user_stops_it(server):
    other = Cluster(server.place, THROWN_AWAY)
    with server.in_use():
        with other.in_use():
            pass
        assert server._answers()
    assert not server._answers()


def test_many_may_start_it_at_once(project):
    clusters = [Cluster(find_place(project, "db"), THROWN_AWAY) for _ in range(4)]
    together, found = threading.Barrier(4), []

    def use(cluster: Cluster) -> None:
        together.wait()
        with cluster.in_use():
            found.append(_pid(cluster))
            together.wait()

    threads = [threading.Thread(target=use, args=[cluster]) for cluster in clusters]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(found)) == 1
    assert not clusters[0]._answers()


def test_it_comes_back_after_its_postmaster_was_killed(server):
    with server.in_use():
        _write(server)
        os.kill(_pid(server), signal.SIGKILL)
        server.keep_up()
        assert _read(server) == "ĐẶNG"


def test_it_comes_back_although_a_stranger_has_its_old_number(server):
    with server.in_use():
        _write(server)
        note = (server.place.data / "postmaster.pid").read_text().splitlines()
        os.kill(_pid(server), signal.SIGKILL)
        server._clear_remains()
    stranger = subprocess.Popen(["sleep", "60"], **places.identity(server.place.user))
    try:
        file = server.place.data / "postmaster.pid"
        file.write_text("\n".join([str(stranger.pid), *note[1:]]) + "\n")
        file.chmod(0o600)
        if server.place.user:
            os.chown(file, server.place.data.stat().st_uid, -1)
        with server.in_use():
            assert _read(server) == "ĐẶNG"
    finally:
        stranger.kill()
        stranger.wait()


def test_one_left_running_by_a_killed_parent_is_used_again(server):
    script = (
        "import os, signal, sys; from pathlib import Path; from motcua.config.launcher.cluster import *;"
        "from motcua.config.launcher.places import find_place;"
        "c = Cluster(find_place(Path(sys.argv[1]), 'db'), THROWN_AWAY);"
        "held = c.in_use(); held.__enter__(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", script, str(server.place.state.parent)], check=False)
    left = _pid(server)

    with server.in_use():
        assert _pid(server) == left
    assert not server._answers()


def test_another_major_version_names_the_way_out(server):
    server.place.data.mkdir(parents=True)
    (server.place.data / "PG_VERSION").write_text("17\n")

    with pytest.raises(StartProblem, match=r"made by PostgreSQL 17 .* `motcua backup FILE`"):
        server.start()


@pytest.mark.parametrize("missing", ["PG_VERSION", "global/pg_control"])
def test_a_broken_folder_is_told_in_a_sentence(server, missing):
    with server.in_use():
        pass
    (server.place.data / missing).unlink()

    with pytest.raises(StartProblem, match=r"is damaged .* `motcua restore FILE`"):
        server.start()


def test_a_full_disk_is_told_before_anything_is_written(server, monkeypatch):
    monkeypatch.setattr("motcua.config.launcher.cluster.NEEDED_MEGABYTES", 10**12)

    with pytest.raises(StartProblem, match="Free some space"):
        server.start()
    assert not server.place.data.exists()


def test_a_disk_that_fills_up_while_making_it(server, monkeypatch):
    def full(*_args, **_kwargs):
        return subprocess.CompletedProcess(
            [], 1, "", 'initdb: error: could not write to file "x": No space left on device'
        )

    monkeypatch.setattr(type(server.place), "run", full)

    with pytest.raises(StartProblem, match="the disk is full"):
        server.start()


def test_a_half_made_folder_does_not_stop_the_next_start(server):
    (server.place.folder / "data.new" / "base").mkdir(parents=True)

    with server.in_use():
        assert server._answers()


def test_a_socket_folder_of_somebody_else_is_refused(server, monkeypatch):
    monkeypatch.setattr(Path, "is_symlink", lambda self: self == server.place.socket)

    with pytest.raises(StartProblem, match="belongs to another user"):
        server.start()


@pytest.mark.skipif(os.getuid() != 0, reason="only root has a service user")
def test_a_closed_path_moves_data_and_binaries_out(project, monkeypatch):
    elsewhere = project.with_name(f"{project.name}-elsewhere")
    monkeypatch.setattr(places, "SYSTEM_FOLDER", elsewhere)
    project.chmod(0o700)

    moved = Cluster(find_place(project, "db"), THROWN_AWAY, disposable=True)

    assert moved.place.moved
    assert moved.place.data.is_relative_to(elsewhere)
    assert moved.place.binaries.is_relative_to(elsewhere)
    with moved.in_use():
        _write(moved)
    project.chmod(0o755)  # opened later: the data are still found
    assert find_place(project, "db").data == moved.place.data
    shutil.rmtree(elsewhere)


def test_problems_become_one_line_and_code_1(capsys):
    with pytest.raises(SystemExit) as ended, told_plainly():
        raise OSError(28, "No space left on device", "/data")

    assert ended.value.code == "motcua: the disk that holds /data is full. Free some space and start again."


def test_the_reason_is_the_telling_line():
    assert _reason('LOG: x\nFATAL:  could not open "pg_control"\n\n') == 'FATAL:  could not open "pg_control"'


def test_keys_are_made_once_and_kept_private(tmp_path):
    first, second = {}, {"MOTCUA_SECRET_KEY": "given"}

    keys.provide(first, state=tmp_path, data=None)
    keys.provide(second, state=tmp_path, data=None)

    assert set(first) == set(keys.NAMES)
    assert second == first | {"MOTCUA_SECRET_KEY": "given"}
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_data_without_keys_stop_the_start(tmp_path):
    (tmp_path / "data").mkdir()

    with pytest.raises(StartProblem, match="Put the file back"):
        keys.provide({}, state=tmp_path, data=tmp_path / "data")
    assert not (tmp_path / "secrets.json").exists()


def test_damaged_keys_stop_the_start(tmp_path):
    (tmp_path / "secrets.json").write_text(json.dumps({"MOTCUA_SECRET_KEY": "x"}))

    with pytest.raises(StartProblem, match="is damaged"):
        keys.provide({}, state=tmp_path, data=None)


@pytest.mark.parametrize(("number", "works"), [(140_010, False), (150_000, True), (180_006, True), (190_000, False)])
def test_other_servers_are_accepted_by_version(monkeypatch, number, works):
    class Connection:
        info = type("Info", (), {"server_version": number})

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

    monkeypatch.setattr(psycopg, "connect", lambda *_, **__: Connection())

    if works:
        servers.require_known_version("postgresql://x")
    else:
        with pytest.raises(StartProblem, match="works with 15 to 18"):
            servers.require_known_version("postgresql://x")


def test_a_server_that_does_not_answer_is_told():
    with pytest.raises(StartProblem, match="does not answer"):
        servers.require_known_version("postgresql:///x?host=/nowhere")
