"""Changes of agencies, premises, desks and posts, and reorganisations."""

from motcua.foundation.organisations.reorganising.registry import register_follower
from motcua.foundation.organisations.services.carrying import carry_out, carry_out_due
from motcua.foundation.organisations.services.drafting import (
    add_changes,
    copy_reorganisation,
    draft_reorganisation,
    plan_reorganisation,
    remove_changes,
    revise_reorganisation,
    undo_reorganisation,
)
from motcua.foundation.organisations.services.founding import (
    found_agencies,
    found_agency,
    open_desks,
    open_post,
    open_posts,
    open_premises,
)
from motcua.foundation.organisations.services.naming import (
    change_contact,
    convert_identifier,
    record_identifier,
    record_identifiers,
    serve_places,
)

__all__ = [
    "add_changes",
    "carry_out",
    "carry_out_due",
    "change_contact",
    "convert_identifier",
    "copy_reorganisation",
    "draft_reorganisation",
    "found_agencies",
    "found_agency",
    "open_desks",
    "open_post",
    "open_posts",
    "open_premises",
    "plan_reorganisation",
    "record_identifier",
    "record_identifiers",
    "register_follower",
    "remove_changes",
    "revise_reorganisation",
    "serve_places",
    "undo_reorganisation",
]
