"""Paper folders, what lies in them, the lots they travel in, and the history of who held them."""

from django.db import models

from motcua.casework.custody.types import Courier, FolderState, Happening, LineState, LotState, PaperForm, Settlement
from motcua.foundation.core.ids import uuid7
from motcua.foundation.organisations.models import Agency


class Folder(models.Model):
    """The papers of one dossier in one cover; dossiers without paper have none.

    `code` is the dossier's code, printed with its QR on the control slip that lies on top. `holder` is the unit where
    it lies, empty while it is on the way or not found; `lot` the lot that it is in now. The dossier is named by its id
    without a constraint: the record of the paper outlives a dossier destroyed at the end of its keeping.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    dossier_id = models.BigIntegerField(unique=True)
    code = models.CharField(max_length=50, unique=True)
    receiving_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    competent_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=FolderState, default=FolderState.LYING)
    holder = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    person_id = models.BigIntegerField(null=True)
    since = models.DateTimeField()
    lot = models.ForeignKey("Lot", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "custody_folder"
        constraints = [
            models.CheckConstraint(
                name="folder_lies_somewhere",
                condition=models.Q(state="lying", holder__isnull=False) | ~models.Q(state="lying"),
            ),
        ]
        indexes = [models.Index(fields=["holder", "since"], name="folder_held", condition=models.Q(state="lying"))]

    def __str__(self) -> str:
        return self.code


class FolderItem(models.Model):
    """One paper given: how many of it in which form; `returned_at` once the citizen has it back."""

    folder = models.ForeignKey(Folder, on_delete=models.PROTECT, related_name="items")
    ordinal = models.PositiveSmallIntegerField()
    name = models.TextField()
    form = models.CharField(max_length=10, choices=PaperForm)
    count = models.PositiveSmallIntegerField(default=1)
    returned_at = models.DateTimeField(null=True)
    returned_by_id = models.BigIntegerField(null=True)
    returned_to = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "custody_folder_item"

    def __str__(self) -> str:
        return f"item {self.ordinal} of folder {self.folder_id}"


class LotSequence(models.Model):
    """The last number of a lot that an agency gave in a year; locked, so that none is skipped or given twice."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "custody_lot_sequence"
        constraints = [models.UniqueConstraint(fields=["agency", "year"], name="lot_sequence_year")]

    def __str__(self) -> str:
        return f"{self.year}/{self.last:06}"


class Lot(models.Model):
    """Folders that go together from one unit to another in a sealed bag. Never deleted; given up, it keeps its number.

    `agency` is the sending agency whose numbers it has; `from_unit` and `to_unit` may be its divisions and desks.
    """

    public_id = models.UUIDField(default=uuid7, unique=True, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    from_unit = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    to_unit = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=10, choices=LotState, default=LotState.OPEN)
    courier = models.CharField(max_length=4, choices=Courier, blank=True)
    courier_name = models.CharField(max_length=150, blank=True)
    seal = models.CharField(max_length=60, blank=True)
    waybill = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField()
    made_by_id = models.BigIntegerField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_by_id = models.BigIntegerField(null=True)
    received_at = models.DateTimeField(null=True)
    received_by_id = models.BigIntegerField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "custody_lot"
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "number"], name="lot_number_once"),
            models.CheckConstraint(name="lot_between_two_units", condition=~models.Q(from_unit=models.F("to_unit"))),
            models.CheckConstraint(
                name="lot_received_after_sent",
                condition=models.Q(received_at__isnull=True) | models.Q(sent_at__lte=models.F("received_at")),
            ),
        ]
        indexes = [
            models.Index(fields=["from_unit", "-id"], name="lot_leaving"),
            models.Index(fields=["to_unit", "-id"], name="lot_reaching"),
        ]

    def __str__(self) -> str:
        return self.shown_number

    @property
    def shown_number(self) -> str:
        """The number as printed: 2026/000123."""
        return f"{self.year}/{self.number:06}"


class LotLine(models.Model):
    """One folder of a lot, what the receiving end said of it, and how a difference was settled."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="lines")
    folder = models.ForeignKey(Folder, on_delete=models.PROTECT, related_name="lines")
    ordinal = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=LineState, default=LineState.LISTED)
    note = models.CharField(max_length=300, blank=True)
    settlement = models.CharField(max_length=10, choices=Settlement, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "custody_lot_line"
        constraints = [models.UniqueConstraint(fields=["lot", "folder"], name="folder_once_in_lot")]

    def __str__(self) -> str:
        return f"{self.lot_id}/{self.ordinal}"


class CustodyEntry(models.Model):
    """One change of hands of a folder. Only added to: the database refuses changes."""

    folder = models.ForeignKey(Folder, on_delete=models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    what = models.CharField(max_length=10, choices=Happening)
    from_unit = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    to_unit = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    by_id = models.BigIntegerField(null=True)
    lot = models.ForeignKey(Lot, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "custody_entry"

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"
