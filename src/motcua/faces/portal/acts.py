"""The acts of the portal: reading is for everybody; whose a dossier or draft is, is checked when it is opened."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.accounts.registry import Act
from motcua.foundation.accounts.types import Scope

READ = Act("portal.read", _("Read the portal"), public=True)
PREFER = Act("portal.preferences", _("Choose how pages look"), public=True)
APPLY = Act("portal.apply", _("Hand in a dossier online"), public=True, kind="draft", scope=Scope.OWN)
TRACK = Act("portal.track", _("Track a dossier by its code"), public=True, kind="completion")
OWN = Act(
    "portal.own",
    _("See and act on one's own dossier, by account or by proof"),
    public=True,
    kind="dossier",
    scope=Scope.OWN,
)
MINE = Act("portal.my", _("See one's own dossiers"), citizen=True, staff=False, kind="dossier")
SIGN_IN = Act("portal.sign_in", _("Sign up and sign in as a citizen"), public=True)
ACCOUNT = Act(
    "portal.account",
    _("See to one's own account, and for whom one acts"),
    citizen=True,
    staff=False,
    scope=Scope.SELF,
)
ACTS = (READ, PREFER, APPLY, TRACK, OWN, MINE, SIGN_IN, ACCOUNT)
