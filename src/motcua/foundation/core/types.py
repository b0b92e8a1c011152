"""Refusals: what a service says when it will not do something. Faces turn them into messages or problem+json."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refusal(Exception):  # noqa: N818 - the glossary's word for a polite no
    """The act was refused.

    Attributes:
        code: stable identifier for machines, kebab-case.
        message: translated sentence for people; may hold `%(name)s` of `params`.
        http_status: what a web face answers.
    """

    code = "refused"
    message: str | Promise = _("This cannot be done now.")
    http_status = 409

    def __init__(self, message: str | Promise | None = None, **params: Any) -> None:
        self.params = params
        if message is not None:
            self.message = message
        super().__init__(self.code)

    def __str__(self) -> str:
        text = str(self.message)
        return text % self.params if self.params else text


class NotFound(Refusal):
    """Missing or forbidden: the two look the same from outside."""

    code = "not-found"
    message = _("We could not find this. Check the code or go back to the list.")
    http_status = 404


class NotAllowed(Refusal):
    """The actor holds no post that may do this."""

    code = "not-allowed"
    message = _("None of your posts may do this.")
    http_status = 403


class Stale(Refusal):
    """Somebody changed the object since the page was loaded."""

    code = "stale"
    message = _("Somebody changed this since you opened it. Open it again to see the present state.")
    http_status = 409


class Invalid(Refusal):
    """What was entered cannot be accepted; `fields` names where.

    Attributes:
        fields: field name -> list of translated messages.
    """

    code = "invalid"
    message = _("Some entries need correcting.")
    http_status = 422

    def __init__(
        self, fields: dict[str, list[str]] | None = None, message: str | Promise | None = None, **params: Any
    ) -> None:
        super().__init__(message, **params)
        self.fields = fields or {}


class TooMany(Refusal):
    """More attempts than allowed in the time window."""

    code = "too-many-attempts"
    message = _("Too many attempts. Please try again in %(minutes)s minutes.")
    http_status = 429
