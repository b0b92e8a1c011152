"""Every read of dossiers that other apps may make; each says who may see what it returns."""

from motcua.casework.dossiers.selectors.access import (
    completion,
    completions,
    counting_key,
    get_dossier_for,
    proof_for_draft_owner,
    prove,
    public_id_of,
    submitted,
)
from motcua.casework.dossiers.selectors.asking import agencies_to_ask, steps_back
from motcua.casework.dossiers.selectors.book_pages import (
    book_card,
    book_kinds,
    book_lines,
    book_named,
    book_page,
    book_years,
    books,
    line_in,
    replaced_lines,
)
from motcua.casework.dossiers.selectors.book_printing import book_paper, register_paper, register_rows
from motcua.casework.dossiers.selectors.certification import (
    CertificationRow,
    certification_book,
    certification_sheet,
    certifications,
    certified_on,
    numbers_of,
)
from motcua.casework.dossiers.selectors.children import children_of, parent_of
from motcua.casework.dossiers.selectors.citizen import coming_steps, kinds_of, open_requests, own_codes, own_public_id
from motcua.casework.dossiers.selectors.dates import all_dates
from motcua.casework.dossiers.selectors.desk import (
    dossier_ids,
    neighbours,
    open_work,
    readings,
    return_tasks,
    search_work,
)
from motcua.casework.dossiers.selectors.desk_notices import desk_notice, desk_notice_data, desk_notices
from motcua.casework.dossiers.selectors.destruction import (
    destroyed_by_code,
    destroyed_ids,
    dossier_id_of,
    due_for_destruction,
    verify_journals,
)
from motcua.casework.dossiers.selectors.drafts import draft_file, draft_procedure, draft_rows, draft_view
from motcua.casework.dossiers.selectors.earlier import draft_file_name, earlier_answers
from motcua.casework.dossiers.selectors.following import closed_tasks_of, open_tasks_of
from motcua.casework.dossiers.selectors.handing_over import handover, handovers_of, open_work_of_post
from motcua.casework.dossiers.selectors.history import (
    due_history,
    extension_of,
    extensions_decided,
    extensions_to_decide,
    notice_until,
)
from motcua.casework.dossiers.selectors.inspecting import (
    DeskDossier,
    Prepared,
    QueueRow,
    desk_dossier,
    leader_queue,
    preparation,
    sample,
    samples,
)
from motcua.casework.dossiers.selectors.ledger import dossier_ledger, ledger_by_code
from motcua.casework.dossiers.selectors.lists import (
    desk_counts,
    inbox,
    my_dossiers,
    register,
    rows_for,
    to_return,
    waiting_for_citizen,
)
from motcua.casework.dossiers.selectors.moved import due_dates_moved, open_dossiers_counted, time_preview
from motcua.casework.dossiers.selectors.next_people import next_people
from motcua.casework.dossiers.selectors.papers import has_file
from motcua.casework.dossiers.selectors.people import contact_for
from motcua.casework.dossiers.selectors.picked import picked_tasks
from motcua.casework.dossiers.selectors.printed import (
    control_slip_data,
    intake_slip_data,
    receipt_data,
    refusal_data,
    stop_notice_data,
    supplement_data,
    tracking_url,
)
from motcua.casework.dossiers.selectors.printed_status import status_sheet_data
from motcua.casework.dossiers.selectors.printed_time import apology_data
from motcua.casework.dossiers.selectors.promises import Promise, certification_fees, promise
from motcua.casework.dossiers.selectors.reading import (
    party_readings,
    reading_ground,
    readings_behind,
    unusual_readings,
)
from motcua.casework.dossiers.selectors.reopening import (
    approval_of,
    approvals_decided,
    approvals_to_decide,
    needs_approval,
    reopening_dates,
    reopening_steps,
    reopenings_of,
)
from motcua.casework.dossiers.selectors.views import desk_view, dossier_view, due_date_changes, party_view, task_view
from motcua.casework.dossiers.selectors.volume import received_by_place, received_by_procedure, settled_times
from motcua.casework.dossiers.selectors.work import work_list

__all__ = [
    "CertificationRow",
    "DeskDossier",
    "Prepared",
    "Promise",
    "QueueRow",
    "agencies_to_ask",
    "all_dates",
    "apology_data",
    "approval_of",
    "approvals_decided",
    "approvals_to_decide",
    "book_card",
    "book_kinds",
    "book_lines",
    "book_named",
    "book_page",
    "book_paper",
    "book_years",
    "books",
    "certification_book",
    "certification_fees",
    "certification_sheet",
    "certifications",
    "certified_on",
    "children_of",
    "closed_tasks_of",
    "coming_steps",
    "completion",
    "completions",
    "contact_for",
    "control_slip_data",
    "counting_key",
    "desk_counts",
    "desk_dossier",
    "desk_notice",
    "desk_notice_data",
    "desk_notices",
    "desk_view",
    "destroyed_by_code",
    "destroyed_ids",
    "dossier_id_of",
    "dossier_ids",
    "dossier_ledger",
    "dossier_view",
    "draft_file",
    "draft_file_name",
    "draft_procedure",
    "draft_rows",
    "draft_view",
    "due_date_changes",
    "due_dates_moved",
    "due_for_destruction",
    "due_history",
    "earlier_answers",
    "extension_of",
    "extensions_decided",
    "extensions_to_decide",
    "get_dossier_for",
    "handover",
    "handovers_of",
    "has_file",
    "inbox",
    "intake_slip_data",
    "kinds_of",
    "leader_queue",
    "ledger_by_code",
    "line_in",
    "my_dossiers",
    "needs_approval",
    "neighbours",
    "next_people",
    "notice_until",
    "numbers_of",
    "open_dossiers_counted",
    "open_requests",
    "open_tasks_of",
    "open_work",
    "open_work_of_post",
    "own_codes",
    "own_public_id",
    "parent_of",
    "party_readings",
    "party_view",
    "picked_tasks",
    "preparation",
    "promise",
    "proof_for_draft_owner",
    "prove",
    "public_id_of",
    "reading_ground",
    "readings",
    "readings_behind",
    "receipt_data",
    "received_by_place",
    "received_by_procedure",
    "refusal_data",
    "register",
    "register_paper",
    "register_rows",
    "reopening_dates",
    "reopening_steps",
    "reopenings_of",
    "replaced_lines",
    "return_tasks",
    "rows_for",
    "sample",
    "samples",
    "search_work",
    "settled_times",
    "status_sheet_data",
    "steps_back",
    "stop_notice_data",
    "submitted",
    "supplement_data",
    "task_view",
    "time_preview",
    "to_return",
    "tracking_url",
    "unusual_readings",
    "verify_journals",
    "waiting_for_citizen",
    "work_list",
]
