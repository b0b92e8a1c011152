"""Every change of the catalogue, and the form engine that faces draw from."""

from motcua.casework.procedures.eforms.drawing import eform_form
from motcua.casework.procedures.services.arranging import apply_arrangement, load_packaged
from motcua.casework.procedures.services.confirming import confirm_component, confirm_components
from motcua.casework.procedures.services.drafting import (
    add_item,
    begin_decision,
    discard_decision,
    remove_item,
    revise_decision,
    revise_item,
    save_record,
)
from motcua.casework.procedures.services.importing import import_records
from motcua.casework.procedures.services.limits import assign_limit, choose_deadline_rules
from motcua.casework.procedures.services.offering import end_offer, publish_offer, save_eform_version
from motcua.casework.procedures.services.previewing import preview_page
from motcua.casework.procedures.services.proclaiming import (
    check_decision,
    correct_decision,
    mark_entered,
    publish_decision,
    record_past_decision,
    reopen_decision,
    warn_of_entries,
)
from motcua.casework.procedures.services.publishing import confirm_limit, end_procedure, publish_record

__all__ = [
    "add_item",
    "apply_arrangement",
    "assign_limit",
    "begin_decision",
    "check_decision",
    "choose_deadline_rules",
    "confirm_component",
    "confirm_components",
    "confirm_limit",
    "correct_decision",
    "discard_decision",
    "eform_form",
    "end_offer",
    "end_procedure",
    "import_records",
    "load_packaged",
    "mark_entered",
    "preview_page",
    "publish_decision",
    "publish_offer",
    "publish_record",
    "record_past_decision",
    "remove_item",
    "reopen_decision",
    "revise_decision",
    "revise_item",
    "save_eform_version",
    "save_record",
    "warn_of_entries",
]
