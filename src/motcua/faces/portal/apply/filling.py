"""What a section of a form is filled in with before the citizen does, and the files that belong to its questions."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from motcua.casework.documents.types import Purpose
from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import PartyRole
from motcua.casework.procedures import selectors as procedures
from motcua.faces.portal.apply import uploads
from motcua.faces.portal.apply.drafts import Held

# What a form may ask again -> what the page about people already knows.
_KNOWN = {"full_name": "full_name", "identity_no": "identity", "phone": "phone", "address": "address", "email": "email"}
_FROM_EARLIER = "earlier"


def prefilled(held: Held, names: tuple[str, ...]) -> dict[str, Any]:
    """Return what is known already for the fields that ask it: of the first applicant, and of earlier dossiers."""
    person = next((party for party in held.view.parties if party.get("role") == PartyRole.APPLICANT), {})
    properties = held.view.choice.schema["properties"]
    found: dict[str, Any] = {}
    for name in names:
        value = _from_person(properties[name], person)
        if value:
            found[name] = value
    earlier = [name for name in names if properties[name].get("x-prefill") == _FROM_EARLIER]
    if earlier and held.actor.person_id:
        known = dossiers.earlier_answers(actor=held.actor, names=earlier, at=held.at)
        fitting = {
            name: value
            for name, value in known.items()
            if not procedures.broken_rules(held.view.choice.schema, {name: value})
        }
        found |= {name: value for name, value in fitting.items() if name not in found}
    return found


def _from_person(prop: dict[str, Any], person: dict[str, Any]) -> Any:
    """Return what is known of the applicant for a question, or for the parts of a person that it asks."""
    if procedures.widget_of(prop) == "person" and prop.get("x-prefill"):
        parts = {name: _from_person(inner, person) for name, inner in procedures.inner_of(prop).items()}
        return {name: value for name, value in parts.items() if value}
    value = person.get(_KNOWN.get(prop.get("x-prefill", ""), ""), "")
    return value if value and prop.get("type") == "string" else ""


@dataclass
class Files:
    """The files of a section after a request: answers, what was refused, whether the page is shown again."""

    answers: dict[str, Any] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    changed: bool = False


def answered_files(request: HttpRequest, held: Held, names: tuple[str, ...]) -> Files:
    """Take the files sent for the file questions of a section, or let one go; they travel with the dossier's papers."""
    properties = held.view.choice.schema["properties"]
    asked = [name for name in names if procedures.widget_of(properties[name]) == "file"]
    found = Files({name: list(held.view.answers.get(name) or ()) for name in asked})
    if not asked:
        return Files()
    question, _colon, place = request.POST.get("drop_file", "").partition(":")
    if question in found.answers and place.isdecimal() and int(place) < len(found.answers[question]):
        gone = found.answers[question].pop(int(place))
        _let_go(held, str(gone.get("id", "")))
        found.changed = True
    room = {name: int(properties[name].get("maxItems", 1)) - len(found.answers[name]) for name in asked}

    def keep(name: str, file_id: int) -> None:
        dossier_services.add_draft_file(**held.keys(), component_id=None, file_id=file_id)
        public_id, shown = dossiers.draft_file_name(**held.keys(), file_id=file_id)
        found.answers[name].append({"id": str(public_id), "name": shown})

    taken = uploads.take(
        request, asked, owner_key=held.owner_key, purpose=Purpose.COMPONENT, room=room, keep=keep, at=held.at
    )
    found.refused = {name: f"{entries[0][0]}: {entries[0][1]}" for name, entries in taken.refused.items()}
    found.changed = found.changed or bool(found.refused)
    return found


def _let_go(held: Held, public_id: str) -> None:
    link = next((link for files in held.view.files.values() for link, file in files if str(file.id) == public_id), None)
    if link is not None:
        dossier_services.remove_draft_file(**held.keys(), draft_file_id=link)
