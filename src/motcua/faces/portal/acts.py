"""The acts of the portal: reading is for everybody; whose a dossier or draft is, is checked when it is opened."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.accounts.registry import Act

READ = Act("portal.read", _("Read the portal"), public=True)
PREFER = Act("portal.preferences", _("Choose how pages look"), public=True)
APPLY = Act("portal.apply", _("Hand in a dossier online"), public=True)
TRACK = Act("portal.track", _("Track a dossier by its code"), public=True)
OWN = Act("portal.own", _("See and act on one's own dossier, by account or by proof"), public=True)
MINE = Act("portal.my", _("See one's own dossiers"), citizen=True)
ACTS = (READ, PREFER, APPLY, TRACK, OWN, MINE)
