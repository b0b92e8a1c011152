"""Reads of electronic forms: the list, a form with its versions and uses, drafts, blocks."""

from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from motcua.casework.procedures.eforms.trying import FILE_KIND
from motcua.casework.procedures.models import EForm, EFormBlock, EFormVersion, Offer
from motcua.casework.procedures.types import (
    BlockCard,
    FormDraft,
    FormRow,
    FormSheet,
    FormState,
    FormUse,
    FormVersionCard,
)
from motcua.foundation.core.folding import fold
from motcua.foundation.core.types import NotFound


def form_rows(*, on: date, text: str = "", state: str = "") -> list[FormRow]:
    """Return the forms by name, of those whose name or code holds every word of `text`.

    Args:
        state: 'draft' with a draft, 'unused' asked by no offer, 'none' without a version in force.
    """
    in_force = EFormVersion.objects.filter(eform=OuterRef("pk"), valid__contains=on)
    draft = EFormVersion.objects.filter(eform=OuterRef("pk"), state=FormState.DRAFT)
    used = Offer.objects.filter(eform=OuterRef("pk"), valid__contains=on).values("eform").annotate(n=Count("pk"))
    shown = EFormVersion.objects.filter(eform=OuterRef("pk")).order_by("-number")
    rows = EForm.objects.annotate(
        in_force=Subquery(in_force.values("number")[:1]),
        range=Subquery(in_force.values("valid")[:1]),
        draft=Subquery(draft.values("number")[:1]),
        used=Coalesce(Subquery(used.values("n")), 0),
        sections=Subquery(shown.values("schema__x-sections")[:1]),
    )
    words = fold(text).split()
    found = [
        FormRow(
            code=row.code,
            name=row.name,
            in_force=row.in_force,
            since=row.range.lower if row.range else None,
            draft=row.draft,
            fields=sum(len(section.get("fields", ())) for section in row.sections or ()),
            used_by=row.used,
        )
        for row in rows
        if all(word in fold(f"{row.name} {row.code}") for word in words)
    ]
    keep = {
        "draft": lambda row: row.draft is not None,
        "unused": lambda row: not row.used_by,
        "none": lambda row: row.in_force is None,
    }.get(state)
    return sorted(filter(keep, found) if keep else found, key=lambda row: (fold(row.name), row.code))


def form_sheet(code: str, *, on: date) -> FormSheet:
    """Return a form with its versions, newest first, and the procedures that ask it on a day.

    Raises:
        NotFound: no such form.
    """
    form = EForm.objects.filter(code=code).first()
    if form is None:
        raise NotFound
    uses = (
        Offer.objects.filter(eform=form, valid__contains=on)
        .filter(Q(procedure__versions__valid__contains=on))
        .order_by("procedure__code", "pk")
        .values_list("procedure__code", "procedure__versions__name", "agency_id")
    )
    return FormSheet(
        code=form.code,
        name=form.name,
        name_en=form.name_en,
        source_note=form.source_note,
        versions=tuple(_card(row) for row in form.versions.order_by("-number")),
        uses=tuple(FormUse(*row) for row in uses),
    )


def _card(row: EFormVersion) -> FormVersionCard:
    return FormVersionCard(
        number=row.number,
        state=row.state,
        since=row.valid.lower if row.valid else None,
        until=row.valid.upper if row.valid else None,
        fields=len(row.schema.get("properties", {})),
        revision=row.revision,
        changed_at=row.changed_at,
        published_at=row.published_at,
    )


def form_version(code: str, number: int | None = None) -> FormDraft:
    """Return a version of a form with its schema: of that number, else the draft.

    Raises:
        NotFound: no such version.
    """
    rows = EFormVersion.objects.select_related("eform").filter(eform__code=code)
    row = (rows.filter(state=FormState.DRAFT) if number is None else rows.filter(number=number)).first()
    if row is None:
        raise NotFound
    last = row.steps.order_by("-number").first()
    return FormDraft(
        code=code,
        name=row.eform.name,
        number=row.number,
        state=row.state,
        schema=row.schema,
        examples=row.examples,
        revision=row.revision,
        undo=last.words if last else "",
    )


def form_file(code: str, number: int) -> dict[str, Any]:
    """Return a version as the content of a file that `import_form` reads.

    Raises:
        NotFound: no such version.
    """
    row = EFormVersion.objects.select_related("eform").filter(eform__code=code, number=number).first()
    if row is None:
        raise NotFound
    return {
        "kind": FILE_KIND,
        "code": code,
        "name": row.eform.name,
        "version": number,
        "schema": row.schema,
        "examples": row.examples,
    }


def form_in_force(code: str, *, on: date) -> int | None:
    """Return the id of the version of a form in force on a day, to be pinned; None when there is none."""
    found = EFormVersion.objects.filter(eform__code=code, valid__contains=on)
    return found.values_list("pk", flat=True).first()


def form_blocks() -> list[BlockCard]:
    """Return the shared blocks by name."""
    rows = sorted(EFormBlock.objects.all(), key=lambda row: fold(row.name))
    return [BlockCard(row.code, row.name, row.revision, row.content) for row in rows]


def form_block(code: str) -> BlockCard:
    """Return one block.

    Raises:
        NotFound: no such block.
    """
    row = EFormBlock.objects.filter(code=code).first()
    if row is None:
        raise NotFound
    return BlockCard(row.code, row.name, row.revision, row.content)
