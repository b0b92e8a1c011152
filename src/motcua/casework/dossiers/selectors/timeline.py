"""What happened to a dossier, for people: the journal's lines in words, the open step first, newest first."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from motcua.casework.dossiers.models import Dossier, JournalEntry
from motcua.casework.dossiers.prospects import in_language
from motcua.casework.dossiers.selectors import names
from motcua.casework.dossiers.types import TimelineItem
from motcua.casework.workflow.types import Graph, Task
from motcua.foundation.accounts import selectors as accounts

# Lines that people read; the rest of the journal is for machines.
_SHOWN = frozenset(
    {
        "filed",
        "accepted",
        "task_done",
        "reminded",
        "returned_to",
        "child_opened",
        "child_not_opened",
        "papers_passed_on",
        "process_migrated",
        "supplement_asked",
        "supplement_answered",
        "not_accepted",
        "withdrawn",
        "inherited",
        "extension_asked",
        "extension_declined",
        "extended",
        "second_supplement_asked",
        "second_supplement_approved",
        "second_supplement_declined",
        "reopened",
        "correction_opened",
        "suspended",
        "suspension_ended",
        "due_moved",
        "limit_settled",
        "handed_over",
        "party_corrected",
        "handed_back",
    }
)
# Between the officer and the leader: parties are told the outcome.
_INSIDE = frozenset(
    {
        "child_not_opened",
        "extension_asked",
        "extension_declined",
        "handed_over",
        "process_migrated",
        "returned_to",
        "second_supplement_approved",
        "second_supplement_asked",
        "second_supplement_declined",
    }
)


def _title(act: str) -> str:
    return {
        "filed": _("Filed online"),
        "accepted": _("Accepted"),
        "supplement_asked": _("Asked for a supplement"),
        "supplement_answered": _("Supplement handed in"),
        "not_accepted": _("Not accepted"),
        "withdrawn": _("Withdrawn by the applicant"),
        "inherited": _("Taken over by the successor agency"),
        "extension_asked": _("A leader was asked for a new date"),
        "extension_declined": _("The new date was declined"),
        "second_supplement_asked": _("A leader was asked to approve a second supplement"),
        "second_supplement_approved": _("A leader approved a second supplement"),
        "second_supplement_declined": _("The second supplement was declined"),
        "reopened": _("Opened again by a leader"),
        "correction_opened": _("The result is being corrected"),
        "extended": _("A new date was appointed, with an apology"),
        "suspended": _("Suspended: the clock stands"),
        "suspension_ended": _("The suspension ended: the rest of the limit goes on"),
        "reminded": _("Reminder"),
        "returned_to": _("Returned to an earlier step"),
        "process_migrated": _("Goes on under another version of its process"),
        "child_opened": _("A dossier was opened at another agency"),
        "child_not_opened": _("No dossier could be opened at the other agency: record its answer by hand"),
        "papers_passed_on": _("Papers of a supplement came from the dossier that called for this one"),
        "handed_over": _("Handed over to somebody else of the unit"),
        "handed_back": _("The mandate ended: the dossier is with whoever gave it"),
        "party_corrected": _("Data of a person corrected as asked"),
        "due_moved": _("The due date moved with the working calendar"),
        "limit_settled": _("The limit, which was in doubt, was settled"),
    }.get(act, act)


def timeline_of(
    dossier: Dossier,
    graph: Graph | None,
    open_tasks: tuple[Task, ...],
    *,
    on: date,
    with_names: bool,
    is_inside: bool = True,
) -> tuple[TimelineItem, ...]:
    """Return open steps, then past ones newest first.

    Args:
        with_names: show officers' names (for staff and, by law since July 2026, proved parties).
        is_inside: the reader is of the agency, and sees what officers and leaders asked each other.
    """
    shown = _SHOWN if is_inside else _SHOWN - _INSIDE
    entries = list(JournalEntry.objects.filter(dossier_id=dossier.pk, act__in=shown).order_by("-seq"))
    wanted = {entry.person_id for entry in entries if entry.person_id} | {
        t.person_id for t in open_tasks if t.person_id
    }
    wanted |= {entry.facts[name] for entry in entries for name in ("for_person", "helper") if entry.facts.get(name)}
    people = accounts.person_names(wanted) if with_names and wanted else {}
    current = [_current(task, people, on=on) for task in open_tasks]
    return (*current, *(_past(entry, graph, people, on=on) for entry in entries))


def _current(task: Task, people: dict[int, str], *, on: date) -> TimelineItem:
    return TimelineItem(
        kind="current",
        title=in_language(task.name, task.name_en),
        at=task.opened_at,
        who=_who(people.get(task.person_id or 0, ""), task.unit_id, on=on),
        is_waiting=task.holder != "staff",
        due_at=task.due_at,
    )


def _past(entry: JournalEntry, graph: Graph | None, people: dict[int, str], *, on: date) -> TimelineItem:
    node = graph.nodes.get(entry.node) if graph and entry.node else None
    if entry.act == "task_done" and node is not None:
        outcome = node.ending(entry.outcome)
        return TimelineItem(
            kind="step",
            title=in_language(node.name, node.name_en),
            at=entry.occurred_at,
            who=names.agency_name(entry.facts.get("child_agency"), on=on) or _by(entry, people, on=on),
            outcome=_answered(entry, in_language(outcome.label, outcome.label_en) if outcome else ""),
            is_waiting=node.holder != "staff",
        )
    if entry.act == "inherited":
        return _inherited(entry, on=on)
    if entry.act == "filed" and entry.facts.get("helper"):
        name = people.get(entry.facts["helper"], "")
        helped = (
            _("With the help of %(name)s, guide at the kiosk") if name else _("With the help of a guide at the kiosk")
        )
        return TimelineItem(
            kind="filed", title=_title("filed"), at=entry.occurred_at, who=_by(entry, people, on=on),
            outcome=helped % {"name": name},
        )  # fmt: skip
    if entry.act in {"reminded", "returned_to", "reopened", "correction_opened"} and graph is not None:
        return _named(entry, graph, people, on=on)
    return TimelineItem(kind=entry.act, title=_title(entry.act), at=entry.occurred_at, who=_by(entry, people, on=on))


def _answered(entry: JournalEntry, outcome: str) -> str:
    """Add the number of the result that another agency's dossier brought, or else its code."""
    number, code = entry.facts.get("result_number"), entry.facts.get("child_code")
    if number:
        return _("%(outcome)s, result no. %(number)s") % {"outcome": outcome, "number": number}
    return f"{outcome}, {code}" if code else outcome


def _named(entry: JournalEntry, graph: Graph, people: dict[int, str], *, on: date) -> TimelineItem:
    """Say which step the line is about: the one reminded of, or the one gone back to."""
    key = entry.facts.get("event") if entry.act == "reminded" else entry.facts.get("to_step")
    node = graph.nodes.get(str(key))
    return TimelineItem(
        kind=entry.act,
        title=_title(entry.act),
        at=entry.occurred_at,
        who=_by(entry, people, on=on),
        outcome=in_language(node.name, node.name_en) if node else "",
    )


def _inherited(entry: JournalEntry, *, on: date) -> TimelineItem:
    """Say from which agency to which; what received the dossier stays its receiving agency."""
    former, heir = (names.agency_name(entry.facts.get(name), on=on) for name in ("from", "to"))
    parts = [f"{former} → {heir}" if former != heir else heir, str(entry.facts.get("decision") or "")]
    return TimelineItem(
        kind="inherited",
        title=_title("inherited"),
        at=entry.occurred_at,
        who=heir,
        outcome=", ".join(part for part in parts if part),
    )


def _by(entry: JournalEntry, people: dict[int, str], *, on: date) -> str:
    if entry.actor_kind in {"citizen", "public"} and entry.unit_id is None:
        return pgettext("who acted", "Applicant")
    who, absent = people.get(entry.person_id or 0, ""), people.get(entry.facts.get("for_person") or 0, "")
    if who and absent:
        who = _("%(name)s standing in for %(absent)s") % {"name": who, "absent": absent}
    return _who(who, entry.unit_id, on=on)


def _who(person: str, unit_id: int | None, *, on: date) -> str:
    unit = names.agency_name(unit_id, on=on)
    return ", ".join(part for part in (person, unit) if part)
