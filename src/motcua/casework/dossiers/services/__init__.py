"""Every change of a dossier. One call is one transaction; see each function for what it locks and refuses."""

from motcua.casework.dossiers.services.asking_again import ask_for_second_supplement, decide_second_supplement
from motcua.casework.dossiers.services.books import close_book, correct_line, open_book, sign_line
from motcua.casework.dossiers.services.child_papers import pass_papers_on
from motcua.casework.dossiers.services.children import answer_parent, open_child, retry_call, withdraw_child
from motcua.casework.dossiers.services.citizens import answer_supplement, withdraw
from motcua.casework.dossiers.services.desk_notices import give_desk_notice
from motcua.casework.dossiers.services.destruction import destroy_dossier, retention_periods, set_retention
from motcua.casework.dossiers.services.drafts import (
    StartedDraft,
    add_draft_file,
    discard_draft,
    remove_draft_file,
    save_draft,
    start_draft,
    submit_draft,
)
from motcua.casework.dossiers.services.endings import refuse_filing
from motcua.casework.dossiers.services.extending import (
    appoint_new_date,
    decide_extension,
    propose_extension,
)
from motcua.casework.dossiers.services.filing import file_online
from motcua.casework.dossiers.services.going_back import return_to_step
from motcua.casework.dossiers.services.handing_back import end_representation, hand_back_ended
from motcua.casework.dossiers.services.handing_over import (
    carry_out_handover,
    carry_out_handovers,
    hand_work_over,
    leave_post,
)
from motcua.casework.dossiers.services.happenings import (
    deliver_message,
    fire_timer,
    sweep_timers,
    timers_held,
)
from motcua.casework.dossiers.services.inspecting import draw_sample, prepare_task
from motcua.casework.dossiers.services.intake import accept_filing, take_in_at_counter
from motcua.casework.dossiers.services.migrating import migrate_runs
from motcua.casework.dossiers.services.previewing import run_preview, start_preview
from motcua.casework.dossiers.services.reading_log import log_list, log_own_export, log_reading, look_people_up
from motcua.casework.dossiers.services.recomputing import recompute_due_dates
from motcua.casework.dossiers.services.reopening import correct_result, reopen
from motcua.casework.dossiers.services.settling import settle_limits
from motcua.casework.dossiers.services.steps import assign, complete_plain_step, complete_step
from motcua.casework.dossiers.services.supplements import ask_before_acceptance
from motcua.casework.dossiers.services.suspending import end_suspension, suspend
from motcua.casework.dossiers.services.undoing import undo_assignment
from motcua.casework.dossiers.services.watching import (
    broken_seals,
    explain_unusual_reading,
    find_unusual_readings,
    seal_access_log,
)

__all__ = [
    "StartedDraft",
    "accept_filing",
    "add_draft_file",
    "answer_parent",
    "answer_supplement",
    "appoint_new_date",
    "ask_before_acceptance",
    "ask_for_second_supplement",
    "assign",
    "broken_seals",
    "carry_out_handover",
    "carry_out_handovers",
    "close_book",
    "complete_plain_step",
    "complete_step",
    "correct_line",
    "correct_result",
    "decide_extension",
    "decide_second_supplement",
    "deliver_message",
    "destroy_dossier",
    "discard_draft",
    "draw_sample",
    "end_representation",
    "end_suspension",
    "explain_unusual_reading",
    "file_online",
    "find_unusual_readings",
    "fire_timer",
    "give_desk_notice",
    "hand_back_ended",
    "hand_work_over",
    "leave_post",
    "log_list",
    "log_own_export",
    "log_reading",
    "look_people_up",
    "migrate_runs",
    "open_book",
    "open_child",
    "pass_papers_on",
    "prepare_task",
    "propose_extension",
    "recompute_due_dates",
    "refuse_filing",
    "remove_draft_file",
    "reopen",
    "retention_periods",
    "retry_call",
    "return_to_step",
    "run_preview",
    "save_draft",
    "seal_access_log",
    "set_retention",
    "settle_limits",
    "sign_line",
    "start_draft",
    "start_preview",
    "submit_draft",
    "suspend",
    "sweep_timers",
    "take_in_at_counter",
    "timers_held",
    "undo_assignment",
    "withdraw",
    "withdraw_child",
]
