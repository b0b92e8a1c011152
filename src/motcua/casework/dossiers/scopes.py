"""What of the things around dossiers somebody sees: each rule for one object and, beside it, for a list. Private.

Registered with the access module in acts.py; the test of scopes holds the two forms of each equal.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from motcua.casework.dossiers.models import HandoverLine
from motcua.foundation.accounts.types import Actor
from motcua.foundation.organisations.types import APART, Role

# Who leads where work was handed over.
HEADS = (Role.LEADER, Role.DIVISION_HEAD, Role.ADMINISTRATOR)

# Who sees books where their posts see the unit: all but the posts that stand apart.
KEEPERS = tuple(role for role in Role if role not in APART)


def sees_own(actor: Actor, dossier: Any) -> bool:
    """Tell whether an agency whose own work the actor does decides a dossier."""
    return dossier.competent_agency_id in actor.own_agencies()


def own_within(actor: Actor) -> Q:
    """Return the same as a condition on the columns of a dossier."""
    return Q(competent_agency_id__in=actor.own_agencies())


def sees_copy(actor: Actor, row: Any) -> bool:
    """Tell whether a certified copy stands in a book of an agency whose own work the actor does."""
    return row.line_id is not None and row.line.book.agency_id in actor.own_agencies()


def copies_within(actor: Actor) -> Q:
    """Return the same as a condition on the table of certified originals."""
    return Q(line__book__agency_id__in=actor.own_agencies())


def sees_book(actor: Actor, row: Any) -> bool:
    """Tell whether a book is kept by a unit that a post of the actor sees, posts that stand apart left out."""
    return row.agency_id in actor.units_of(*KEEPERS)


def books_within(actor: Actor) -> Q:
    """Return the same as a condition on the table of books."""
    return Q(agency_id__in=actor.units_of(*KEEPERS))


def decides_extension(actor: Actor, row: Any) -> bool:
    """Tell whether the actor is a leader of the agency that decides about a new date."""
    return row.dossier.competent_agency_id in _led(actor)


def extensions_within(actor: Actor) -> Q:
    """Return the same as a condition on the table of extensions."""
    return Q(dossier__competent_agency_id__in=_led(actor))


def _led(actor: Actor) -> frozenset[int]:
    return frozenset(post.agency_id for post in actor.posts if post.role == Role.LEADER)


def sees_notice(actor: Actor, row: Any) -> bool:
    """Tell whether a desk of the actor's agencies gave a form 02 or 03."""
    return row.agency_id in actor.scope_ids


def notices_within(actor: Actor) -> Q:
    """Return the same as a condition on the table of notices."""
    return Q(agency_id__in=actor.scope_ids)


def sees_handover(actor: Actor, row: Any) -> bool:
    """Tell whether somebody sees a record of a handover: who made it, gave or got, and who leads there."""
    involved = {row.person_id, row.made_by_id, *(line.to_person_id for line in row.lines.all())}
    return actor.person_id in involved or bool(actor.posts_over(row.post.unit_id, *HEADS))


def handovers_within(actor: Actor) -> Q:
    """Return the same as a condition on the table of handovers."""
    got = HandoverLine.objects.filter(handover=OuterRef("pk"), to_person_id=actor.person_id)
    mine = Q(person_id=actor.person_id) | Q(made_by_id=actor.person_id) | Q(Exists(got))
    return mine | Q(post__unit_id__in=actor.units_of(*HEADS))


def sees_sample(actor: Actor, row: Any) -> bool:
    """Tell whether a sample was drawn under an order of the actor's that runs."""
    return row.order_id in {order.order_id for order in actor.orders}


def samples_within(actor: Actor) -> Q:
    """Return the same as a condition on the table of samples."""
    return Q(order_id__in=[order.order_id for order in actor.orders])


def sees_unusual(actor: Actor, row: Any) -> bool:
    """Tell whether the actor looks after unusual readings."""
    return actor.has_role(Role.DATA_PROTECTION)


def unusual_within(actor: Actor) -> Q:
    """Return the same as a condition on the table of unusual readings."""
    return Q() if actor.has_role(Role.DATA_PROTECTION) else Q(pk__in=())


def owns_draft(actor: Actor, row: Any) -> bool:
    """Tell whether a draft belongs to the actor's account; its secret link opens it to whoever holds it."""
    return actor.person_id is not None and row.owner_id == actor.person_id


def drafts_within(actor: Actor) -> Q:
    """Return the same as a condition on the table of drafts."""
    return Q(owner_id=actor.person_id or 0)
