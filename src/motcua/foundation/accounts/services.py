"""Changes of users, persons and holdings."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.foundation.accounts.absences import decide_absence, end_absence, enter_absence
from motcua.foundation.accounts.api_keys import (
    claim_api_request,
    issue_api_key,
    revoke_api_key,
)
from motcua.foundation.accounts.attempts import begin as begin_attempt
from motcua.foundation.accounts.attempts import succeeded as attempt_succeeded
from motcua.foundation.accounts.codes import ask_again, ask_code, forget_proof, prove_code
from motcua.foundation.accounts.contacts import add_contact, confirm_own_contact, offer_contact, remove_own_contact
from motcua.foundation.accounts.correcting import ask_correction, decide_correction, note_export
from motcua.foundation.accounts.inspecting import order_inspection, revoke_inspection
from motcua.foundation.accounts.kept import register_hold
from motcua.foundation.accounts.models import Person, PostHolding, User
from motcua.foundation.accounts.passkeys import (
    add_passkey,
    begin_passkey,
    begin_passkey_check,
    check_passkey,
    remove_passkey,
)
from motcua.foundation.accounts.passwords import (
    change_password,
    reset_password,
)
from motcua.foundation.accounts.people import (
    end_holding,
    give_post,
    new_officer,
    new_start_password,
    record_qualification,
)
from motcua.foundation.accounts.representations import (
    answer_mandate,
    declare_representation,
    end_representation,
    give_mandate,
    use_representation,
)
from motcua.foundation.accounts.second_factor import (
    begin_authenticator,
    check_second_code,
    confirm_authenticator,
    recovery_codes_if_none,
    remove_authenticator,
    renew_recovery_codes,
)
from motcua.foundation.accounts.sessions import (
    end_other_sessions,
    end_session,
    keep_session,
    open_session,
    remember_device,
)
from motcua.foundation.accounts.sign_on import (
    citizen_of,
    come_back,
    go_there,
    new_citizen,
    staff_of,
)
from motcua.foundation.accounts.staff_accounts import (
    reset_second_factor,
)
from motcua.foundation.accounts.staffing import end_post, name_party_body, open_unit_post, set_staffing_number
from motcua.foundation.accounts.types import NewHolding
from motcua.foundation.core import personal_data

__all__ = [
    "add_contact",
    "add_passkey",
    "answer_mandate",
    "ask_again",
    "ask_code",
    "ask_correction",
    "assign_post",
    "assign_posts",
    "attempt_succeeded",
    "begin_attempt",
    "begin_authenticator",
    "begin_passkey",
    "begin_passkey_check",
    "change_password",
    "check_passkey",
    "check_second_code",
    "citizen_of",
    "claim_api_request",
    "come_back",
    "confirm_authenticator",
    "confirm_own_contact",
    "decide_absence",
    "decide_correction",
    "declare_representation",
    "end_absence",
    "end_holding",
    "end_other_sessions",
    "end_post",
    "end_representation",
    "end_session",
    "enter_absence",
    "forget_proof",
    "give_mandate",
    "give_post",
    "go_there",
    "issue_api_key",
    "keep_session",
    "name_party_body",
    "new_citizen",
    "new_officer",
    "new_start_password",
    "note_export",
    "offer_contact",
    "open_session",
    "open_unit_post",
    "order_inspection",
    "prove_code",
    "record_qualification",
    "recovery_codes_if_none",
    "register_citizen",
    "register_hold",
    "register_officer",
    "register_officers",
    "remember_device",
    "remove_authenticator",
    "remove_own_contact",
    "remove_passkey",
    "renew_recovery_codes",
    "reset_password",
    "reset_second_factor",
    "revoke_api_key",
    "revoke_inspection",
    "set_shared_password",
    "set_staffing_number",
    "staff_of",
    "use_representation",
]


@transaction.atomic
def register_citizen(
    *,
    username: str,
    password: str | None,
    full_name: str,
    identity: str = "",
    phone: str = "",
    email: str = "",
    at: datetime,
) -> Person:
    """Create a citizen's sign-in and person; contacts are stored encrypted, with digests for exact search.

    They may sign in by a code to the phone or the e-mail too, unless somebody else has that contact already.
    """
    user = User.objects.create_user(username, password, date_joined=at)
    for contact in filter(None, (phone, email)):
        offer_contact(user_id=user.pk, typed=contact, at=at)
    return Person.objects.create(
        user=user,
        full_name=full_name,
        **_sealed("identity", personal_data.normal_identity(identity)),
        **_sealed("phone", personal_data.normal_phone(phone)),
        **_sealed_email(email),
    )


def _sealed(name: str, value: str) -> dict[str, Any]:
    if not value:
        return {}
    return {
        f"{name}_cipher": personal_data.encrypt(value, purpose=f"person.{name}"),
        f"{name}_digest": personal_data.digest(value, purpose=name),
        f"{name}_digest_next": personal_data.next_digest(value, purpose=name),
    }


def _sealed_email(value: str) -> dict[str, Any]:
    return {"email_cipher": personal_data.encrypt(value, purpose="person.email")} if value else {}


@transaction.atomic
def register_officer(*, username: str, password: str | None, full_name: str, at: datetime, email: str = "") -> Person:
    """Create an officer's sign-in and person, without posts yet; a forgotten password comes back by the e-mail."""
    user = User.objects.create_user(username, password, date_joined=at)
    if email:
        offer_contact(user_id=user.pk, typed=email, at=at)
    return Person.objects.create(user=user, full_name=full_name, is_officer=True)


@transaction.atomic
def register_officers(*, names: dict[str, str], at: datetime) -> dict[str, int]:
    """Create many officers who cannot sign in yet, from full names by username; return person ids by username."""
    users = [User(username=username, date_joined=at) for username in names]
    for user in users:
        user.set_unusable_password()
    users = User.objects.bulk_create(users, batch_size=500)
    people = Person.objects.bulk_create(
        [Person(user=user, full_name=names[user.username], is_officer=True) for user in users], batch_size=500
    )
    return {user.username: person.pk for user, person in zip(users, people, strict=True)}


def assign_post(
    *,
    person_id: int,
    post_id: int,
    since: date,
    until: date | None = None,
    home_agency_id: int | None = None,
    is_state_employee: bool = True,
) -> PostHolding:
    """Let a person hold a post from `since` up to but not including `until`."""
    return PostHolding.objects.create(
        person_id=person_id,
        post_id=post_id,
        home_agency_id=home_agency_id,
        is_state_employee=is_state_employee,
        valid=DateRange(since, until),
    )


def assign_posts(*, holdings: Sequence[NewHolding], since: date) -> None:
    """Let many people hold posts from `since` on, in few statements."""
    PostHolding.objects.bulk_create(
        [
            PostHolding(
                person_id=item.person_id,
                post_id=item.post_id,
                home_agency_id=item.home_agency_id,
                is_state_employee=item.is_state_employee,
                valid=DateRange(since, None),
            )
            for item in holdings
        ],
        batch_size=500,
    )


def set_shared_password(*, usernames: set[str], password: str) -> int:
    """Give one password to several demonstration accounts; hashed once, because a good hash is slow.

    Returns:
        How many accounts now have it.
    """
    return User.objects.filter(username__in=usernames).update(password=make_password(password))
