"""What of the dossiers is encrypted and how it is found: for the change of keys. Private."""

import json
from collections.abc import Mapping

from motcua.casework.dossiers import sealing
from motcua.foundation.core.rotation import Sealed, Values


def _party(texts: Mapping[str, str]) -> Values:
    details = json.loads(texts["details_cipher"])
    return {
        "identity_digest": (details["identity"], "identity") if details["identity"] else None,
        "phone_digest": (details["phone"], "phone") if details["phone"] else None,
    }


SEALED = (
    Sealed("dossiers_party", {"details_cipher": sealing.PARTY}, ("identity_digest", "phone_digest"), _party),
    Sealed("dossiers_form_answer", {"answers_cipher": sealing.ANSWERS}),
    Sealed("dossiers_draft", {"content_cipher": sealing.DRAFT}),
    Sealed("dossiers_desk_notice", {"details_cipher": sealing.PARTY}),
)
