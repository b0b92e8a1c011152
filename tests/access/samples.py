"""What stands in an address that has arguments: one line per route name.

Add a line here when you add an address with arguments. Its words name, in the order of the arguments,
  dossier task file code draft notice absence handover correction contact session role post turn extension sample
  order                          something of an object of the scene (the address is visited for every such object),
  offer procedure process agency reform change limit  something that everybody may see who may do the act,
  "=text"                                the text itself,
  a function (scene, side) -> value      anything else; `side` is 'commune' or 'other_commune', and the address must
                                         then be open for staff who see that commune, and look missing to the others.
Give `sorts` when the address shows objects of one sort only ('taken', 'filing', 'ready', or a sort of things.py
that the word does not say by itself), `also` for answers besides
success that an allowed visitor may get when the state of the object has nothing to show (404 for a paper not issued).
Addresses without arguments need no line: they are visited as they are, and with QUESTIONS.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Word = str | Callable[[Any, str], Any]


@dataclass(frozen=True)
class Sample:
    """How to visit one address."""

    words: tuple[Word, ...]
    sorts: tuple[str, ...] = ()
    also: frozenset[int] = frozenset()


def _line(*words: Word, sorts: tuple[str, ...] = (), also: tuple[int, ...] = ()) -> Sample:
    return Sample(words, sorts, frozenset(also))


# Addresses that write themselves: nothing personal, open to probes or guarded elsewhere (tests/architecture).
SKIPPED = {"healthz", "readyz", "metrics"}

NOT_THERE = "=01930000-0000-7000-8000-000000000000"

SAMPLES: dict[str, Sample] = {
    "office:figures-export": _line("=csv"),
    "office:work-export": _line("=csv"),
    "office:register-export": _line("=xlsx"),
    "office:filing": _line("dossier", sorts=("filing",)),
    "office:filing-accept": _line("dossier", sorts=("filing",)),
    "office:filing-supplement": _line("dossier", sorts=("filing",)),
    "office:filing-refuse": _line("dossier", sorts=("filing",)),
    "office:intake": _line("offer"),
    "office:task": _line("task", sorts=("taken", "ready")),
    "office:task-do": _line("task", sorts=("taken", "ready")),
    "office:task-assign": _line("task", sorts=("taken", "ready")),
    "office:dossier": _line("dossier"),
    "office:taken-in": _line("dossier", sorts=("taken", "ready")),
    "office:ledger": _line("dossier"),
    "office:ledger-json": _line("dossier", sorts=("taken", "ready")),
    "office:new-date": _line("dossier", sorts=("taken",)),
    "office:suspension": _line("dossier", sorts=("taken",)),
    "office:extension-decide": _line("extension"),
    "office:limits-sheet": _line("procedure"),
    "office:limit-new": _line("procedure"),
    "office:limit": _line("procedure", "limit"),
    "office:dossier-process": _line("dossier", sorts=("taken",)),
    "office:paper": _line("dossier", "=receipt", sorts=("taken",)),
    "office:file": _line("dossier", "file", sorts=("taken", "filing")),
    "office:file-page": _line("dossier", "file", "=1", sorts=("taken",), also=(404, 410, 422)),
    "office:desk-form": _line("offer", "=guidance", also=(405,)),
    "office:desk-notice": _line("notice"),
    "office:desk-notice-paper": _line("notice"),
    "office:account-contact-remove": _line("contact", sorts=("staff_contact",)),
    "office:account-session-end": _line("session", sorts=("staff_session",)),
    "office:sign-on": _line("=none", also=(404,)),
    "office:sign-on-back": _line("=none", also=(404,)),
    "office:staff-account": _line(lambda scene, side: scene.staff(side)),
    "office:purpose": _line("dossier"),
    "office:hand-over": _line("dossier", sorts=("ready",)),
    "office:queue-task": _line("task", sorts=("taken", "ready"), also=(403,)),
    "office:inspection-order-revoke": _line("order"),
    "office:inspection": _line("order"),
    "office:inspection-sample": _line("sample"),
    "office:unusual-reading": _line("unusual"),
    "office:staff-export": _line("=csv"),
    "office:staff-person": _line(lambda scene, side: scene.staff(side)),
    "office:staff-start-password": _line(lambda scene, side: scene.staff(side)),
    "office:staff-certificate": _line(lambda scene, side: scene.staff(side)),
    "office:staff-give": _line(lambda scene, side: scene.staff(side)),
    "office:staff-end": _line(lambda scene, side: scene.staff(side), lambda scene, side: scene.holding(side)),
    "office:staff-work": _line(lambda scene, side: scene.staff(side), lambda scene, side: scene.holding(side)),
    "office:staff-leave": _line(lambda scene, side: scene.staff(side)),
    "office:staff-unit": _line(lambda scene, side: scene.unit(side)),
    "office:staff-post-end": _line("post_unit", "post"),
    "office:handover": _line("handover"),
    "office:absence": _line("absence"),
    "office:staffing-export": _line("=csv"),
    "office:correction": _line("correction"),
    "office:correction-paper": _line("correction"),
    "office:process": _line("process"),
    "office:agency": _line("agency"),
    "office:agency-edit": _line("agency"),
    "office:review-new": _line("procedure"),
    "office:review": _line(lambda scene, side: scene.shared["reviews"][side]),
    "office:review-edit": _line(lambda scene, side: scene.shared["reviews"][side]),
    "office:review-hand-in": _line(lambda scene, side: scene.shared["reviews"][side], also=(405,)),
    "office:review-take-back": _line(lambda scene, side: scene.shared["reviews"][side], also=(405,)),
    "office:review-decide": _line(lambda scene, side: scene.shared["reviews"][side], also=(405,)),
    "office:review-done": _line(lambda scene, side: scene.shared["reviews"][side], also=(405,)),
    "office:reviews-export": _line("=csv"),
    "office:reform": _line("reform"),
    "office:reform-edit": _line("reform"),
    "office:reform-plan": _line("reform", also=(409, 422)),
    "office:reform-undo": _line("reform"),
    "office:reform-copy": _line("reform"),
    "office:reform-item": _line("reform"),
    "office:reform-item-remove": _line("reform"),
    "office:reform-decision": _line("reform", also=(404,)),
    "office:papers-sheet": _line("procedure"),
    "office:decisions-export": _line("=csv"),
    "office:decision-figures-export": _line("=csv"),
    "office:decision": _line("decision"),
    "office:decision-edit": _line("decision"),
    "office:decision-file": _line("decision", also=(404,)),
    "office:decision-item-add": _line("decision"),
    "office:decision-item-remove": _line("decision", also=(404, 405)),
    "office:decision-check": _line("decision", also=(405, 409, 422)),
    "office:decision-reopen": _line("decision", also=(409, 422)),
    "office:decision-publish": _line("decision", also=(409, 422)),
    "office:decision-entered": _line("decision", also=(405, 409, 422)),
    "office:decision-correct": _line("decision", also=(403, 405, 409)),
    "office:decision-discard": _line("decision", also=(403,)),
    "office:decision-item": _line("decision_item"),
    "office:decision-item-difference": _line("decision_item"),
    "office:decision-item-part": _line("decision_item", "=ways"),
    "portal:decision": _line(NOT_THERE, also=(404,)),
    "portal:decision_file": _line(NOT_THERE, also=(404,)),
    "portal:procedure_preview": _line("decision_item"),
    "office:calendar-export": _line("=csv"),
    "office:calendar-done": _line("change"),
    "office:downtime-end": _line("=1"),
    "office:downtime-withdraw": _line("=1"),
    "office:turn-end": _line("turn"),
    "api:getProcedure": _line("procedure"),
    "api:trackDossier": _line("code"),
    "api:getDossierReceipt": _line("code"),
    "api:getDossierLedger": _line("code"),
    "api:unknown": _line("=nothing/here", also=(404,)),
    "portal:procedure": _line("procedure"),
    "portal:poster": _line("procedure"),
    "portal:qr_code": _line("procedure"),
    "portal:listing": _line("=csv"),
    "portal:office": _line("agency", also=(404,)),
    "portal:apply_draft": _line("draft"),
    "portal:apply_open": _line("draft", "=wrong-secret", also=(404, 410)),
    "portal:apply_discard": _line("draft"),
    "portal:apply_case": _line("draft"),
    "portal:apply_who": _line("draft"),
    "portal:apply_form": _line("draft", "=ho-kinh-doanh"),
    "portal:apply_papers": _line("draft"),
    "portal:apply_file": _line("draft", NOT_THERE, also=(404,)),
    "portal:apply_delivery": _line("draft"),
    "portal:apply_check": _line("draft"),
    "portal:apply_done": _line("dossier", sorts=("filing",)),
    "portal:apply_start": _line("procedure"),
    "portal:account-contact-remove": _line("contact", sorts=("citizen_contact",)),
    "portal:account-session-end": _line("session", sorts=("citizen_session",)),
    "portal:held-export": _line("=json"),
    "portal:held-evidence": _line("correction"),
    "portal:role-add": _line("=con"),
    "portal:role-answer": _line("role", sorts=("asked_role",)),
    "portal:role-document": _line("role"),
    "portal:role-end": _line("role"),
    "portal:sign-on": _line("=none", also=(404,)),
    "portal:sign-on-back": _line("=none", also=(404,)),
    "portal:dossier": _line("dossier"),
    "portal:dossier_readers": _line("dossier"),
    "portal:dossier_supplement": _line("dossier", sorts=("filing",)),
    "portal:dossier_result": _line("dossier", sorts=("filing",), also=(404,)),
    "portal:dossier_rate": _line("dossier", sorts=("filing",), also=(404,)),
    "portal:dossier_withdraw": _line("dossier", sorts=("filing",)),
    "portal:dossier_file": _line("dossier", "file"),
    "portal:dossier_paper": _line("dossier", "=bien-nhan", sorts=("filing",)),
    "portal:dossier_time": _line("dossier"),
    "portal:dossier_calendar": _line("dossier", sorts=("filing",), also=(404,)),
}
