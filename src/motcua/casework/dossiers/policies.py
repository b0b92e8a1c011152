"""Who may do what to a dossier. Pure: nothing is read beyond what is given."""

from motcua.casework.dossiers import scope
from motcua.casework.dossiers.models import Dossier
from motcua.foundation.accounts.types import Actor, ActorKind
from motcua.foundation.organisations.types import AT_THE_DESK, HeldPost, Role

# Acts that the records clerk may record for a leader who signs in ink.
SIGN_ACTS = frozenset({"sign", "sign_refusal"})
HAND_OVER = "return_result"
# Beginnings of outcomes at such a step that are no signature.
UNSIGNED = ("return", "clarify")
LEADS = frozenset({Role.DIVISION_HEAD, Role.LEADER})


def can_see(actor: Actor, dossier: Dossier) -> bool:
    """Staff see what their agencies receive, decide or helped with, inspectors what an order names, citizens theirs."""
    return scope.sees(actor, dossier)


def posts_that_receive(actor: Actor, receiving_agency_id: int) -> tuple[HeldPost, ...]:
    """Return my receptionist posts at the receiving agency, its centre included, or at the one that took it over."""
    return tuple(
        post
        for post in actor.posts
        if post.role == Role.RECEPTIONIST
        and (receiving_agency_id in {post.agency_id, post.unit_id} or receiving_agency_id in post.heritage)
    )


def posts_that_take_in(actor: Actor, receiving_agency_id: int) -> tuple[HeldPost, ...]:
    """Return my posts at that desk, those of the postal receptionist included: they take in and hand over."""
    return tuple(
        post
        for post in actor.posts
        if post.role in AT_THE_DESK and receiving_agency_id in {post.agency_id, post.unit_id, *post.heritage}
    )


def posts_for_task(
    actor: Actor, *, unit_id: int, role: str, person_id: int | None, act: str = "", by_paper: bool = False
) -> tuple[HeldPost, ...]:
    """Return my posts that may do the task.

    A task given to a person is theirs alone, or while they are away whoever's who stands in for them. A signature in
    ink may be recorded by the clerk of the same agency, a result handed over by the postal receptionist of the desk.
    """
    if person_id is not None and person_id != actor.person_id:
        return actor.posts_of(person_id, unit_id, role)
    mine = actor.posts_for(unit_id, role)
    if not mine and act in SIGN_ACTS and by_paper:
        mine = tuple(
            post for post in actor.posts if post.role == Role.CLERK and unit_id in {post.unit_id, post.agency_id}
        )
    if not mine and act == HAND_OVER:
        mine = actor.posts_for(unit_id, Role.POSTAL)
    return mine


def posts_that_assign(actor: Actor, unit_id: int, role: str, *, to: int | None) -> tuple[HeldPost, ...]:
    """Return my posts that may give the task to `to`: the head or leader of the unit, or whoever takes it."""
    heads = actor.posts_over(unit_id, *LEADS)
    if heads or to not in {None, actor.person_id}:
        return heads
    # who stands in acts on tasks without making them theirs: the absent person finds the rest after the leave
    return tuple(post for post in actor.posts_for(unit_id, role) if post.standing_for_id is None)


def can_act_as_party(actor: Actor, dossier: Dossier) -> bool:
    """The citizen who filed it acts for the parties; a receptionist may record for them what they bring to the desk."""
    if actor.kind == ActorKind.CITIZEN:
        return actor.person_id is not None and dossier.citizen_id == actor.person_id
    return bool(posts_that_receive(actor, dossier.receiving_agency_id))
