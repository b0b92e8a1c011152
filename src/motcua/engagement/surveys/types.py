"""Levels and reasons of a rating, and why one is refused."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.foundation.core.types import Refusal


class Level(models.TextChoices):
    """How it was, in three taps."""

    VERY_SATISFIED = "very_satisfied", _("Very satisfied")
    SATISFIED = "satisfied", _("Satisfied")
    NOT_SATISFIED = "not_satisfied", _("Not satisfied")


class Reason(models.TextChoices):
    """Why somebody was not satisfied."""

    LATE = "late", _("It took longer than promised")
    ASKED_AGAIN = "asked_again", _("I had to bring or send things several times")
    NOT_EXPLAINED = "not_explained", _("It was not explained clearly what I had to do")
    MANNER = "manner", _("The manner of the staff")
    EXTRA_COST = "extra_cost", _("I had to pay more than what is published")
    HARD_TO_USE = "hard_to_use", _("The site or the counter was hard to use")
    OTHER = "other", _("Something else")


@dataclass(frozen=True, slots=True)
class RatingView:
    """A rating as given."""

    level: str
    reasons: tuple[str, ...]
    comment: str
    given_at: datetime

    @property
    def label(self) -> str:
        """The level in words."""
        return str(Level(self.level).label)


class NotSettled(Refusal):
    """Only what is settled can be rated."""

    code = "not-settled"
    message = _("You can say how it was once the dossier is settled.")
