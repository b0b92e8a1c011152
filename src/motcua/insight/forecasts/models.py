"""One row for each group of like dossiers that is large enough to say something; made anew every night."""

from django.db import models


class Forecast(models.Model):
    """How long the dossiers of a group took, in working seconds from acceptance to finish without the pauses.

    `case_key` is '' for all cases of the procedure together, `agency_id` 0 for the whole province.
    Largest size: procedures used x their cases x competent agencies; groups under the smallest sample have no row.
    """

    procedure_code = models.CharField(max_length=40)
    case_key = models.CharField(max_length=16, blank=True)
    agency_id = models.BigIntegerField(default=0)
    count = models.PositiveIntegerField()
    median_seconds = models.PositiveIntegerField()
    p90_seconds = models.PositiveIntegerField()
    until_on = models.DateField()

    class Meta:
        db_table = "forecasts_forecast"
        constraints = [
            models.UniqueConstraint(fields=["procedure_code", "case_key", "agency_id"], name="forecast_once"),
            models.CheckConstraint(
                condition=models.Q(p90_seconds__gte=models.F("median_seconds")), name="forecast_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_code} {self.case_key} {self.agency_id}"
