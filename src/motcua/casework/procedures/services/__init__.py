"""Every change of the catalogue, and the form engine that faces draw from."""

from motcua.casework.procedures.eforms.drawing import eform_form
from motcua.casework.procedures.eforms.sources import register_prefill
from motcua.casework.procedures.services.arranging import apply_arrangement, load_packaged
from motcua.casework.procedures.services.assigning import assign_offers, assignment_refusals
from motcua.casework.procedures.services.comparing import (
    decide_differences,
    hand_in_records,
    publish_chosen,
    read_file,
)
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
from motcua.casework.procedures.services.form_library import load_form_library
from motcua.casework.procedures.services.forms import (
    block_of_section,
    create_form,
    discard_form_draft,
    import_form,
    publish_form,
    save_form_block,
    save_form_draft,
    save_form_examples,
    start_form_draft,
    undo_form_change,
)
from motcua.casework.procedures.services.importing import import_records
from motcua.casework.procedures.services.limits import add_limit, assign_limit, choose_deadline_rules
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
    "add_limit",
    "apply_arrangement",
    "assign_limit",
    "assign_offers",
    "assignment_refusals",
    "begin_decision",
    "block_of_section",
    "check_decision",
    "choose_deadline_rules",
    "confirm_component",
    "confirm_components",
    "confirm_limit",
    "correct_decision",
    "create_form",
    "decide_differences",
    "discard_decision",
    "discard_form_draft",
    "eform_form",
    "end_offer",
    "end_procedure",
    "hand_in_records",
    "import_form",
    "import_records",
    "load_form_library",
    "load_packaged",
    "mark_entered",
    "preview_page",
    "publish_chosen",
    "publish_decision",
    "publish_form",
    "publish_offer",
    "publish_record",
    "read_file",
    "record_past_decision",
    "register_prefill",
    "remove_item",
    "reopen_decision",
    "revise_decision",
    "revise_item",
    "save_eform_version",
    "save_form_block",
    "save_form_draft",
    "save_form_examples",
    "save_record",
    "start_form_draft",
    "undo_form_change",
    "warn_of_entries",
]
