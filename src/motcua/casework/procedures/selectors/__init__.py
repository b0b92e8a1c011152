"""Reads of the catalogue. None reads the clock: `on` says of which day."""

from motcua.casework.procedures.eforms import blocks as form_copying
from motcua.casework.procedures.eforms import editing as form_editing
from motcua.casework.procedures.eforms.checking import check_schema
from motcua.casework.procedures.eforms.conditions import fields_of
from motcua.casework.procedures.eforms.differences import condition_words, form_difference
from motcua.casework.procedures.eforms.drawing import (
    broken_rules,
    check_answers,
    eform_sections,
    entered_answers,
    merge_answers,
)
from motcua.casework.procedures.eforms.expressions import functions as expression_functions
from motcua.casework.procedures.eforms.kinds import inner_of, widget_of
from motcua.casework.procedures.eforms.reading import eform_lines
from motcua.casework.procedures.eforms.reading import in_words as answer_in_words
from motcua.casework.procedures.eforms.sending import as_sent, is_begun, with_rows
from motcua.casework.procedures.eforms.sources import prefill_sources
from motcua.casework.procedures.eforms.starting import KINDS as FORM_KINDS
from motcua.casework.procedures.eforms.starting import usual_parts
from motcua.casework.procedures.eforms.trying import answer_form
from motcua.casework.procedures.eforms.trying import outcomes as example_outcomes
from motcua.casework.procedures.reading.differing import record_difference
from motcua.casework.procedures.reading.wording import place_words
from motcua.casework.procedures.selectors.choosing import (
    case_card,
    eform_schema,
    eform_version_in_force,
    forget_choices,
    intake_choice,
    limit_applied,
    limit_for,
    offer,
    offer_for,
    offers_by_procedure,
    offers_of,
    offers_of_agency,
    only_offer,
    result_names,
    version_card,
    version_names,
)
from motcua.casework.procedures.selectors.comparing import changes_of, compare_records
from motcua.casework.procedures.selectors.confirming import sheet_to_confirm, versions_to_confirm
from motcua.casework.procedures.selectors.decision_figures import catalogue_figures, decision_figures, procedures_behind
from motcua.casework.procedures.selectors.decisions import (
    decision,
    decision_fields,
    decision_item,
    decision_years,
    decisions,
    decisions_of_procedure,
    difference_from_base,
    item_rows,
    may_draft,
    working_days_left,
)
from motcua.casework.procedures.selectors.files import (
    all_differences,
    difference,
    difference_ids,
    differences,
    file_problems,
    records_file,
    records_files,
)
from motcua.casework.procedures.selectors.forms import (
    form_block,
    form_blocks,
    form_file,
    form_in_force,
    form_rows,
    form_sheet,
    form_version,
)
from motcua.casework.procedures.selectors.gaps import company_service_ids, eform_names, gaps, reception
from motcua.casework.procedures.selectors.limits import flagged_limits, limit_sheet
from motcua.casework.procedures.selectors.listing import field_names, fields, hits, levels, life_events, procedure_refs
from motcua.casework.procedures.selectors.offering import coverage, offer_rows, offer_sheet, plan_assignment
from motcua.casework.procedures.selectors.overview import online_codes, refs_in_force
from motcua.casework.procedures.selectors.page import procedure_page
from motcua.casework.procedures.selectors.processes import ProcessLimit, limits_of_process
from motcua.casework.procedures.selectors.published import (
    catalogue_rows,
    catalogue_stamp,
    procedure_pages,
    published_days,
)
from motcua.casework.procedures.selectors.records import check_record, missing_parts, record_of, written_records
from motcua.casework.procedures.selectors.searching import search, suggest

__all__ = [
    "FORM_KINDS",
    "ProcessLimit",
    "all_differences",
    "answer_form",
    "answer_in_words",
    "as_sent",
    "broken_rules",
    "case_card",
    "catalogue_figures",
    "catalogue_rows",
    "catalogue_stamp",
    "changes_of",
    "check_answers",
    "check_record",
    "check_schema",
    "company_service_ids",
    "compare_records",
    "condition_words",
    "coverage",
    "decision",
    "decision_fields",
    "decision_figures",
    "decision_item",
    "decision_years",
    "decisions",
    "decisions_of_procedure",
    "difference",
    "difference_from_base",
    "difference_ids",
    "differences",
    "eform_lines",
    "eform_names",
    "eform_schema",
    "eform_sections",
    "eform_version_in_force",
    "entered_answers",
    "example_outcomes",
    "expression_functions",
    "field_names",
    "fields",
    "fields_of",
    "file_problems",
    "flagged_limits",
    "forget_choices",
    "form_block",
    "form_blocks",
    "form_copying",
    "form_difference",
    "form_editing",
    "form_file",
    "form_in_force",
    "form_rows",
    "form_sheet",
    "form_version",
    "gaps",
    "hits",
    "inner_of",
    "intake_choice",
    "is_begun",
    "item_rows",
    "levels",
    "life_events",
    "limit_applied",
    "limit_for",
    "limit_sheet",
    "limits_of_process",
    "may_draft",
    "merge_answers",
    "missing_parts",
    "offer",
    "offer_for",
    "offer_rows",
    "offer_sheet",
    "offers_by_procedure",
    "offers_of",
    "offers_of_agency",
    "online_codes",
    "only_offer",
    "place_words",
    "plan_assignment",
    "prefill_sources",
    "procedure_page",
    "procedure_pages",
    "procedure_refs",
    "procedures_behind",
    "published_days",
    "reception",
    "record_difference",
    "record_of",
    "records_file",
    "records_files",
    "refs_in_force",
    "result_names",
    "search",
    "sheet_to_confirm",
    "suggest",
    "usual_parts",
    "version_card",
    "version_names",
    "versions_to_confirm",
    "widget_of",
    "with_rows",
    "working_days_left",
    "written_records",
]
