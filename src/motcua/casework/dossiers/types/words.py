"""Words of a dossier's life: the codes of its small machines, with the official terms."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How the dossier came in."""

    ONLINE = "online", _("Online")
    COUNTER = "counter", _("At the counter")
    POST = "post", _("By public post")
    MOBILE = "mobile", _("At a mobile desk")


class State(models.TextChoices):
    """The small machine of processing. What is waited for, and the result, are machines of their own."""

    FILED = "filed", _("Waiting for acceptance")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    IN_PROCESS = "in_process", _("Being processed")
    FINISHED = "finished", _("Result available")
    RETURNED = "returned", _("Result returned")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    STOPPED = "stopped", _("Stopped")


OPEN_STATES = (State.FILED, State.IN_PROCESS)


class Waiting(models.TextChoices):
    """Whom the dossier waits for while the clock of the agency stands, or '' when for nobody outside."""

    NOBODY = "", _("Nobody")
    CITIZEN = "citizen", _("The applicant")
    TAX = "tax", _("The tax authority")
    PAYMENT = "payment", _("The applicant's payment")
    OTHER_BODY = "other_body", _("Another body")


class Outcome(models.TextChoices):
    """How it was decided."""

    NONE = "", _("Not decided")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")


class Status(models.TextChoices):
    """The one word shown in lists, pages, messages and prints. The numbers are the national list of ten."""

    AWAITING_ACCEPTANCE = "awaiting_acceptance", _("Waiting for acceptance")
    NOT_ACCEPTED = "not_accepted", _("Not accepted")
    PROCESSING = "processing", _("Being processed")
    COORDINATING = "coordinating", _("Waiting for another body")
    AWAITING_SUPPLEMENT = "awaiting_supplement", _("Waiting for supplement")
    AWAITING_PAYMENT = "awaiting_payment", _("Waiting for tax or fee")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    STOPPED = "stopped", _("Stopped")
    HAS_RESULT = "has_result", _("Result available")
    RETURNED = "returned", _("Result returned")


class PartyRole(models.TextChoices):
    """Four different people (regulation: applicant, submitter, authorised person, recipient)."""

    APPLICANT = "applicant", _("Applicant")
    SUBMITTER = "submitter", _("Submitter")
    AUTHORISED = "authorised", _("Authorised person")
    RECIPIENT = "recipient", _("Recipient of the result")


class PartyKind(models.TextChoices):
    """Kinds of applicants, as the national message numbers them 1 to 4."""

    CITIZEN = "citizen", _("Citizen")
    ENTERPRISE = "enterprise", _("Enterprise")
    AGENCY = "agency", _("State agency")
    ORGANISATION = "organisation", _("Other organisation")


class Delivery(models.TextChoices):
    """How the result is handed over."""

    DESK = "desk", _("At the desk")
    POST = "post", _("By public post")
    ONLINE = "online", _("Online")


class Capacity(models.TextChoices):
    """In what capacity somebody signs (Decree 30/2020)."""

    HEAD = "", _("Head of the agency")
    KT = "KT.", _("KT. (for the head)")
    TL = "TL.", _("TL. (by order)")
    TUQ = "TUQ.", _("TUQ. (by sub-authorisation)")
    TM = "TM.", _("TM. (on behalf of)")
    Q = "Q.", _("Q. (acting)")


class SignedHow(models.TextChoices):
    """Digital, or ink on paper recorded by the clerk."""

    DIGITAL = "digital", _("Digitally")
    PAPER = "paper", _("On paper")
