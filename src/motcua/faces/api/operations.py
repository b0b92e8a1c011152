"""Which door stands before which operation; operation ids are also the names of the addresses."""

from motcua.faces.api.acts import FILE, READ, TRACK
from motcua.faces.api.door import JSON, MULTIPART, Door
from motcua.foundation.accounts.types import ApiScope

DOORS: dict[str, Door] = {
    "searchProcedures": Door(READ, cached=True),
    "getProcedure": Door(READ, cached=True),
    "listOffers": Door(READ, cached=True),
    "uploadFile": Door(FILE, "POST", scope=ApiScope.FILE, needs_key=True, content_type=MULTIPART),
    "submitDossier": Door(FILE, "POST", scope=ApiScope.FILE, needs_key=True, content_type=JSON),
    "trackDossier": Door(TRACK, scope=ApiScope.TRACK),
    "getDossierReceipt": Door(TRACK, scope=ApiScope.TRACK),
    "getDossierLedger": Door(TRACK, scope=ApiScope.TRACK),
}
