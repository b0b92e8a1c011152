"""Words, pictures and refusals of signing in and of acting for others. Read them through `accounts.types`."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motcua.foundation.core.types import Invalid, Refusal


class ContactKind(models.TextChoices):
    """By what a code reaches somebody."""

    PHONE = "phone", _("Phone number")
    EMAIL = "email", _("E-mail")


class CodePurpose(models.TextChoices):
    """What a one-time code opens."""

    SIGN_IN = "sign_in", _("Sign in")
    RESET = "reset", _("Set a new password")
    CONFIRM = "confirm", _("Confirm a contact")


class SignInMethod(models.TextChoices):
    """How somebody showed who they are."""

    PASSWORD = "password", _("Password")
    CODE = "code", _("One-time code")
    OUTSIDE = "outside", _("Outside sign-on")
    TOTP = "totp", _("Authenticator app")
    PASSKEY = "passkey", _("Passkey")
    RECOVERY = "recovery", _("Recovery code")


class EventKind(models.TextChoices):
    """What touched the safety of an account."""

    SIGNED_IN = "signed_in", pgettext_lazy("security event", "Signed in")
    PASSWORD_CHANGED = "password_changed", pgettext_lazy("security event", "Password changed")
    PASSWORD_RESET = "password_reset", pgettext_lazy("security event", "Forgotten password replaced")
    AUTHENTICATOR_ADDED = "authenticator_added", pgettext_lazy("security event", "Authenticator app set up")
    AUTHENTICATOR_REMOVED = "authenticator_removed", pgettext_lazy("security event", "Authenticator app removed")
    PASSKEY_ADDED = "passkey_added", pgettext_lazy("security event", "Passkey added")
    PASSKEY_REMOVED = "passkey_removed", pgettext_lazy("security event", "Passkey removed")
    RECOVERY_RENEWED = "recovery_renewed", pgettext_lazy("security event", "New recovery codes made")
    RECOVERY_USED = "recovery_used", pgettext_lazy("security event", "Recovery code used")
    FACTORS_RESET = "factors_reset", pgettext_lazy("security event", "Second factor reset by an administrator")
    CONTACT_ADDED = "contact_added", pgettext_lazy("security event", "Contact confirmed")
    CONTACT_REMOVED = "contact_removed", pgettext_lazy("security event", "Contact removed")
    SESSION_ENDED = "session_ended", pgettext_lazy("security event", "Another session ended")
    OUTSIDE_LINKED = "outside_linked", pgettext_lazy("security event", "Outside sign-on linked")
    MANDATE_GIVEN = "mandate_given", pgettext_lazy("security event", "Mandate given")
    MANDATE_ACCEPTED = "mandate_accepted", pgettext_lazy("security event", "Mandate accepted")
    REPRESENTATION_DECLARED = "representation_declared", pgettext_lazy("security event", "Acting for another declared")
    REPRESENTATION_ENDED = "representation_ended", pgettext_lazy("security event", "Acting for another ended")
    DATA_EXPORTED = "data_exported", pgettext_lazy("security event", "Held data taken out as a file")
    CORRECTION_ASKED = "correction_asked", pgettext_lazy("security event", "Correction asked for")
    CORRECTION_MADE = "correction_made", pgettext_lazy("security event", "Data corrected as asked")
    CORRECTION_REFUSED = "correction_refused", pgettext_lazy("security event", "Correction refused")


class CorrectionState(models.TextChoices):
    """How a request to put data right stands."""

    WAITING = "waiting", pgettext_lazy("correction", "Waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("correction", "Corrected")
    REFUSED = "refused", pgettext_lazy("correction", "Refused")


class RepresentationKind(models.TextChoices):
    """For whom somebody acts."""

    CHILD = "child", _("For a child")
    ORGANISATION = "organisation", _("For an organisation")
    MANDATE = "mandate", _("By mandate")


class RepresentedAct(models.TextChoices):
    """What a deputy may do for the principal."""

    FILE = "file", _("Hand in dossiers")
    ANSWER = "answer", _("Add papers and take dossiers back")


@dataclass(frozen=True, slots=True)
class SentCode:
    """A code that has to be sent now, in clear, to be handed to the channel and forgotten.

    Attributes:
        contact: '' when nobody is to be written to, so that known and unknown names cost the same.
    """

    public_id: UUID
    purpose: str
    kind: str
    contact: str
    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ProvedContact:
    """A contact whose code was typed rightly. `user_id` is None when no account has it yet."""

    public_id: UUID
    kind: str
    contact: str
    user_id: int | None


@dataclass(frozen=True, slots=True)
class SecondFactors:
    """What a user has beside the password, and whether the posts held demand it."""

    is_required: bool = False
    has_authenticator: bool = False
    passkeys: tuple["PasskeyCard", ...] = ()
    recovery_left: int = 0

    @property
    def has_any(self) -> bool:
        """Say whether the user has to show a second factor."""
        return self.has_authenticator or bool(self.passkeys)


@dataclass(frozen=True, slots=True)
class PasskeyCard:
    """A passkey as its owner sees it."""

    public_id: UUID
    name: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class SessionCard:
    """A session as its owner sees it."""

    public_id: UUID
    device: str
    address: str
    started_at: datetime
    method: str
    second_factor: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class EventCard:
    """Something that happened to an account; `by` is the name of somebody else who did it."""

    kind: str
    label: str
    at: datetime
    device: str
    address: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class ContactCard:
    """A contact as its owner sees it, in clear."""

    public_id: UUID
    kind: str
    contact: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class SignOn:
    """An outside sign-on as configured.

    Attributes:
        audience: 'citizens', 'staff' or 'both'.
        match: the claim that names a member of staff's user name; citizens are known by the subject.
        has_second_factor: the provider asks for a second factor itself.
    """

    code: str
    name: str
    metadata_url: str
    client_id: str
    client_secret: str
    scope: str = "openid profile"
    audience: str = "citizens"
    match: str = "preferred_username"
    name_claim: str = "name"
    has_second_factor: bool = False


@dataclass(frozen=True, slots=True)
class OutsideClaims:
    """Who the provider says is there."""

    provider: str
    subject: str
    full_name: str
    username: str


@dataclass(frozen=True, slots=True)
class StaffCard:
    """A member of staff in the administrator's list."""

    public_id: UUID
    user_id: int
    username: str
    full_name: str
    posts: str
    has_second_factor: bool
    is_active: bool


@dataclass(frozen=True, slots=True)
class RepresentationInput:
    """For whom somebody wants to act, or whom somebody lets act.

    Attributes:
        full_name, identity, address, born_on: the principal; of a mandate the giver's account tells them.
        position: what the deputy is in the organisation.
        paper: number, date and issuer of the document, as written.
        deputy_contact: phone or e-mail of the deputy; of a mandate only.
    """

    kind: str
    full_name: str = ""
    identity: str = ""
    address: str = ""
    born_on: date | None = None
    position: str = ""
    paper: str = ""
    document_id: UUID | None = None
    acts: tuple[str, ...] = (RepresentedAct.FILE,)
    procedure_codes: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    deputy_contact: str = ""


@dataclass(frozen=True, slots=True)
class RepresentationCard:
    """A representation as both sides see it.

    Attributes:
        state: 'asked' (not accepted yet), 'valid', 'coming', 'ended', 'revoked', 'declined'.
    """

    id: int
    public_id: UUID
    kind: str
    state: str
    full_name: str
    identity: str
    address: str
    born_on: date | None
    position: str
    paper: str
    document_id: UUID | None
    acts: frozenset[str]
    procedure_codes: tuple[str, ...]
    valid_from: date
    valid_until: date | None
    deputy_id: int | None
    deputy_name: str
    principal_id: int | None
    act_labels: tuple[str, ...] = field(default=())


class WrongCode(Invalid):
    """The code is not right, was used, or its time is over: the three look the same."""

    code = "wrong-code"
    message = _("The code is not right or no longer valid. Check it, or ask for a new one.")


class WeakPassword(Invalid):
    """The password breaks a rule; `fields` says which."""

    code = "weak-password"


class NoChannel(Refusal):
    """Codes cannot be sent to this kind of contact here."""

    code = "no-channel"
    message = _("Codes cannot be sent by text message here yet. Use an e-mail address.")
    http_status = 422


class ContactTaken(Refusal):
    """The contact belongs to another sign-in; said only to whoever proved that it is theirs."""

    code = "contact-taken"
    message = _("This contact belongs to another account. Sign in with it, or take it off there first.")
    http_status = 409


class StaffSignInElsewhere(Refusal):
    """A member of staff proved a contact; staff sign in with the password and the second factor."""

    code = "staff-sign-in"
    message = _("This contact belongs to a staff account. Staff sign in with the password at the office.")
    http_status = 403


class SignOnFailed(Refusal):
    """The outside sign-on gave no usable answer."""

    code = "sign-on-failed"
    message = _("Signing in there did not work. Try again, or sign in another way.")
    http_status = 502


class SignOnUnknown(Refusal):
    """The outside sign-on knows somebody whom we do not, and may not make an account for."""

    code = "sign-on-unknown"
    message = _("There is no staff account for this sign-on. Ask your administrator.")
    http_status = 403


class RepresentationEnded(Refusal):
    """Acting for somebody is over, revoked, or does not reach this act."""

    code = "representation-ended"
    message = _("You may no longer act for this person or organisation. Choose for whom you act, then try again.")
    http_status = 409


class RepresentationTooNarrow(Refusal):
    """The mandate holds, but not for this."""

    code = "representation-too-narrow"
    message = _("Your mandate does not reach this procedure or act. Ask whoever gave it to widen it.")
    http_status = 403
