"""Enumerations of the catalogue."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProcedureLevel(models.TextChoices):
    """Who is competent; the two levels of a province, and what lies outside it."""

    PROVINCE = "province", _("Provincial level")
    COMMUNE = "commune", _("Commune level")
    MINISTRY = "ministry", _("Ministry level")
    OTHER = "other", _("Other agency")


class Channel(models.TextChoices):
    """How to file (cách thức thực hiện)."""

    ONLINE = "online", _("Online")
    DIRECT = "direct", _("At the desk")
    POSTAL = "postal", _("Public post")


class AudienceGroup(models.TextChoices):
    """The published audiences folded into four groups that a citizen can choose from."""

    CITIZEN = "citizen", _("Citizens")
    ENTERPRISE = "enterprise", _("Enterprises, cooperatives")
    ORGANISATION = "organisation", _("Organisations")
    FOREIGNER = "foreigner", _("Foreigners, overseas Vietnamese")
    OFFICIAL = "official", _("Civil servants")


class ComponentKind(models.TextChoices):
    """What happens to a paper at the desk: kept, looked at and given back, or not a paper at all."""

    SUBMIT = "submit", _("Hand in")
    SHOW = "show", _("Show and take back")
    NOTE = "note", _("Note")


class PlaceKind(models.TextChoices):
    """Kind of place for which a longer limit may be published."""

    ANY = "any", _("Everywhere")
    REMOTE = "remote", _("Mountainous, island, remote communes")


class FeeKind(models.TextChoices):
    """Law 97/2015 knows two kinds, always shown in two columns; many records do not say which."""

    FEE = "fee", _("Fee")
    CHARGE = "charge", _("State charge")
    UNSAID = "unsaid", _("Fee or state charge")


class QuickForm(models.TextChoices):
    """A counter form of its own for acts that come by the dozen."""

    NONE = "", _("Ordinary intake")
    CERTIFICATION = "certification", _("Certified copies")


class LimitFlag(models.TextChoices):
    """Why a person should look at an imported time limit."""

    NONE = "", _("Settled")
    DOUBTFUL = "doubtful", _("The unit or number could not be read for sure")
    REMOTE = "remote", _("Probably the addition for remote places")
    REPEATED = "repeated", _("Several limits for one way of filing")
    BY_CHANNEL = "by_channel", _("Differs by way of filing")


class ServiceLevel(models.TextChoices):
    """How much of a procedure can be done online (Decree 224/2026, art. 14); partial needs a published reason."""

    FULL = "full", _("Wholly online")
    PARTIAL = "partial", _("Partly online")
    INFORMATION = "information", _("Information only")


class Nature(models.TextChoices):
    """What is offered: a procedure of the administration, or a company's service, counted apart."""

    PROCEDURE = "procedure", _("Administrative procedure")
    COMPANY_SERVICE = "company_service", _("Service of a company")


class OneStop(models.TextChoices):
    """Through how many agencies a procedure runs (một cửa, một cửa liên thông)."""

    SINGLE = "single", _("One-stop")
    SAME_LEVEL = "same_level", _("Interlinked at one level")
    BETWEEN_LEVELS = "between_levels", _("Interlinked between levels")
