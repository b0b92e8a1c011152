"""Codes of elements, tokens, acts and holders."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# Before the role of tasks that are none of a dossier: no list of dossiers' work asks for such a role.
APART_PREFIX = "in:"


class NodeKind(models.TextChoices):
    """Elements that the engine runs."""

    START = "start", _("Start event")
    TASK = "task", _("User task")
    SERVICE = "service", _("Service task")
    BOUNDARY = "boundary", _("Event on the edge of a task")
    EXCLUSIVE = "exclusive", _("Exclusive gateway")
    PARALLEL = "parallel", _("Parallel gateway")
    END = "end", _("End event")
    TERMINATE = "terminate", _("End event that ends everything")


class TokenKind(models.TextChoices):
    """What a token waits for."""

    TASK = "task", _("A person's work")
    JOIN = "join", _("Its parallel branches")


class RunState(models.TextChoices):
    """Life of a run."""

    RUNNING = "running", _("Running")
    ENDED = "ended", _("Ended")
    CANCELLED = "cancelled", _("Cancelled")


class VersionState(models.TextChoices):
    """Life of a process version: the department drafts, procedure control checks, the Chairman's decision publishes.

    A published one never changes. Law: Circular 01/2018/TT-VPCP, art. 8.
    """

    DRAFT = "draft", _("Draft")
    CHECKED = "checked", _("Checked")
    PUBLISHED = "published", _("Published")


class Holder(models.TextChoices):
    """Whose turn it is while a task is open; only staff's time is the staff's."""

    STAFF = "staff", _("Staff")
    CITIZEN = "citizen", _("Citizen")
    TAX = "tax", _("Tax authority")
    POLICE = "police", _("Police")
    INSURANCE = "insurance", _("Social insurance")
    BANK = "bank", _("Bank or treasury")
    ASKED_AGENCY = "asked_agency", _("Agency asked for its opinion")
    POSTING = "posting", _("Public posting")
    SURVEY = "survey", _("Survey or field check by others")
    COURT = "court", _("Court")


class TaskPlace(models.TextChoices):
    """Which of a run's agencies does a task."""

    RECEIVING = "receiving", _("Receiving agency")
    COMPETENT = "competent", _("Competent agency")
    PROVINCE = "province", _("Provincial People's Committee")


class Act(models.TextChoices):
    """What a task means to the app above; opaque to the engine but for the number rule."""

    INTAKE = "intake", _("Intake")
    ASSIGN = "assign", _("Assign")
    EXAMINE = "examine", _("Examine")
    DRAFT = "draft", _("Draft the document")
    CHECK = "check", _("Check the draft")
    SIGN = "sign", _("Sign")
    SIGN_REFUSAL = "sign_refusal", _("Sign a refusal")
    ISSUE = "issue", _("Number, seal and issue")
    TO_DESK = "to_desk", _("Hand the result to the desk")
    RETURN_RESULT = "return_result", _("Return the result")
    FIELD_CHECK = "field_check", _("Check on site")
    CONSULT = "consult", _("Ask for opinions")
    WAIT_SUPPLEMENT = "wait_supplement", _("Wait for the citizen's supplement")
    WAIT_PAYMENT = "wait_payment", _("Wait for payment")
    WAIT_AGENCY = "wait_agency", _("Wait for another agency")
    BOOK = "book", _("Write in the book")
    REFUSE_AT_DESK = "refuse_at_desk", _("Refuse at the desk")
    ASK_SUPPLEMENT = "ask_supplement", _("Ask for a supplement")
    OTHER = "other", _("Other work")


class OutcomeStyle(models.TextChoices):
    """How the button of an outcome looks."""

    PRIMARY = "primary", _("Main button")
    SECONDARY = "secondary", _("Second button")
    DANGER = "danger", _("Button with a warning")
