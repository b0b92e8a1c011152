"""Kinds and states of messages."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a message tells."""

    FILED = "filed", pgettext_lazy("message", "Filing received")
    ACCEPTED = "accepted", pgettext_lazy("message", "Accepted, with the date of the result")
    SUPPLEMENT_ASKED = "supplement_asked", pgettext_lazy("message", "Something is missing")
    NOT_ACCEPTED = "not_accepted", pgettext_lazy("message", "Not accepted")
    RESULT_AVAILABLE = "result_available", pgettext_lazy("message", "The result is ready")
    WITHDRAWN = "withdrawn", pgettext_lazy("message", "Taken back")
    STOPPED = "stopped", pgettext_lazy("message", "Stopped without a decision")
    DUE_DATE_CHANGED = "due_date_changed", pgettext_lazy("message", "New date of the result")
    CORRECTION_DECIDED = "correction_decided", pgettext_lazy("message", "Answer to a request to correct data")
    MANDATE_CHANGED = "mandate_changed", pgettext_lazy("message", "A mandate was given, answered or ended")
    INHERITED = "inherited", pgettext_lazy("message", "Another agency goes on with it")
    DECISION_ENTRY = "decision_entry", pgettext_lazy("message", "A decision has to be entered in the national database")
    REOPENED = "reopened", pgettext_lazy("message", "Opened again, or the result is corrected")
    REMINDED = "reminded", pgettext_lazy("message", "It still waits for you")


class MessageState(models.TextChoices):
    """How far a message is.

    PERHAPS_SENT_TWICE: the worker died between sending and noting it, so it was sent once more with the same
    Message-ID, by which mail programs tell the two are one.
    """

    PENDING = "pending", pgettext_lazy("message", "To be sent")
    SENDING = "sending", pgettext_lazy("message", "Being sent")
    SENT = "sent", pgettext_lazy("message", "Sent")
    FAILED = "failed", pgettext_lazy("message", "Could not be sent")
    PERHAPS_SENT_TWICE = "perhaps_sent_twice", _("Sent, perhaps twice")


OPEN_STATES = (MessageState.PENDING, MessageState.SENDING)


@dataclass(frozen=True, slots=True)
class Letter:
    """A message in words, ready to be sent."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """How far sending is behind: messages not yet sent, seconds since the oldest was written, failed ones."""

    count: int
    oldest_seconds: float
    failed: int
