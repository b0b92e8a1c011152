"""The acts of the reading pages: everybody may read."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.accounts.registry import Act

READ = Act("portal.read", _("Read the portal"), public=True)
PREFER = Act("portal.preferences", _("Choose how pages look"), public=True)
ACTS = (READ, PREFER)
