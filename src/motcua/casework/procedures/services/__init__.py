"""Every change of the catalogue, and the form engine that faces draw from."""

from motcua.casework.procedures.eforms.drawing import eform_form
from motcua.casework.procedures.services.arranging import apply_arrangement, load_packaged
from motcua.casework.procedures.services.confirming import confirm_component, confirm_components
from motcua.casework.procedures.services.importing import import_records
from motcua.casework.procedures.services.limits import assign_limit, choose_deadline_rules
from motcua.casework.procedures.services.offering import end_offer, publish_offer, save_eform_version
from motcua.casework.procedures.services.publishing import confirm_limit, end_procedure, publish_record

__all__ = [
    "apply_arrangement",
    "assign_limit",
    "choose_deadline_rules",
    "confirm_component",
    "confirm_components",
    "confirm_limit",
    "eform_form",
    "end_offer",
    "end_procedure",
    "import_records",
    "load_packaged",
    "publish_offer",
    "publish_record",
    "save_eform_version",
]
