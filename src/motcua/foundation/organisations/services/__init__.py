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
from motcua.foundation.organisations.services.posts import (
    add_post,
    end_post,
    locked_post,
    party_body,
    posts_with_desks,
    record_party_body,
    unending_posts,
)

__all__ = [
    "add_changes",
    "add_post",
    "carry_out",
    "carry_out_due",
    "change_contact",
    "convert_identifier",
    "copy_reorganisation",
    "draft_reorganisation",
    "end_post",
    "found_agencies",
    "found_agency",
    "locked_post",
    "open_desks",
    "open_post",
    "open_posts",
    "open_premises",
    "party_body",
    "plan_reorganisation",
    "posts_with_desks",
    "record_identifier",
    "record_identifiers",
    "record_party_body",
    "register_follower",
    "remove_changes",
    "revise_reorganisation",
    "serve_places",
    "undo_reorganisation",
    "unending_posts",
]
