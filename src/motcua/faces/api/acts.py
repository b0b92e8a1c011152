"""The acts of the API. All are open to requests without a sign-in: who calls is judged by key at the door."""

from django.utils.translation import gettext_lazy as _

from motcua.foundation.accounts.registry import Act
from motcua.foundation.accounts.types import Scope

READ = Act("api.read", _("Read the catalogue as a program"), public=True)
FILE = Act("api.file", _("File a dossier as a program, with a key"), public=True, kind="draft", scope=Scope.OWN)
TRACK = Act("api.track", _("Look a dossier up as a program"), public=True, kind="completion")
ACTS = (READ, FILE, TRACK)
