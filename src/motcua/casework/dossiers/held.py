"""What dossiers, drafts and readings hold about a citizen, and how people of a dossier are put right. Private."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.casework.dossiers import sealing
from motcua.casework.dossiers.models import Dossier, Draft, FormAnswer, PaperFile, Party
from motcua.casework.dossiers.selectors.citizen import own_codes
from motcua.casework.dossiers.selectors.drafts import draft_rows
from motcua.casework.dossiers.selectors.reading import readings_of_own
from motcua.casework.dossiers.services.correcting import correct_party
from motcua.casework.dossiers.types import PartyRole, State
from motcua.casework.procedures import selectors as procedures
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import VIETNAM, civil_day
from motcua.foundation.core.held_data import HeldEntry, HeldItem, HeldSection, Provider, masked

FIELDS = ("full_name", "identity", "phone", "email", "address")
HIDDEN = frozenset({"identity", "phone", "email", "address"})


def _shown(at: datetime | None) -> str:
    return f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M}" if at else ""


def _labels() -> dict[str, str]:
    return {
        "full_name": _("Full name"), "identity": _("Identity number"), "phone": _("Phone number"),
        "email": _("E-mail address"), "address": _("Address"),
    }  # fmt: skip


def _own(actor: Actor) -> list[Dossier]:
    rows = Dossier.objects.filter(citizen_id=actor.person_id or 0).select_related("procedure_version__procedure")
    return list(rows.order_by("-pk"))


def dossiers(actor: Actor, at: datetime) -> HeldSection:
    """Return the citizen's dossiers with people, answers and papers. A fixed number of queries."""
    rows = _own(actor)
    ids = [row.pk for row in rows]
    parties, answers, files = _by_dossier(Party.objects.filter(dossier__in=ids, is_current=True)), {}, _files(ids)
    for answer in FormAnswer.objects.filter(dossier__in=ids).order_by("version"):
        answers[answer.dossier_id] = answer
    refs = procedures.procedure_refs({row.procedure_version.procedure_id for row in rows}, on=civil_day(at))
    entries = tuple(
        HeldEntry(
            f"{row.shown_code} · {_name(row, refs)}",
            (*_head(row), *_people(row, parties[row.pk]), *_answers(answers.get(row.pk)), *files[row.pk]),
        )
        for row in rows
    )
    why = _("To settle your request, as its procedure asks. Kept as long as the law on archives demands.")
    return HeldSection("dossiers", _("Dossiers"), why, entries)


def _name(row: Dossier, refs: dict[int, Any]) -> str:
    found = refs.get(row.procedure_version.procedure_id)
    return found.name if found else row.procedure_version.procedure.code


def _by_dossier(rows: Iterable[Party]) -> dict[int, list[Party]]:
    found: dict[int, list[Party]] = defaultdict(list)
    for row in sorted(rows, key=lambda item: (item.role, item.ordinal)):
        found[row.dossier_id].append(row)
    return found


def _head(row: Dossier) -> list[HeldItem]:
    return [
        HeldItem(_("Handed in"), _shown(row.filed_at)),
        HeldItem(_("State"), str(State(row.state).label)),
        HeldItem(_("Closed"), _shown(row.closed_at)),
    ]


def _people(row: Dossier, parties: list[Party]) -> list[HeldItem]:
    items = []
    for party in parties:
        opened = sealing.open_party(party)
        role = str(PartyRole(party.role).label)
        for field, label in _labels().items():
            value = str(getattr(opened, field))
            if value:
                code = f"{row.public_id}:{party.role}:{party.ordinal}:{field}"
                items.append(HeldItem(f"{role}: {label}", value, code, masked(value) if field in HIDDEN else ""))
        if opened.born_on:
            items.append(HeldItem(f"{role}: {_('Day of birth')}", f"{opened.born_on:%d/%m/%Y}"))
    return items


def _answers(answer: FormAnswer | None) -> list[HeldItem]:
    if answer is None:
        return []
    given = sealing.unseal(answer.answers_cipher, purpose=sealing.ANSWERS)
    schema = procedures.eform_schema(answer.eform_version_id) if answer.eform_version_id else {}
    fields = schema.get("properties", {})
    items = []
    for name, value in given.items():
        field = fields.get(name, {})
        words = procedures.answer_in_words(field, value) if field else _plain(value)
        items.append(HeldItem(field.get("title", name), words, "", masked(words) if field.get("x-personal") else ""))
    return items


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return ", ".join(_plain(part) for part in value.values())
    return ", ".join(_plain(part) for part in value) if isinstance(value, list) else str(value)


def _files(ids: list[int]) -> dict[int, list[HeldItem]]:
    found: dict[int, list[HeldItem]] = defaultdict(list)
    rows = PaperFile.objects.filter(paper__dossier__in=ids).order_by("pk")
    for dossier_id, paper, name in rows.values_list("paper__dossier_id", "paper__name", "file__name"):
        found[dossier_id].append(HeldItem(_("File: %(paper)s") % {"paper": paper}, name))
    return found


def drafts(actor: Actor, at: datetime) -> HeldSection:
    """Return drafts that were not handed in, with what was entered so far."""
    names = {row.public_id: row.procedure_name for row in draft_rows(actor=actor, at=at)}
    rows = Draft.objects.filter(owner_id=actor.person_id or 0, dossier_id__isnull=True).order_by("-saved_at")
    entries = []
    for row in rows:
        content = sealing.unseal(row.content_cipher, purpose=sealing.DRAFT)
        items = [HeldItem(_("Saved"), _shown(row.saved_at)), HeldItem(_("Deleted on"), _shown(row.expires_at))]
        for party in content.get("parties", ()):
            items += [
                HeldItem(label, str(party[field]), "", masked(str(party[field])) if field in HIDDEN else "")
                for field, label in _labels().items()
                if party.get(field)
            ]
        items += [
            HeldItem(name, _plain(value), "", masked(_plain(value))) for name, value in content["answers"].items()
        ]
        entries.append(HeldEntry(names.get(row.public_id, _("Draft")), tuple(items)))
    why = _("So that you can go on later. Deleted by themselves on their date, or when you discard them.")
    return HeldSection("drafts", _("Drafts"), why, tuple(entries))


def readings(actor: Actor, _at: datetime) -> HeldSection:
    """Return who of the staff read the citizen's dossiers."""
    entries = []
    codes = own_codes(actor=actor)
    found = readings_of_own(dossier_ids=codes)
    for key in (key for key in codes if key in found):
        lines = tuple(
            HeldItem(_shown(item.read_at), ", ".join(filter(None, (item.agency, item.role, item.purpose, item.what))))
            for item in found[key]
        )
        entries.append(HeldEntry(codes[key], lines))
    why = _("To show who looked at your dossiers. Sealed every night and kept for ever; it holds no content of them.")
    return HeldSection("readings", _("Who has seen my dossiers"), why, tuple(entries))


def correct(item: str, value: str, *, owner: Actor, actor: Any, at: datetime, request: str) -> None:
    """Put one value of a person of a dossier right by a new version of that person."""
    correct_party(item=item, value=value, citizen_id=owner.person_id or 0, actor=actor, at=at, request=request)


PROVIDERS = (
    Provider("dossiers", 30, dossiers, correct),
    Provider("drafts", 40, drafts),
    Provider("readings", 60, readings),
)
