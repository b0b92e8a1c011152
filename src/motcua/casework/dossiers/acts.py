"""The acts of dossiers and the kinds of object that they are done to, for the access module. Private."""

from django.utils.translation import gettext_lazy as _

from motcua.casework.dossiers import scope, scopes
from motcua.foundation.accounts.registry import (
    EVERYBODY_IN_THE_OFFICE,
    ORDINARY,
    Act,
    Kind,
    register,
    register_kinds,
)
from motcua.foundation.accounts.types import Scope
from motcua.foundation.organisations.types import Role


def declare() -> None:
    """Register them; called once when the app is ready."""
    register_kinds(
        Kind("dossier", _("Dossier"), sees=scope.sees, within=scope.within, columns=scope.COLUMNS),
        Kind(
            "own_dossier",
            _("Dossier that one's own agency decides"),
            sees=scopes.sees_own,
            within=scopes.own_within,
            columns=("competent_agency_id",),
        ),
        Kind(
            "task",
            _("Task of a dossier"),
            sees=scope.sees_task,
            within=scope.tasks_within,
            columns=("unit_id", "role", "person_id"),
        ),
        Kind(
            "filing",
            _("Online filing"),
            sees=scope.before_desk,
            within=scope.desk_within,
            columns=("receiving_agency_id",),
        ),
        Kind(
            "desk_dossier",
            _("Dossier at the desk"),
            sees=scope.before_desk,
            within=scope.desk_within,
            columns=("receiving_agency_id", "state", "accepted_at"),
        ),
        Kind(
            "draft",
            _("Draft of a filing"),
            sees=scopes.owns_draft,
            within=scopes.drafts_within,
            columns=("public_id", "secret_digest", "citizen_id"),
        ),
        Kind(
            "certified_copy",
            _("Certified copy in the book"),
            sees=scopes.sees_copy,
            within=scopes.copies_within,
            columns=("book.agency_id",),
        ),
        Kind("book", _("Book"), sees=scopes.sees_book, within=scopes.books_within, columns=("agency_id",)),
        Kind(
            "extension_to_decide",
            _("New date to be granted"),
            sees=scopes.decides_extension,
            within=scopes.extensions_within,
            columns=("competent_agency_id",),
        ),
        Kind(
            "second_supplement",
            _("Second supplement to be approved"),
            sees=scopes.decides_extension,
            within=scopes.extensions_within,
            columns=("competent_agency_id",),
        ),
        Kind(
            "desk_notice",
            _("Form given at the desk"),
            sees=scopes.sees_notice,
            within=scopes.notices_within,
            columns=("agency_id",),
        ),
        Kind(
            "handover",
            _("Record of a handover"),
            sees=scopes.sees_handover,
            within=scopes.handovers_within,
            columns=("person_id", "made_by_id", "to_person_id", "post.unit_id"),
        ),
        Kind(
            "inspection_sample",
            _("Sample of an inspection"),
            sees=scopes.sees_sample,
            within=scopes.samples_within,
            columns=("order_id",),
        ),
        Kind("completion", _("Whether a dossier is done, by its code"), columns=("code", "intake_number")),
        Kind(
            "unusual_reading",
            _("Unusual reading"),
            sees=scopes.sees_unusual,
            within=scopes.unusual_within,
            columns=("explained_at",),
        ),
    )
    desk = frozenset({Role.RECEPTIONIST})
    handlers = frozenset({Role.OFFICER, Role.DIVISION_HEAD, Role.LEADER})
    heads = frozenset({Role.DIVISION_HEAD, Role.LEADER})
    desks = frozenset({Role.RECEPTIONIST, Role.POSTAL})
    register(
        Act("dossiers.see", _("See dossiers of one's agencies"), roles=ORDINARY | {Role.INSPECTOR}, kind="dossier"),
        Act("dossiers.work", _("Do the tasks of one's posts"), kind="task"),
        Act("dossiers.extend", _("Ask for a new date with an apology, or grant it"), roles=handlers, kind="dossier"),
        Act(
            "dossiers.ask_again",
            _("Ask for a second supplement to be approved, or approve it"),
            roles=handlers | desk,
            kind="dossier",
        ),
        Act(
            "dossiers.reopen", _("Re-open a dossier, correct a result"), roles=frozenset({Role.LEADER}), kind="dossier"
        ),
        Act("dossiers.suspend", _("Suspend a dossier and end the suspension"), roles=heads, kind="dossier"),
        Act("dossiers.receive", _("Ask for supplements, accept, refuse"), roles=desk, kind="filing"),
        Act("dossiers.take_in", _("Take in at the desk"), roles=desks, kind="desk_dossier", scope=Scope.DESK),
        Act("dossiers.hand_over", _("Hand results over"), roles=desks, kind="desk_dossier", scope=Scope.DESK),
        Act("dossiers.at_desk", _("Print what the desk gave"), roles=ORDINARY | {Role.POSTAL}, kind="desk_dossier"),
        Act(
            "dossiers.completion",
            _("Look up whether any dossier is done"),
            roles=EVERYBODY_IN_THE_OFFICE,
            kind="completion",
            scope=Scope.PROVINCE,
        ),
        Act("dossiers.prepare", _("Prepare a leader's queue"), roles=frozenset({Role.SECRETARY}), kind="task"),
        Act(
            "dossiers.inspect",
            _("Draw a sample under an order"),
            roles=frozenset({Role.INSPECTOR}),
            kind="inspection_order",
        ),
        Act(
            "dossiers.watch_readings",
            _("Look after unusual readings"),
            roles=frozenset({Role.DATA_PROTECTION}),
            kind="unusual_reading",
        ),
        Act("books.see", _("See and print books"), kind="book"),
        Act("books.keep", _("Open, correct and close books"), roles=heads | {Role.CLERK}, kind="book"),
        Act("dossiers.file", _("File a dossier"), public=True, kind="draft", scope=Scope.OWN),
        Act("dossiers.track", _("Look a dossier up"), public=True, kind="completion"),
        Act("dossiers.own", _("See one's own dossiers"), citizen=True, staff=False, kind="dossier"),
    )
