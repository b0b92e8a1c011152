"""How somebody looks at a list, kept under a name."""

from django.db import models

from motcua.foundation.core.ids import uuid7
from motcua.foundation.organisations.models import Agency


class SavedView(models.Model):
    """Filters and columns of a list under a name; it never widens what somebody sees.

    Attributes:
        person_id: whose it is; only they change it.
        agency: where colleagues find it once it is shared.
        place: the list that it belongs to, a key of `types.views.LISTS`.
        filters: {"scope": "unit", "due": "soon"}; columns: keys in the order of the list, [] its own choice.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    person_id = models.BigIntegerField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    place = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    filters = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    sort = models.CharField(max_length=20, default="due")
    is_shared = models.BooleanField(default=False)
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "dossiers_saved_view"
        constraints = [
            models.UniqueConstraint(fields=["person_id", "place", "name"], name="saved_view_name_once"),
            models.UniqueConstraint(
                fields=["person_id", "place"], name="saved_view_one_default", condition=models.Q(is_default=True)
            ),
        ]
        indexes = [models.Index(fields=["agency", "place", "name"], name="saved_view_of_agency")]

    def __str__(self) -> str:
        return self.name
