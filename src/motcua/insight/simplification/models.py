"""Plans of review, proposals with their lines of cost, and what happened to them."""

from django.db import models

from motcua.foundation.core.ids import uuid7
from motcua.insight.simplification.types import Authority, CostInput, ProposalKind, ProposalState, Side


class ReviewPlan(models.Model):
    """A year's plan of review, as the Chairman decided it; proposals hang on it. Never deleted."""

    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=250)
    decision_number = models.CharField(max_length=60, blank=True)
    decision_on = models.DateField(null=True)
    signer = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    made_by_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "simplification_plan"
        constraints = [models.UniqueConstraint(fields=["year", "title"], name="review_plan_once")]

    def __str__(self) -> str:
        return f"{self.year}: {self.title[:80]}"


class Proposal(models.Model):
    """A proposal to simplify one procedure: why, what would change, what it saves. Decided once; never deleted.

    Attributes:
        agency: the agency that proposes; its name, and the procedure's, stay as they were then.
        dossiers_a_year: how many dossiers the saving is reckoned with, counted by our own figures over
            `counted_since` to `counted_until` unless `is_counted` is false.
        before_vnd, after_vnd: cost of one dossier, kept with the lines so that lists can sum.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    plan = models.ForeignKey(ReviewPlan, null=True, on_delete=models.PROTECT, related_name="proposals")
    procedure = models.ForeignKey("procedures.Procedure", on_delete=models.PROTECT, related_name="+")
    procedure_name = models.TextField()
    agency = models.ForeignKey("organisations.Agency", on_delete=models.PROTECT, related_name="+")
    agency_name = models.CharField(max_length=250)
    title = models.CharField(max_length=250)
    kind = models.CharField(max_length=10, choices=ProposalKind)
    authority = models.CharField(max_length=10, choices=Authority)
    reason = models.TextField()
    change = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=ProposalState, default=ProposalState.DRAFT)
    dossiers_a_year = models.PositiveIntegerField()
    is_counted = models.BooleanField(default=True)
    counted_since = models.DateField()
    counted_until = models.DateField()
    before_vnd = models.BigIntegerField(default=0)
    after_vnd = models.BigIntegerField(default=0)
    decision_number = models.CharField(max_length=60, blank=True)
    decided_on = models.DateField(null=True)
    carried_out_on = models.DateField(null=True)
    changed_at = models.DateTimeField()
    lock_version = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "simplification_proposal"
        indexes = [models.Index(fields=["agency", "-changed_at"], name="proposal_of_agency")]
        constraints = [
            models.CheckConstraint(
                name="proposal_decided_has_day",
                condition=models.Q(state__in=[ProposalState.DRAFT, ProposalState.SUBMITTED])
                | models.Q(decided_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title


class CostLine(models.Model):
    """One act of the applicant with its cost, as it is or as proposed; replaced as a whole while it is a draft."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="lines")  # part of the proposal
    side = models.CharField(max_length=6, choices=Side)
    position = models.PositiveSmallIntegerField()
    activity = models.CharField(max_length=300)
    hours = models.DecimalField(max_digits=7, decimal_places=2)
    wage_vnd = models.PositiveIntegerField()
    fee_vnd = models.BigIntegerField()
    other_vnd = models.BigIntegerField()
    times = models.DecimalField(max_digits=7, decimal_places=2)

    class Meta:
        db_table = "simplification_cost_line"
        constraints = [models.UniqueConstraint(fields=["proposal", "side", "position"], name="cost_line_once")]

    def __str__(self) -> str:
        return self.activity[:80]

    @property
    def as_input(self) -> CostInput:
        """The same as the pure model reckons with it."""
        return CostInput(self.activity, self.hours, self.wage_vnd, self.fee_vnd, self.other_vnd, self.times)


class Happening(models.Model):
    """What was done to a proposal, by whom and when; only added to."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="happenings")
    act = models.CharField(max_length=12)
    note = models.TextField(blank=True)
    person_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "simplification_happening"

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.act}"
