"""Tells whether the packaged province is in this database as packaged, so that a second start need not load it."""

import hashlib
from datetime import date
from importlib.resources import files
from pathlib import Path

from motcua.casework.procedures import selectors as procedures
from motcua.casework.workflow import selectors as workflow
from motcua.demonstration import packaged, pairing, province
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.organisations import selectors as organisations

_OTHER_DATA = ("motcua.casework.procedures.data", "motcua.foundation.calendars.data")


def fingerprint() -> str:
    """Return a digest of everything that is loaded: packaged files and the modules that load them."""
    found = hashlib.blake2b(digest_size=16)
    own = Path(__file__).resolve().parents[1]
    for path in [*sorted(packaged.DATA.rglob("*")), *sorted(own.glob("*.py")), *sorted(own.glob("loading/*.py"))]:
        if path.is_file():
            found.update(path.read_bytes())
    for package in _OTHER_DATA:
        for item in sorted(files(package).iterdir(), key=lambda item: item.name):
            if item.is_file():
                found.update(item.read_bytes())
    return found.hexdigest()


def is_loaded(stamp: Path, *, on: date) -> bool:
    """Say whether `stamp` tells of this very package and the database has what is loaded last of each part."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == fingerprint() and _is_in_database(on)


def _is_in_database(on: date) -> bool:
    plan = province.plan()
    listing = organisations.directory(on=on)
    if plan.agencies[-1].code not in listing.by_code:
        return False
    logins = {plan.appointments[-1].login, packaged.table("accounts.toml")["citizen"][-1]["username"]}
    if accounts.person_ids(logins).keys() != logins:
        return False
    last = pairing.pairings()[-1]
    commune = listing.by_code[province.commune_codes()["30742"]]
    return workflow.published_version(last.code, on=on) is not None and any(
        offer.process_code == last.code for offer in procedures.offers_of_agency(commune, on=on)
    )
