"""Users (who signs in), persons (who they are), post holdings (what they hold and when)."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import DateRangeField
from django.db import models

from motcua.foundation.accounts.acting_for import Representation
from motcua.foundation.accounts.api_clients import ApiClient, ApiRequest
from motcua.foundation.accounts.corrections import CorrectionRequest
from motcua.foundation.accounts.credentials import (
    Authenticator,
    FailureRun,
    OneTimeCode,
    OutsideIdentity,
    Passkey,
    RecoveryCode,
    SecurityEvent,
    SignInContact,
    SignInSession,
)
from motcua.foundation.accounts.leave import Absence, Qualification, StaffingNumber, Substitution
from motcua.foundation.accounts.orders import InspectionOrder
from motcua.foundation.core.ids import uuid7
from motcua.foundation.organisations.models import Agency, Post, no_overlap

__all__ = [
    "Absence",
    "ApiClient",
    "ApiRequest",
    "Authenticator",
    "CorrectionRequest",
    "FailureRun",
    "InspectionOrder",
    "OneTimeCode",
    "OutsideIdentity",
    "Passkey",
    "Person",
    "PostHolding",
    "Qualification",
    "RecoveryCode",
    "Representation",
    "SecurityEvent",
    "SignInContact",
    "SignInSession",
    "StaffingNumber",
    "Substitution",
    "User",
    "UserManager",
]


class UserManager(BaseUserManager["User"]):
    """Makes users with a hashed password."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "User":
        """Create a user; without a password nobody can sign in as them."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: object) -> "User":
        """Create a user with every permission of the read-only support pages."""
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """One sign-in, for a citizen or for staff. Not the person: one person may get another sign-in."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    username = models.CharField(max_length=150, unique=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    # a start password works until then; None once the person chose their own
    start_password_until = models.DateTimeField(null=True, blank=True)
    date_joined = models.DateTimeField(null=True, blank=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "accounts_user"

    def __str__(self) -> str:
        return self.username


class Person(models.Model):
    """A human being known to the system. Names of officers are public; a citizen's contacts are encrypted."""

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.PROTECT, related_name="person")
    full_name = models.CharField(max_length=150)
    is_officer = models.BooleanField(default=False)
    identity_cipher = models.BinaryField(null=True)
    identity_digest = models.BinaryField(null=True)
    identity_digest_next = models.BinaryField(null=True)
    phone_cipher = models.BinaryField(null=True)
    phone_digest = models.BinaryField(null=True)
    phone_digest_next = models.BinaryField(null=True)
    email_cipher = models.BinaryField(null=True)

    class Meta:
        db_table = "accounts_person"
        indexes = [
            models.Index(fields=["identity_digest"], name="person_identity"),
            models.Index(fields=["phone_digest"], name="person_phone"),
            models.Index(
                fields=["identity_digest_next"],
                name="person_identity_next",
                condition=models.Q(identity_digest_next__isnull=False),
            ),
            models.Index(
                fields=["phone_digest_next"],
                name="person_phone_next",
                condition=models.Q(phone_digest_next__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"


class PostHolding(models.Model):
    """A person holds a post over a range of days; a seconded officer keeps the home agency.

    People of an employer outside the structure (public posting) have its name, and who leads them there.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    home_agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_state_employee = models.BooleanField(default=True)
    employer = models.CharField(max_length=200, blank=True)
    home_superior = models.CharField(max_length=200, blank=True)
    valid = DateRangeField()

    class Meta:
        db_table = "accounts_post_holding"
        constraints = [no_overlap("holding_no_overlap", "person", "post")]

    def __str__(self) -> str:
        return f"{self.person_id} holds {self.post_id}"
