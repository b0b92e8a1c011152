"""Named rules of counting, each with its legal source and dates. Arithmetic works on DeadlineRules, never on rows."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.foundation.calendars.types import RuleEditKind


class DeadlineRule(models.Model):
    """One rule as in force during `valid`: it sets one value of DeadlineRules.

    Rows loaded from the package carry `is_packaged`; what the province enters is never overwritten by loading.
    """

    code = models.SlugField(max_length=60)
    setting = models.CharField(max_length=40)
    value = models.JSONField()
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    explanation = models.TextField(blank=True)
    explanation_en = models.TextField(blank=True)
    law = models.CharField(max_length=300)
    law_en = models.CharField(max_length=300, blank=True)
    is_default = models.BooleanField(default=True)
    is_verified = models.BooleanField(default=False)
    is_packaged = models.BooleanField(default=False)
    valid = DateRangeField()

    class Meta:
        db_table = "calendars_deadline_rule"
        constraints = [
            ExclusionConstraint(
                name="deadline_rule_code_no_overlap",
                expressions=[("code", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                violation_error_message=_("This rule already has a value for part of the period."),
            ),
            ExclusionConstraint(
                name="deadline_rule_default_no_overlap",
                expressions=[("setting", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                condition=Q(is_default=True),
                violation_error_message=_("Another rule already holds by default for part of the period."),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class RuleEdit(models.Model):
    """One change of the rules of counting: who, when, why, and the rows before and after; only added to.

    `person_id` is a plain number, because accounts stand above calendars; None for the system.
    """

    code = models.SlugField(max_length=60)
    kind = models.CharField(max_length=12, choices=RuleEditKind)
    reason = models.TextField(blank=True)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    person_id = models.BigIntegerField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "calendars_rule_edit"

    def __str__(self) -> str:
        return f"{self.code} {self.changed_at:%Y-%m-%d %H:%M}"
