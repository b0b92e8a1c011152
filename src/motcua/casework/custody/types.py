"""Words, refusals and pictures of custody."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.foundation.core.types import Refusal


class FolderState(models.TextChoices):
    """Where a folder is, in one word."""

    LYING = "lying", _("In a unit")
    ON_THE_WAY = "on_the_way", _("On the way")
    MISSING = "missing", _("Not found at the receiving end")
    LOST = "lost", _("Recorded as lost")


class PaperForm(models.TextChoices):
    """What a paper in a folder is."""

    ORIGINAL = "original", _("Original")
    CERTIFIED = "certified", _("Certified copy")
    PLAIN = "plain", _("Plain copy")


class Courier(models.TextChoices):
    """Who carries a lot."""

    OWN = "own", _("Own courier")
    POST = "post", _("Public post")


class LotState(models.TextChoices):
    """How far a lot is."""

    OPEN = "open", _("Being made up")
    SENT = "sent", _("On the way")
    RECEIVED = "received", _("Received with differences")
    SETTLED = "settled", _("Received, nothing open")
    CANCELLED = "cancelled", _("Given up")


class LineState(models.TextChoices):
    """What became of one folder of a lot."""

    LISTED = "listed", _("On the list")
    RECEIVED = "received", _("Received")
    MISSING = "missing", _("Missing")
    DAMAGED = "damaged", _("Damaged")
    EXTRA = "extra", _("Not on the list")


class Settlement(models.TextChoices):
    """How a difference was settled."""

    FOUND = "found", _("Found at the receiving end")
    RETURNED = "returned", _("Lies with the sender")
    ACCEPTED = "accepted", _("Kept as it is")
    LOST = "lost", _("Recorded as lost")


# Which settlements fit which difference.
FITTING: dict[str, tuple[Settlement, ...]] = {
    LineState.MISSING: (Settlement.FOUND, Settlement.RETURNED, Settlement.LOST),
    LineState.DAMAGED: (Settlement.ACCEPTED,),
    LineState.EXTRA: (Settlement.ACCEPTED, Settlement.RETURNED),
}


class Happening(models.TextChoices):
    """What happened to a folder."""

    CAME = "came", _("Taken in")
    SENT = "sent", _("Handed to the courier")
    RECEIVED = "received", _("Received")
    MISSING = "missing", _("Missing on receipt")
    FOUND = "found", _("Found at the receiving end")
    RETURNED = "returned", _("Found with the sender")
    LOST = "lost", _("Recorded as lost")
    GIVEN_BACK = "given_back", _("Given back to the citizen")


class NotYourUnit(Refusal):
    """The actor holds no post in the unit that gives or takes."""

    code = "not-your-unit"
    message = _("Only somebody of this unit may hand over or receive for it.")
    http_status = 403


class LotNotOpen(Refusal):
    """The list can no longer be changed."""

    code = "lot-not-open"
    message = _("This lot has been sent or given up; its list stays as it is.")


class LotEmpty(Refusal):
    """Nothing to send."""

    code = "lot-empty"
    message = _("Put at least one folder into the lot before you send it.")


class NotOnTheWay(Refusal):
    """Somebody received it already, or it never left."""

    code = "lot-not-on-the-way"
    message = _("This lot is not on the way: it was received already or has not been sent. Open it again.")


class SamePerson(Refusal):
    """Who handed over cannot confirm the receipt."""

    code = "same-person"
    message = _("You sent this lot yourself. Somebody else has to confirm that it arrived.")


class NotSettledSo(Refusal):
    """The settlement does not fit the difference, or it is settled already."""

    code = "not-settled-so"
    message = _("This difference was settled already, or cannot be settled in this way.")


class HeadDecides(Refusal):
    """Only a head may record a folder as lost."""

    code = "head-decides"
    message = _("Only the head of a division or a leader may record a folder as lost.")
    http_status = 403


class NotHere(Refusal):
    """The folder does not lie where it would have to."""

    code = "folder-not-here"
    message = _("This folder does not lie in your unit.")


@dataclass(frozen=True, slots=True)
class Scanned:
    """What became of codes that were scanned or typed: codes added, unknown here, and lying elsewhere or listed."""

    added: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """What the receiving unit says of one folder: a LineState and a note."""

    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ItemCard:
    """One paper of a folder."""

    id: int
    name: str
    form: str
    count: int
    returned_at: datetime | None

    @property
    def form_label(self) -> str:
        """The form in words."""
        return str(PaperForm(self.form).label)


@dataclass(frozen=True, slots=True)
class EntryCard:
    """One line of a folder's history."""

    at: datetime
    what: str
    from_name: str
    to_name: str
    person: str
    lot: str
    lot_id: UUID | None
    note: str


@dataclass(frozen=True, slots=True)
class FolderCard:
    """A folder as lists and its dossier show it.

    Attributes:
        lot: number of the lot it is in now, '' outside.
        originals: originals that lie in it still.
    """

    id: int
    public_id: UUID
    code: str
    dossier_id: int
    applicant: str
    state: str
    holder_id: int | None
    holder: str
    person: str
    since: datetime
    lot: str = ""
    lot_id: UUID | None = None
    originals: int = 0
    items: tuple[ItemCard, ...] = ()
    history: tuple[EntryCard, ...] = ()

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(FolderState(self.state).label)


@dataclass(frozen=True, slots=True)
class ToHandOver:
    """A folder that lies in one unit while the next step waits in another, and until when it is to go there."""

    folder: FolderCard
    to_unit_id: int
    to_unit: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class LineCard:
    """One folder of a lot."""

    id: int
    ordinal: int
    folder: FolderCard
    state: str
    note: str
    settlement: str
    settled_at: datetime | None
    settled_by: str
    reason: str

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(LineState(self.state).label)

    @property
    def settlement_label(self) -> str:
        """The settlement in words, '' while open."""
        return str(Settlement(self.settlement).label) if self.settlement else ""

    @property
    def is_open(self) -> bool:
        """A difference that nobody has settled."""
        return self.state in FITTING and not self.settlement

    @property
    def ways(self) -> tuple[Settlement, ...]:
        """How it may be settled."""
        return FITTING.get(self.state, ())


@dataclass(frozen=True, slots=True)
class LotCard:
    """A lot as lists and its sheet show it; `lines` on the sheet only."""

    id: int
    public_id: UUID
    number: str
    agency_id: int
    from_unit_id: int
    from_unit: str
    to_unit_id: int
    to_unit: str
    state: str
    courier: str
    courier_name: str
    seal: str
    waybill: str
    made_at: datetime
    made_by: str
    sent_at: datetime | None
    sent_by: str
    received_at: datetime | None
    received_by: str
    folders: int
    open_differences: int
    lines: tuple[LineCard, ...] = ()

    @property
    def state_label(self) -> str:
        """The state in words."""
        return str(LotState(self.state).label)

    @property
    def courier_label(self) -> str:
        """The courier in words."""
        return str(Courier(self.courier).label) if self.courier else ""


@dataclass(frozen=True, slots=True)
class LotPage:
    """A page of lots, newest first."""

    rows: tuple[LotCard, ...]
    number: int
    has_more: bool
    total: int = 0
