"""Makes the accounts of the demonstration usable: one random password, kept in a file beside the data."""

import json
import secrets
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from motcua.demonstration import packaged, province
from motcua.demonstration.arrivals import Arrival
from motcua.foundation.accounts import selectors as accounts_read
from motcua.foundation.accounts import services as accounts
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations.types import HeldPost


def load_accounts(*, at: datetime, file: Path) -> list[dict[str, str]]:
    """Register the demonstration's citizens, set the shared password and write the list worth trying to `file`.

    A password that the file already holds is kept, so that a second load does not lock anybody out.
    """
    password = _kept_password(file) or secrets.token_urlsafe(9)
    listing = packaged.table("accounts.toml")
    citizens = {item["username"] for item in listing["citizen"]}
    known = accounts_read.person_ids(citizens)
    for item in listing["citizen"]:
        if item["username"] not in known:
            fields = {key: item[key] for key in ("username", "full_name", "identity", "phone", "email")}
            accounts.register_citizen(password=None, at=at, **fields)
    accounts.set_shared_password(usernames=citizens | set(province.plan().people), password=password)
    shown = _shown(listing, password, at)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(shown, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    file.chmod(0o600)
    return shown


def with_citizens(planned: list[Arrival]) -> list[Arrival]:
    """Return the plan with some online dossiers given to the first demonstration citizen, who has an account."""
    item = packaged.table("accounts.toml")["citizen"][0]
    wanted = {"household_business", "register_extract", "building_permit", "land_change", "civil_status_change"}
    online = [arrival for arrival in planned if arrival.channel == "online" and arrival.process in wanted]
    mine = {arrival.number for arrival in [*online[::60][:4], *online[-4:]]}
    return [_given_to(arrival, item) if arrival.number in mine else arrival for arrival in planned]


def _given_to(arrival: Arrival, item: dict[str, str]) -> Arrival:
    keys = {"name": "full_name", "identity": "identity", "phone": "phone", "email": "email", "username": "username"}
    return replace(arrival, applicant=replace(arrival.applicant, **{key: item[name] for key, name in keys.items()}))


def _kept_password(file: Path) -> str:
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))[0]["password"])
    except (OSError, ValueError, LookupError, TypeError):
        return ""


def _place(post: HeldPost) -> list[str]:
    return [post.title, *dict.fromkeys((post.unit_name, post.agency_name))]


def _shown(listing: dict[str, Any], password: str, at: datetime) -> list[dict[str, str]]:
    about = {item["username"]: item["about"] for item in [*listing["staff"], *listing["citizen"]]}
    found = accounts_read.demo_accounts(on=civil_day(at), usernames=list(about))
    return [
        {
            "username": username,
            "password": password,
            "name": name,
            "post": "; ".join(", ".join(_place(post)) for post in posts),
            "about": about[username],
        }
        for username, name, posts in found
    ]
