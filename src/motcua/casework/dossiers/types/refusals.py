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
    message = _("A supplement was already asked for once. A second request needs the leader.")


class NotOffered(Refusal):
    """The procedure is not taken in this way at this agency on this day."""

    code = "not-offered"
    message = _("This procedure cannot be handed in this way at this agency today.")


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
