"""Taking, keeping and discarding files; printing official papers."""

from motcua.casework.documents.keeping import change_owner, discard_file, scan_waiting, sweep_orphans
from motcua.casework.documents.rendering import form_number, form_set_for, qr_code, render_paper
from motcua.casework.documents.storing import store_made, store_upload

__all__ = [
    "change_owner",
    "discard_file",
    "form_number",
    "form_set_for",
    "qr_code",
    "render_paper",
    "scan_waiting",
    "store_made",
    "store_upload",
    "sweep_orphans",
]
