"""Taking in: accept what was filed online, or take in at a desk in one pass."""

from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.casework.dossiers import change_sql, creation_sql, journal, numbering, policies
from motcua.casework.dossiers.events import DossierAccepted
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.models import Dossier, SupplementRequest
from motcua.casework.dossiers.services import acceptance, creation
from motcua.casework.dossiers.services.publishing import event_of
from motcua.casework.dossiers.terms import terms_for
from motcua.casework.dossiers.types import DossierNotPending, Filed, FilingInput, State, Waiting
from motcua.casework.workflow.types import Scope
from motcua.foundation.accounts.types import Actor, WhichPost
from motcua.foundation.core import outbox
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotAllowed, Stale
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyKind, HeldPost


def take_in_at_counter(*, filing: FilingInput, actor: Actor, at: datetime, post_id: int | None = None) -> Filed:
    """Take a dossier in at a desk: file and accept it in one act; idempotent by `filing.key`.

    Raises:
        NotOffered: the procedure is not taken this way.
        NotAllowed: none of the actor's posts receives for that agency.
        WhichPost: two posts could; name one by `post_id`.

    Law: Decree 118/2025 and Circular 03/2025: reception, receipt (form 01), code.
    """
    terms = terms_for(filing, at=at)
    post = chosen_post(policies.posts_that_take_in(actor, terms.scope.receiving_id), post_id)
    card = organisations.agency(terms.scope.receiving_id, on=civil_day(at))
    with transaction.atomic():
        claimed = creation.claim(filing.key, at)
        if claimed.earlier is not None:
            earlier = claimed.earlier
            return Filed(earlier.pk, earlier.public_id, "", earlier.code or "", is_new=False)
        assert claimed.dossier_id is not None  # noqa: S101 - narrows the type
        dossier = creation.new_dossier(claimed.dossier_id, filing, terms, state=State.IN_PROCESS, at=at)
        changed = creation.insert_parts(dossier, filing, terms, at=at)
        step = acceptance.begin(dossier, terms.scope, actor=actor, post=post, at=at)
        dossier.code = numbering.next_code(agency_id=card.id, agency_code=card.code, at=at)
        lines = acceptance.lines(dossier, step, terms, post=post, changed=changed)
        creation_sql.insert_recorded(dossier, *_records(dossier, lines, actor=actor, at=at))
    return Filed(dossier.pk, dossier.public_id, "", dossier.code, is_new=True)


@transaction.atomic
def accept_filing(
    *, dossier_id: int, actor: Actor, at: datetime, post_id: int | None = None, lock_version: int | None = None
) -> Dossier:
    """Accept an online filing: code, due instant, run. The receipt (form 01) can be printed from now on.

    Raises:
        NotAllowed: none of the actor's posts receives for that agency.
        DossierNotPending: it was accepted, refused or withdrawn before.
        Stale: it changed since the page was loaded.
    """
    dossier = Dossier.objects.locked().get(pk=dossier_id)
    post = receiving_post(actor, dossier.receiving_agency_id, post_id)
    if dossier.state != State.FILED or dossier.waiting_for == Waiting.CITIZEN:
        raise DossierNotPending
    if lock_version is not None and lock_version != dossier.lock_version:
        raise Stale
    on = civil_day(at)
    listing = organisations.directory(on=on)
    province_id = next(item.id for item in listing.agencies.values() if item.kind == AgencyKind.PROVINCE)
    scope = Scope(
        receiving_id=dossier.receiving_agency_id, competent_id=dossier.competent_agency_id, province_id=province_id
    )
    step = acceptance.begin(dossier, scope, actor=actor, post=post, at=at)
    SupplementRequest.objects.filter(dossier=dossier, answered_at__isnull=True).update(answered_at=at)
    card = listing.agencies[dossier.receiving_agency_id]
    dossier.lock_version += 1
    dossier.code = numbering.next_code(agency_id=card.id, agency_code=card.code, at=at)
    lines = acceptance.lines(dossier, step, None, post=post)
    change_sql.save(dossier, _SAVED, *_records(dossier, lines, actor=actor, at=at))
    return dossier


_SAVED = (
    "journal_seq", "journal_hash", "code", "run", "state", "accepted_at", "due_at", "statutory_due_at", "lock_version",
)  # fmt: skip


def _records(
    dossier: Dossier, lines: list[Line], *, actor: Actor, at: datetime
) -> tuple[list[tuple[Any, ...]], tuple[Any, ...]]:
    """Return the journal's rows, chained on `dossier`, and the event of an acceptance."""
    accepted = event_of(
        DossierAccepted,
        dossier,
        at=at,
        code=dossier.code,
        due_at=dossier.due_at,
        acceptance_due_at=dossier.acceptance_due_at,
        filed_at=dossier.filed_at,
        statutory_due_at=dossier.statutory_due_at,
    )
    return journal.rows_of(dossier, lines, actor=actor, at=at), outbox.row_of(accepted, at=at)


def receiving_post(actor: Actor, receiving_agency_id: int, post_id: int | None) -> HeldPost:
    """Return the post in which the actor receives.

    Raises:
        NotAllowed: none.
        WhichPost: several, and `post_id` names none of them.
    """
    return chosen_post(policies.posts_that_receive(actor, receiving_agency_id), post_id)


def chosen_post(posts: tuple[HeldPost, ...], post_id: int | None) -> HeldPost:
    """Return the one post that acts.

    Raises:
        NotAllowed: there is none, or not the one asked for.
        WhichPost: there are several and none was asked for.
    """
    if post_id is not None:
        posts = tuple(post for post in posts if post.post_id == post_id)
    if not posts:
        raise NotAllowed
    if len(posts) > 1:
        raise WhichPost(posts=posts)
    return posts[0]
