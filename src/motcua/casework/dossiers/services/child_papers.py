"""What a child dossier gets of its parent: papers by reference, like answers, and supplements that come later."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.casework.dossiers import journal, picture, sealing
from motcua.casework.dossiers.journal import Line
from motcua.casework.dossiers.models import ChildDossier, Dossier, DossierPaper, FormAnswer, PaperFile
from motcua.casework.dossiers.services import supplements
from motcua.casework.dossiers.types import PaperInput, SupplementAnswer
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import CaseCard, IntakeChoice
from motcua.foundation.accounts.types import SYSTEM

# What of a property decides whether two forms ask for the same.
_KIND = ("type", "format", "enum", "oneOf", "items", "x-widget")


def papers_for(parent: Dossier, case: CaseCard) -> tuple[PaperInput, ...]:
    """Return the papers of a child: the parent's with their present files, those of the same name as its components.

    Nothing is copied: a stored file is named twice. Papers that lie at the parent's desk on paper alone stay there.
    """
    wanted = {_same(line.name): line.id for line in case.papers}
    found = [PaperInput(name=_("Dossier %(code)s") % {"code": parent.shown_code})]
    for name, kind, file_ids in _present(parent.pk):
        found.append(PaperInput(component_id=wanted.pop(_same(name), None), name=name, kind=kind, file_ids=file_ids))
    return tuple(found)


def _same(name: str) -> str:
    return " ".join(name.casefold().split())


def _present(dossier_id: int) -> list[tuple[str, str, tuple[int, ...]]]:
    """Return (name, kind, ids of the present files) of the papers that have any, in order. One query."""
    rows = (
        PaperFile.objects.filter(paper__dossier_id=dossier_id, superseded_at=None)
        .order_by("paper__ordinal", "ordinal", "pk")
        .values_list("paper_id", "paper__name", "paper__kind", "file_id")
    )
    found: dict[int, tuple[str, str, list[int]]] = {}
    for paper_id, name, kind, file_id in rows:
        found.setdefault(paper_id, (name, kind, []))[2].append(file_id)
    return [(name, kind, tuple(file_ids)) for name, kind, file_ids in found.values()]


def answers_for(parent: Dossier, choice: IntakeChoice) -> dict[str, object]:
    """Return those of the parent's answers whose field the child's form has too: same name, kind and choices."""
    given = FormAnswer.objects.filter(dossier=parent).order_by("-version").first()
    asked = choice.schema.get("properties", {}) if choice.schema else {}
    if given is None or given.eform_version_id is None or not asked:
        return {}
    answered = procedures.eform_schema(given.eform_version_id)["properties"]
    answers = sealing.unseal(given.answers_cipher, purpose=sealing.ANSWERS)
    same = {name for name in asked.keys() & answered.keys() if _kind(asked[name]) == _kind(answered[name])}
    return {name: value for name, value in answers.items() if name in same}


def _kind(prop: dict[str, object]) -> list[object]:
    return [prop.get(name) for name in _KIND]


def pass_papers_on(*, parent_id: int, at: datetime) -> int:
    """Give the parent's new papers to each of its open children; return how many children got any.

    Each child is locked in a transaction of its own. Papers that a child has already are not given again, so that a
    message delivered twice changes nothing; what the child's own agency was handed is never superseded by old files.
    """
    links = ChildDossier.objects.filter(
        parent_id=parent_id, child_id__isnull=False, answered_at=None, withdrawn_at=None
    )
    present = _present(parent_id)
    children = links.order_by("pk").values_list("child_id", flat=True)
    return sum(_give(child_id, parent_id, present, at=at) for child_id in children if child_id)


@transaction.atomic
def _give(child_id: int, parent_id: int, present: Iterable[tuple[str, str, tuple[int, ...]]], *, at: datetime) -> bool:
    child = Dossier.objects.locked().get(pk=child_id)
    if not child.is_open:
        return False
    known = set(PaperFile.objects.filter(paper__dossier=child).values_list("file_id", flat=True))
    papers = {_same(paper.name): paper.pk for paper in DossierPaper.objects.filter(dossier=child)}
    fresh = tuple(
        SupplementAnswer(paper_id=papers.get(_same(name)), file_ids=file_ids, name=name)
        for name, _kind_of, file_ids in present
        if not known.issuperset(file_ids)
    )
    if not fresh:
        return False
    supplements.add_answer_files(child, fresh, at=at)
    child.lock_version += 1
    facts = picture.facts_of(child) | {"parent": parent_id, "files": sum(len(item.file_ids) for item in fresh)}
    line = Line(act="papers_passed_on", facts=facts)
    journal.record(child, [line], actor=SYSTEM, at=at)
    child.save(update_fields=["lock_version", "journal_seq", "journal_hash"])
    return True
