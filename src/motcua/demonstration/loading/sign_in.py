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
    """Return the plan with the demonstration citizens' own data where a dossier is theirs.

    Those of the plan that name one, and a few settled online ones of the first, who has an account with a past.
    """
    people = {item["username"]: item for item in packaged.table("accounts.toml")["citizen"]}
    first = next(iter(people))
    wanted = {"household_business", "register_extract", "building_permit", "land_change", "civil_status_change"}
    online = [item for item in planned if item.channel == "online" and item.process in wanted and not item.lingers]
    earlier = {item.number for item in online[:: max(1, len(online) // 4)][:4]}
    return [
        _own(item, people.get(item.applicant.username or (first if item.number in earlier else ""))) for item in planned
    ]


def _own(arrival: Arrival, item: dict[str, str] | None) -> Arrival:
    if item is None:
        return arrival
    who = replace(
        arrival.applicant,
        name=item["full_name"],
        identity=item["identity"],
        phone=item["phone"],
        email=item["email"],
        username=item["username"],
    )
    return replace(arrival, applicant=who)


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
