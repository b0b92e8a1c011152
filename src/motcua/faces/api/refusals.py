"""What the door of the API refuses before an operation is reached, and the few refusals that only programs get."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.core.types import NotFound, Refusal


class BadRequest(Refusal):
    """The request cannot be read."""

    code = "bad-request"
    message = _("The request cannot be read. Check that it is written as the description of the API says.")
    http_status = 400


class KeyNeeded(Refusal):
    """No key, or one that is unknown, revoked or out of its days."""

    code = "key-needed"
    message = _("This needs a valid key in the header X-API-Key. Ask the province's administrator for one.")
    http_status = 401


class ScopeMissing(Refusal):
    """The key is valid but not meant for this."""

    code = "scope-missing"
    message = _("This key may not do this: it lacks the scope “%(scope)s”.")
    http_status = 403


class MethodNotAllowed(Refusal):
    """The address exists, the method does not."""

    code = "method-not-allowed"
    message = _("This address takes %(allowed)s only.")
    http_status = 405


class BodyTooLarge(Refusal):
    """More bytes than anything here may have."""

    code = "body-too-large"
    message = _("The request is larger than %(limit)s MB.")
    http_status = 413


class WrongContentType(Refusal):
    """The body is not in the form that the operation reads."""

    code = "wrong-content-type"
    message = _("Send this as %(wanted)s.")
    http_status = 415


class RateExceeded(Refusal):
    """More calls than the key, or the address, may make in a minute."""

    code = "rate-exceeded"
    message = _("Too many calls in this minute. Try again in %(seconds)s seconds.")
    http_status = 429


class UnknownAddress(NotFound):
    """Nothing is at this address."""

    message = _("There is nothing at this address. See the description at /api/.")


class ProofFailed(NotFound):
    """Code and second factor do not belong together; which of the two is wrong is not said."""

    code = "proof-failed"
    message = _("Code and number do not belong together. Take a number that was given in the dossier.")


class ProofNeeded(Refusal):
    """Papers of a dossier are for its parties only."""

    code = "proof-needed"
    message = _("Send the telephone or identity number given in the dossier in the header X-Second-Factor.")
    http_status = 403
