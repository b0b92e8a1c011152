"""What the services of dossiers refuse."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.core.types import Refusal


class DossierNotPending(Refusal):
    """The filing was accepted, refused or withdrawn before."""

    code = "dossier-not-pending"
    message = _("This filing was already dealt with. Open it again to see its present state.")


class DossierClosed(Refusal):
    """Nothing more can be done to the dossier."""

    code = "dossier-closed"
    message = _("This dossier is closed; nothing more can be done to it.")


class NoSupplementAsked(Refusal):
    """There is no open request for a supplement."""

    code = "no-supplement-asked"
    message = _("Nothing is asked of you for this dossier at the moment.")


class SupplementAlreadyAsked(Refusal):
    """A supplement may be asked for once only (Decree 61/2018, art. 11)."""

    code = "supplement-already-asked"
    message = _(
        "The applicant was already asked as often as the law allows. Ask a leader on the page “Second supplement” of "
        "the dossier; once approved, ask the applicant again here."
    )


class NotOffered(Refusal):
    """The procedure is not taken in this way at this agency on this day."""

    code = "not-offered"
    message = _("This procedure cannot be handed in this way at this agency today.")


class HelperIsApplicant(Refusal):
    """A guide at a kiosk would hand in for themselves."""

    code = "helper-is-applicant"
    message = _(
        "Your own identity number is among those of the applicants. A guide hands nothing in for themselves at the "
        "kiosk: sign out and use your own account."
    )


class ResultMissing(Refusal):
    """The step needs a signed, numbered result first."""

    code = "result-missing"
    message = _("Record the signature before the result is numbered and issued.")


class ResultIssued(Refusal):
    """A numbered result is not signed anew; a correction gets a number of its own."""

    code = "result-issued"
    message = _("The result already has its number and cannot be signed again.")


class DraftExpired(Refusal):
    """The draft was kept for its time and is gone."""

    code = "draft-expired"
    message = _("This draft is no longer kept. Please start again; the papers on your device are not touched.")
    http_status = 410


class AlreadyRated(Refusal):
    """One rating a dossier."""

    code = "already-rated"
    message = _("You have already told us how it was. Thank you.")


class NeedsForm(Refusal):
    """The outcome asks for more than a note: its form has to be filled in."""

    code = "needs-form"
    message = _("This outcome asks for more. Open the task and fill in its form.")
    http_status = 422


class DossierSuspended(Refusal):
    """A suspended dossier is not worked on until its suspension ends."""

    code = "dossier-suspended"
    message = _("This dossier is suspended. End the suspension before you go on with it.")


class NotSuspended(Refusal):
    """There is no suspension to end, or somebody ended it before."""

    code = "not-suspended"
    message = _("This dossier is not suspended.")


class ReturnTooLate(Refusal):
    """A dossier found not eligible goes back within days of its reception; later only the rest of the limit pauses."""

    code = "return-too-late"
    message = _(
        "A dossier that is not eligible is returned within %(days)s working days of its reception; that ended at "
        "%(until)s. Ask for a supplement instead: the rest of the limit then goes on afterwards."
    )
    http_status = 422


class NothingToPutOff(Refusal):
    """Only a running due date can be put off: not before acceptance, while stopped, after the result, without limit."""

    code = "nothing-to-put-off"
    message = _("This dossier has no running due date that could be put off.")


class AlreadyExtended(Refusal):
    """A new date is appointed at most once (Decree 61/2018, art. 19.9)."""

    code = "already-extended"
    message = _("A new date was already appointed for this dossier, or waits for a leader. It may be done once only.")


class ExtensionTooLate(Refusal):
    """The apology is due one working day before the deadline; later a leader says why."""

    code = "extension-too-late"
    message = _(
        "The new date had to be appointed by %(until)s. A leader may still grant it and must say why it comes late."
    )
    http_status = 422


class ExtensionDecided(Refusal):
    """Somebody granted or declined it before."""

    code = "extension-decided"
    message = _("This request for a new date was already decided.")


class TooLateToUndo(Refusal):
    """The minutes for undoing are over, somebody acted since, or it was not this person's act."""

    code = "too-late-to-undo"
    message = _("This cannot be undone any more: its time is over, or somebody has gone on since.")
    http_status = 409
