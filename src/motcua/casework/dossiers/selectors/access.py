"""The one way to a dossier: missing and forbidden look the same."""

import hmac
from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from motcua.casework.dossiers import policies
from motcua.casework.dossiers.models import Dossier, Party
from motcua.casework.dossiers.status import completion_of
from motcua.casework.dossiers.types import Completion, PartyRole, Proof, Submitted
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import personal_data
from motcua.foundation.core.types import NotFound

_LONGEST = 50
# The most asked question of the portal: one statement over the two unique indexes, three columns, no object made.
_COMPLETIONS = """
SELECT code, intake_number, state FROM dossiers_dossier WHERE code = ANY(%s) OR intake_number = ANY(%s)
"""
_COMPLETION = """
SELECT COALESCE(NULLIF(code, ''), intake_number), state FROM dossiers_dossier
WHERE code = %s OR intake_number = %s LIMIT 1
"""


def get_dossier_for(*, actor: Actor, public_id: UUID, proof: Proof | None = None) -> int:
    """Return the id of a dossier that the actor may see, or proved to be a party of.

    Raises:
        NotFound: missing or forbidden.
    """
    return seen(Dossier.objects.filter(public_id=public_id).first(), actor, proof).pk


def seen(dossier: Dossier | None, actor: Actor, proof: Proof | None = None) -> Dossier:
    """Return the dossier if the actor may see it. Private to this app's selectors."""
    proved = dossier is not None and proof is not None and proof.dossier_id == dossier.pk
    if dossier is None or not (proved or policies.can_see(actor, dossier)):
        raise NotFound
    return dossier


def normal_code(text: str) -> str:
    """Return a typed code as stored: upper case, without spaces."""
    return "".join(text.split()).upper()


def _may_be_code(code: str) -> bool:
    return bool(code) and len(code) <= _LONGEST and code.isprintable()


def find_by_code(text: str) -> Dossier | None:
    """Return the dossier of a code or intake number. Private to this app's selectors."""
    code = normal_code(text)
    if not _may_be_code(code):
        return None
    return Dossier.objects.filter(code=code).first() or Dossier.objects.filter(intake_number=code).first()


def completion(*, code: str) -> Completion:
    """Return what anybody may know of a code: that it exists and whether it is done.

    Raises:
        NotFound: no such code.
    """
    wanted = normal_code(code)
    if not _may_be_code(wanted):
        raise NotFound
    with connection.cursor() as cursor:
        cursor.execute(_COMPLETION, [wanted, wanted])
        found = cursor.fetchone()
    if found is None:
        raise NotFound
    return Completion(found[0], completion_of(found[1]))


def completions(*, codes: Sequence[str]) -> tuple[Completion, ...]:
    """Return the same of several codes, in their order, each once; `completion` is '' for a code that is none's.

    One query. The caller bounds how many.
    """
    wanted = list(dict.fromkeys(normal_code(code) for code in codes))
    looked_up = [code for code in wanted if _may_be_code(code)]
    found: dict[str, str] = {}
    with connection.cursor() as cursor:
        cursor.execute(_COMPLETIONS, [looked_up, looked_up])
        for code, intake, state in cursor.fetchall():
            found |= {code or "": completion_of(state), intake or "": completion_of(state)}
    return tuple(Completion(code, found.get(code, "") if code else "") for code in wanted)


def counting_key(code: str) -> str:
    """Return the word under which tries at a code are counted: one for both codes of a dossier, else the typed code.

    A dossier has an intake number and, once accepted, a code; a stranger who knows both gets no second set of tries.
    """
    dossier = find_by_code(code)
    return f"dossier:{dossier.pk}" if dossier is not None else normal_code(code)


def prove(*, code: str, second_factor: str) -> Proof:
    """Return the proof that somebody is a party: the code together with a party's phone or identity number.

    The caller throttles attempts per code and per address before it asks.

    Raises:
        NotFound: wrong code or wrong second factor; the two look the same.
    """
    dossier = find_by_code(code)
    digests = [
        *personal_data.digests(personal_data.normal_phone(second_factor), purpose="phone"),
        *personal_data.digests(personal_data.normal_identity(second_factor), purpose="identity"),
    ]
    if dossier is None or not second_factor.strip():
        raise NotFound
    parties = Party.objects.filter(dossier=dossier, is_current=True).exclude(role=PartyRole.RECIPIENT)
    for party in parties:
        for kept in (party.phone_digest, party.identity_digest, party.phone_digest_next, party.identity_digest_next):
            if kept is not None and any(hmac.compare_digest(bytes(kept), digest) for digest in digests):
                return Proof(dossier.pk)
    raise NotFound


def public_id_of(*, proof: Proof) -> UUID:
    """Return the public id of the dossier that was proved."""
    return Dossier.objects.values_list("public_id", flat=True).get(pk=proof.dossier_id)


def submitted(*, dossier_id: int) -> Submitted:
    """Return the little that the link of a submitted draft shows: number and instant, nothing of the content."""
    row = Dossier.objects.only("public_id", "code", "intake_number", "filed_at").get(pk=dossier_id)
    return Submitted(row.public_id, row.code or row.intake_number or "", bool(row.code), row.filed_at)


def proof_for_draft_owner(*, dossier_id: int) -> Proof:
    """Return the proof of whoever has just pressed the last button; never of whoever holds the link afterwards."""
    return Proof(dossier_id)
