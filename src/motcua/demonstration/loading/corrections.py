"""One request to correct personal data that waits for the data protection officer."""

from datetime import datetime

from motcua.demonstration import packaged
from motcua.foundation.accounts import selectors as account_reads
from motcua.foundation.accounts import services as accounts
from motcua.foundation.core.clock import civil_day


def load_correction(*, at: datetime) -> int:
    """Let the first citizen ask once to have their phone number put right; return how many requests were made."""
    username = packaged.table("accounts.toml")["citizen"][0]["username"]
    person_id = account_reads.person_ids({username})[username]
    actor = account_reads.actor_for_person(person_id, on=civil_day(at))
    if account_reads.corrections_of(actor.user_id or 0):
        return 0
    accounts.ask_correction(
        section="account", item="phone", wanted="0913000129", reason="Tôi đã đổi số điện thoại.", actor=actor, at=at
    )
    return 1
