"""`motcua`, the one command line: Django's management commands and a few of our own, with a database under them.

When DATABASE_URL is unset the embedded PostgreSQL runs for as long as the command does.
"""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import ProgrammingError
from psycopg.errors import InsufficientPrivilege

from motcua.config.launcher import cluster, keys, places, servers
from motcua.config.launcher.problems import told_plainly

# Our own commands: name -> (module, what it does). Each module has run(arguments).
OWN = {
    "demo": ("motcua.config.demo", "serve the demonstration province on this machine"),
    "work": ("motcua.config.worker", "run the worker: relay, jobs, periodic sweeps"),
    "backup": ("motcua.config.backup", "write database and files into one file: motcua backup FILE"),
    "restore": ("motcua.config.restore", "read such a file back: motcua restore FILE [--replace]"),
}
NEEDS_NO_DATABASE = {"help", "version", "--version", "--help", "-h", "collectstatic", "diffsettings", "compilemessages"}
SERVING = {"demo", "work", "runserver"}
NEEDS_KNOWN_SERVER = {"demo", "work", "migrate", "backup", "restore"}
NEEDS_OWNER = (
    "The owner of the tables may do this: set MOTCUA_OWNER_DATABASE_URL, or run `motcua migrate` as the owner."
)
# What the owner of the tables does; all else works as the application's own role.
OWNERS = {
    "migrate", "makemigrations", "sqlmigrate", "backup", "restore", "flush", "dbshell", "retention", "rotate_keys",
}  # fmt: skip


def main() -> None:
    """Run the command named by the arguments; problems outside the program end it with a sentence and code 1."""
    signal.signal(signal.SIGTERM, _leave)
    with told_plainly():
        try:
            run(sys.argv[1:] or ["help"])
        except ImproperlyConfigured as error:
            sys.exit(f"motcua: {error}")
        except ProgrammingError as error:
            if isinstance(error.__cause__, InsufficientPrivilege):
                sys.exit(f"motcua: {str(error).splitlines()[0]}. {NEEDS_OWNER}")
            raise
        except KeyboardInterrupt:
            sys.exit(130)


def run(arguments: Sequence[str]) -> None:
    """Prepare environment and database, then run one command."""
    name = arguments[0]
    project = places.home()
    os.environ.setdefault("MOTCUA_HOME", str(project))
    with prepared_database(project, name):
        if name not in SERVING:
            # A migration may work long on a big table; a page may not.
            os.environ.setdefault("MOTCUA_STATEMENT_TIMEOUT_MS", "0")
        if name in OWN:
            command: Callable[[Sequence[str]], None] = import_module(OWN[name][0]).run
            command(arguments[1:])
        else:
            execute_from_command_line(["motcua", *arguments])
            _mention_own(arguments)


def prepared_database(project: Path, name: str) -> AbstractContextManager[None]:
    """Set DATABASE_URL, settings module and keys; return the context in which an embedded server runs."""
    given = os.environ.get("DATABASE_URL")
    room = os.environ.get("MOTCUA_ENV") or ("production" if given and name != "demo" else "development")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"motcua.config.settings.{room}")
    if given:
        _choose_role(name)
        if room == "development":
            keys.provide(os.environ, state=places.state_folder(project), data=None)
        if name in NEEDS_KNOWN_SERVER:
            servers.require_known_version(os.environ["DATABASE_URL"])
        return nullcontext()
    server = cluster.demonstration(project)
    keys.provide(os.environ, state=server.place.state, data=server.place.data)
    os.environ |= {
        "DATABASE_URL": server.url(role=cluster.APP_ROLE),
        "MOTCUA_OWNER_DATABASE_URL": server.url(),
        "MOTCUA_EMBEDDED": "1",
    }
    _choose_role(name)
    return nullcontext() if name in NEEDS_NO_DATABASE else server.in_use()


def _choose_role(name: str) -> None:
    """Let the owner do what only an owner may; with one address only, one role does everything."""
    if name in OWNERS and (owner := os.environ.get("MOTCUA_OWNER_DATABASE_URL")):
        os.environ["DATABASE_URL"] = owner


def _mention_own(arguments: Sequence[str]) -> None:
    if arguments[0] in {"help", "--help", "-h"} and len(arguments) == 1:
        lines = "\n".join(f"    {name:<10}{told}" for name, (_, told) in OWN.items())
        sys.stdout.write(f"\n[motcua]\n{lines}\n")


def _leave(number: int, frame: object) -> None:
    """Turn SIGTERM into an orderly end, so that what was started is stopped."""
    sys.exit(128 + number)
