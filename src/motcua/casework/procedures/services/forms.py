"""Electronic forms: drafts that are worked on, taken back, tried and published; blocks that forms share."""

import json
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from motcua.casework.procedures import policies
from motcua.casework.procedures.eforms import editing, trying
from motcua.casework.procedures.eforms.blocks import content_of
from motcua.casework.procedures.eforms.checking import check_schema
from motcua.casework.procedures.models import EForm, EFormBlock, EFormStep, EFormVersion
from motcua.casework.procedures.selectors.choosing import forget_choices
from motcua.casework.procedures.types import (
    DraftExists,
    ExamplesFail,
    FormCodeTaken,
    FormFileUnreadable,
    FormState,
    NoDraft,
    NothingToUndo,
    SchemaRefused,
    VersionOverlaps,
)
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.types import Invalid, NotFound, Stale

MOST_STEPS = 50
MOST_EXAMPLES = 50


@transaction.atomic
def create_form(
    *,
    code: str,
    name: str,
    actor: Actor,
    at: datetime,
    schema: dict[str, Any] | None = None,
    examples: list[dict[str, Any]] | None = None,
    name_en: str = "",
    source_note: str = "",
) -> EFormVersion:
    """Begin a form with a draft; without a schema it has one section with one question.

    Raises:
        NotAllowed: the actor does not edit the catalogue.
        FormCodeTaken: another form has that code.
        SchemaRefused: the schema given cannot be drawn.
    """
    policies.require_editor(actor)
    schema = schema or editing.empty_form(name)
    check_schema(schema)
    form, is_new = EForm.objects.get_or_create(
        code=code, defaults={"name": name, "name_en": name_en, "source_note": source_note}
    )
    if not is_new:
        raise FormCodeTaken
    return _new_draft(form, schema, examples or [], actor=actor, at=at)


def _new_draft(
    form: EForm, schema: dict[str, Any], examples: list[dict[str, Any]], *, actor: Actor, at: datetime
) -> EFormVersion:
    latest = form.versions.order_by("-number").first()
    return EFormVersion.objects.create(
        eform=form,
        number=latest.number + 1 if latest else 1,
        state=FormState.DRAFT,
        schema=schema,
        examples=examples,
        changed_at=at,
        changed_by_id=actor.person_id,
    )


@transaction.atomic
def start_form_draft(*, code: str, actor: Actor, at: datetime, number: int | None = None) -> EFormVersion:
    """Begin a draft from a published version, the latest one where none is named.

    Raises:
        NotFound: no such form or version.
        NotAllowed: the actor does not edit the catalogue.
        DraftExists: the form has one.
    """
    policies.require_editor(actor)
    form = _locked(code)
    if form.versions.filter(state=FormState.DRAFT).exists():
        raise DraftExists
    published = form.versions.filter(state=FormState.PUBLISHED).order_by("-number")
    base = (published.filter(number=number) if number else published).first()
    if base is None:
        raise NotFound
    return _new_draft(form, base.schema, base.examples, actor=actor, at=at)


def _locked(code: str) -> EForm:
    form = EForm.objects.select_for_update().filter(code=code).first()
    if form is None:
        raise NotFound
    return form


def _draft(code: str, revision: int | None = None) -> EFormVersion:
    """Return the locked draft of a form, refusing when somebody changed it since it was read."""
    found = EFormVersion.objects.select_for_update(of=("self",)).filter(eform__code=code, state=FormState.DRAFT).first()
    if found is None:
        raise NoDraft
    if revision is not None and found.revision != revision:
        raise Stale
    return found


@transaction.atomic
def save_form_draft(
    *, code: str, schema: dict[str, Any], words: str, revision: int, actor: Actor, at: datetime
) -> EFormVersion:
    """Keep a changed draft; what it was before can be taken back. The whole schema is checked.

    Args:
        words: what was changed, for the button that takes it back.
        revision: the one that was read.

    Raises:
        NotAllowed: the actor does not edit the catalogue.
        NoDraft: the form has none.
        Stale: somebody changed the draft in the meantime.
        SchemaRefused: with every place that is wrong; bad expressions with the letter.
    """
    policies.require_editor(actor)
    draft = _draft(code, revision)
    check_schema(schema)
    if schema == draft.schema:
        return draft
    EFormStep.objects.create(version=draft, number=draft.revision, schema=draft.schema, words=words[:200])
    EFormStep.objects.filter(version=draft, number__lt=draft.revision - MOST_STEPS).delete()
    draft.schema = schema
    _touch(draft, actor=actor, at=at)
    draft.save(update_fields=["schema", "revision", "changed_at", "changed_by_id"])
    if schema.get("title") and draft.number == 1:
        EForm.objects.filter(pk=draft.eform_id).update(name=str(schema["title"])[:250])
    return draft


def _touch(draft: EFormVersion, *, actor: Actor, at: datetime) -> None:
    draft.revision += 1
    draft.changed_at, draft.changed_by_id = at, actor.person_id


@transaction.atomic
def undo_form_change(*, code: str, revision: int, actor: Actor, at: datetime) -> str:
    """Take the last change of a draft back; return what it was in words.

    Raises:
        NotAllowed, NoDraft, Stale: as for saving.
        NothingToUndo: the draft is as it began.
    """
    policies.require_editor(actor)
    draft = _draft(code, revision)
    step = draft.steps.order_by("-number").first()
    if step is None:
        raise NothingToUndo
    draft.schema = step.schema
    _touch(draft, actor=actor, at=at)
    draft.save(update_fields=["schema", "revision", "changed_at", "changed_by_id"])
    step.delete()
    return step.words


@transaction.atomic
def discard_form_draft(*, code: str, actor: Actor, at: datetime) -> None:
    """Throw a draft away; a form that never had another version goes with it.

    Raises:
        NotAllowed: the actor does not edit the catalogue.
        NoDraft: the form has none.
    """
    policies.require_editor(actor)
    draft = _draft(code)
    form = draft.eform
    draft.delete()
    if not form.versions.exists() and not form.offers.exists():
        form.delete()


@transaction.atomic
def save_form_examples(
    *, code: str, examples: list[dict[str, Any]], revision: int, actor: Actor, at: datetime
) -> EFormVersion:
    """Keep the examples beside a draft: {"name", "answers", "messages": {field: message or ''}, "on"}.

    Raises:
        NotAllowed, NoDraft, Stale: as for saving.
        Invalid: more than there may be, or one without name or answers.
    """
    policies.require_editor(actor)
    draft = _draft(code, revision)
    if len(examples) > MOST_EXAMPLES:
        raise Invalid({"examples": [_("At most %(most)s examples.") % {"most": MOST_EXAMPLES}]})
    for example in examples:
        if not example.get("name") or not isinstance(example.get("answers"), dict):
            raise Invalid({"examples": [_("An example needs a name and answers.")]})
    draft.examples = examples
    _touch(draft, actor=actor, at=at)
    draft.save(update_fields=["examples", "revision", "changed_at", "changed_by_id"])
    return draft


@transaction.atomic
def publish_form(*, code: str, valid_from: date, revision: int, actor: Actor, at: datetime) -> EFormVersion:
    """Run the examples beside the draft and put it in force from `valid_from`; the version before it ends that day.

    Dossiers that pinned an earlier version keep it.

    Raises:
        NotAllowed, NoDraft, Stale, SchemaRefused: as for saving.
        ExamplesFail: some example does not come out as written.
        VersionOverlaps: a version already starts on or after that day.
    """
    policies.require_editor(actor)
    transaction.on_commit(forget_choices)
    draft = _draft(code, revision)
    check_schema(draft.schema)
    missed = [each for each in trying.outcomes(draft.schema, draft.examples, on=valid_from) if not each.is_met]
    if missed:
        raise ExamplesFail(count=len(missed))
    end_version_before(draft.eform, valid_from)
    draft.state, draft.valid = FormState.PUBLISHED, DateRange(valid_from, None)
    draft.published_at, draft.published_by_id = at, actor.person_id
    draft.save(update_fields=["state", "valid", "published_at", "published_by_id"])
    draft.steps.all().delete()
    EForm.objects.filter(pk=draft.eform_id).update(name=str(draft.schema.get("title") or draft.eform.name)[:250])
    return draft


def end_version_before(form: EForm, valid_from: date) -> None:
    """Let the version in force end on `valid_from`. Private to this app.

    Raises:
        VersionOverlaps: one already starts on or after that day.
    """
    latest = form.versions.filter(state=FormState.PUBLISHED).order_by("-valid").first()
    if latest and latest.valid.lower >= valid_from:
        raise VersionOverlaps(code=form.code, on=latest.valid.lower.isoformat())
    if latest and (latest.valid.upper is None or latest.valid.upper > valid_from):
        latest.valid = DateRange(latest.valid.lower, valid_from)
        latest.save(update_fields=["valid"])


def import_form(*, content: bytes, code: str, actor: Actor, at: datetime) -> EFormVersion:
    """Begin a form, or a draft of one that exists, from an exported file.

    Raises:
        NotAllowed: the actor does not edit the catalogue.
        FormFileUnreadable: it is no such file.
        SchemaRefused, DraftExists: as for beginning.
    """
    policies.require_editor(actor)
    try:
        known = json.loads(content)
        schema, name = known["schema"], str(known["name"])
        examples = list(known.get("examples", []))
        if known["kind"] != trying.FILE_KIND or not isinstance(schema, dict):
            raise FormFileUnreadable(why=_("it was not written by the form designer"))
    except (ValueError, KeyError, TypeError) as error:
        raise FormFileUnreadable(why=str(error)) from error
    code = code or str(known.get("code", ""))
    if not EForm.objects.filter(code=code).exists():
        return create_form(code=code, name=name, schema=schema, examples=examples, actor=actor, at=at)
    check_schema(schema)
    with transaction.atomic():
        form = _locked(code)
        if form.versions.filter(state=FormState.DRAFT).exists():
            raise DraftExists
        return _new_draft(form, schema, examples, actor=actor, at=at)


@transaction.atomic
def save_form_block(*, code: str, name: str, content: dict[str, Any], actor: Actor, at: datetime) -> EFormBlock:
    """Keep a block under its code; a changed content makes a new revision, which forms may take over.

    Raises:
        NotAllowed: the actor does not edit the catalogue.
        SchemaRefused: the block could not stand in a form by itself.
    """
    policies.require_editor(actor)
    check_schema(_as_form(name, content))
    block, is_new = EFormBlock.objects.select_for_update().get_or_create(
        code=code, defaults={"name": name, "content": content, "changed_at": at, "changed_by_id": actor.person_id}
    )
    if not is_new and (block.content != content or block.name != name):
        block.revision += int(block.content != content)
        block.name, block.content, block.changed_at, block.changed_by_id = name, content, at, actor.person_id
        block.save(update_fields=["name", "content", "revision", "changed_at", "changed_by_id"])
    return block


def _as_form(name: str, content: dict[str, Any]) -> dict[str, Any]:
    section = {"code": "chung", "title": content["title"], "fields": content["fields"]}
    return {
        "type": "object",
        "title": name,
        "properties": content["properties"],
        "required": content["required"],
        "x-sections": [section],
    }


def block_of_section(*, code: str, section: str, block: str, name: str, actor: Actor, at: datetime) -> EFormBlock:
    """Make a block of a section of a draft, or a new revision of the block of that code.

    Raises:
        NotAllowed, NoDraft, SchemaRefused: as above.
        NotFound: no such section.
    """
    draft = EFormVersion.objects.filter(eform__code=code, state=FormState.DRAFT).first()
    if draft is None:
        raise NoDraft
    try:
        content = content_of(draft.schema, section)
    except KeyError:
        raise NotFound from None
    try:
        return save_form_block(code=block, name=name, content=content, actor=actor, at=at)
    except SchemaRefused as refusal:
        raise SchemaRefused(refusal.fields) from None
