"""Models of signing in: contacts, one-time codes, second factors, sessions, what happened, failures of signing in.

Nothing here can be used by whoever reads the tables: codes and tokens are kept as digests, contacts and secrets sealed.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from motcua.foundation.accounts.types import ContactKind, EventKind, SignInMethod
from motcua.foundation.core.ids import uuid7

_USER = settings.AUTH_USER_MODEL


class SignInContact(models.Model):
    """A phone number or e-mail address by which a user signs in or gets a forgotten password back."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=5, choices=ContactKind)
    digest = models.BinaryField()
    digest_next = models.BinaryField(null=True)
    cipher = models.BinaryField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_contact"
        constraints = [
            models.UniqueConstraint(fields=["digest"], name="contact_once"),
            models.UniqueConstraint(fields=["digest_next"], name="contact_next_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of user {self.user_id}"


class OneTimeCode(models.Model):
    """A code that was sent to a contact. Only its digest is kept; it is good once, for minutes, for a few tries."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    purpose = models.CharField(max_length=10)
    kind = models.CharField(max_length=5, choices=ContactKind)
    contact_digest = models.BinaryField()
    contact_cipher = models.BinaryField()
    user = models.ForeignKey(_USER, null=True, on_delete=models.CASCADE, related_name="+")  # gone with the day's sweep
    code_digest = models.BinaryField()
    tries_left = models.PositiveSmallIntegerField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    proved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_one_time_code"
        indexes = [
            models.Index(fields=["expires_at"], name="code_expiry"),
            models.Index(fields=["contact_digest"], name="code_contact", condition=Q(closed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"code {self.public_id}"


class Authenticator(models.Model):
    """The shared secret of an authenticator app (RFC 6238). `last_step` keeps a code from being used twice."""

    user = models.OneToOneField(_USER, on_delete=models.PROTECT, related_name="authenticator")
    secret_cipher = models.BinaryField()
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)

    class Meta:
        db_table = "accounts_authenticator"

    def __str__(self) -> str:
        return f"authenticator of user {self.user_id}"


class Passkey(models.Model):
    """A WebAuthn credential: the public half only, the private one never leaves the person's device."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="passkeys")
    name = models.CharField(max_length=60)
    credential_id = models.BinaryField()
    credential = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_passkey"
        constraints = [models.UniqueConstraint(fields=["credential_id"], name="passkey_once")]

    def __str__(self) -> str:
        return f"passkey of user {self.user_id}"


class RecoveryCode(models.Model):
    """A way in without the second device, good once."""

    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="recovery_codes")
    digest = models.BinaryField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_recovery_code"
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once")]

    def __str__(self) -> str:
        return f"recovery code of user {self.user_id}"


class SignInSession(models.Model):
    """A session of a signed-in user, as its owner sees it: device and rough place, never the whole address."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="sign_in_sessions")
    session_key = models.CharField(max_length=40)
    method = models.CharField(max_length=10, choices=SignInMethod)
    second_factor = models.CharField(max_length=10, choices=SignInMethod, blank=True)
    device = models.CharField(max_length=80)
    address = models.CharField(max_length=45)
    started_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_session"
        constraints = [models.UniqueConstraint(fields=["session_key"], name="session_once")]

    def __str__(self) -> str:
        return f"session {self.public_id}"


class SecurityEvent(models.Model):
    """Something that touched the safety of an account; read by its owner, changed by nobody."""

    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="security_events")
    kind = models.CharField(max_length=30, choices=EventKind)
    by = models.ForeignKey(_USER, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    device = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=45, blank=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "accounts_security_event"
        indexes = [models.Index(fields=["user", "-id"], name="security_event_user")]

    def __str__(self) -> str:
        return f"{self.kind} of user {self.user_id}"


class FailureRun(models.Model):
    """Failed attempts in a row of one bucket, such as a name from an address; digests only, gone after a success."""

    bucket = models.BinaryField(primary_key=True)
    failures = models.IntegerField()
    last_at = models.DateTimeField()
    blocked_until = models.DateTimeField()

    class Meta:
        db_table = "accounts_failure_run"
        indexes = [models.Index(fields=["last_at"], name="failure_run_age")]

    def __str__(self) -> str:
        return f"{self.failures} failures"


class OutsideIdentity(models.Model):
    """Who a user is at an outside sign-on such as VNeID; found by a digest, sealed for the change of keys."""

    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="outside_identities")
    provider = models.CharField(max_length=40)
    subject_digest = models.BinaryField()
    subject_digest_next = models.BinaryField(null=True)
    subject_cipher = models.BinaryField(null=True)
    linked_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_outside_identity"
        constraints = [models.UniqueConstraint(fields=["provider", "subject_digest"], name="outside_identity_once")]

    def __str__(self) -> str:
        return f"{self.provider} of user {self.user_id}"
