"""Reads of internal cases. Each asks the access module what the actor sees."""

from motcua.casework.internal.selectors.acting import agencies_to_ask, leading_agencies, step_view
from motcua.casework.internal.selectors.cases import cases, first_step, is_started, years
from motcua.casework.internal.selectors.procedures import form_schema, procedures
from motcua.casework.internal.selectors.sheets import case_file, case_sheet

__all__ = [
    "agencies_to_ask",
    "case_file",
    "case_sheet",
    "cases",
    "first_step",
    "form_schema",
    "is_started",
    "leading_agencies",
    "procedures",
    "step_view",
    "years",
]
