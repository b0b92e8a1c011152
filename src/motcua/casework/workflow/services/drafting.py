"""Drafts of processes: begun, drawn, checked by procedure control, discarded. A process has one draft at a time.

The department drafts the internal process, the unit of procedure control checks it, the Chairman approves it.
Law: Circular 01/2018/TT-VPCP, art. 8.
"""

import hashlib
import re
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.casework.workflow.models import ProcessDefinition, ProcessVersion
from motcua.casework.workflow.parsing import SIZE_LIMIT
from motcua.casework.workflow.problems import problem
from motcua.casework.workflow.rules import checked_process
from motcua.casework.workflow.types import (
    CodeTaken,
    DraftChanged,
    DraftPresent,
    OwnDraft,
    ProcessNotSound,
    VersionNotFound,
    VersionState,
)
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.core.types import Invalid

_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{1,59}")


@transaction.atomic
def create_process(
    *, code: str, name: str, xml: bytes, at: datetime, actor_person_id: int | None, name_en: str = ""
) -> int:
    """Make a new process with its first draft. Returns the version's id.

    Raises:
        Invalid: the code is not one, or the name is empty. CodeTaken: another process has the code.
    """
    wrong: dict[str, list[str]] = {}
    if not _CODE.fullmatch(code):
        wrong["code"] = [_("Use 2 to 60 small letters without marks, digits, - and _, such as xac-nhan-cu-tru.")]
    if not name.strip():
        wrong["name"] = [_("Enter what people call the process.")]
    if wrong:
        raise Invalid(wrong)
    try:
        with transaction.atomic():
            definition = ProcessDefinition.objects.create(code=code, name=name.strip(), name_en=name_en.strip())
    except IntegrityError:
        raise CodeTaken({"code": [str(CodeTaken(taken=code))]}, taken=code) from None
    return _new_draft(definition, 1, xml, at=at, actor_person_id=actor_person_id, based_on=None).pk


@transaction.atomic
def start_draft(*, code: str, number: int, at: datetime, actor_person_id: int | None) -> int:
    """Begin a draft from a version of the process. Returns the new version's id.

    Raises:
        VersionNotFound. DraftPresent: there is a draft already.
    """
    definition = _locked(code)
    base = definition.versions.filter(number=number).first()
    if base is None:
        raise VersionNotFound
    _refuse_second(definition)
    last = definition.versions.aggregate(last=Max("number"))["last"] or 0
    xml = bytes(base.xml)
    return _new_draft(definition, last + 1, xml, at=at, actor_person_id=actor_person_id, based_on=number).pk


def _refuse_second(definition: ProcessDefinition) -> None:
    present = _draft(definition)
    if present is not None:
        raise DraftPresent(number=present.number)


@transaction.atomic
def save_draft(
    *,
    code: str,
    name: str,
    xml: bytes,
    at: datetime,
    actor_person_id: int | None = None,
    name_en: str = "",
    seen: str | None = None,
) -> int:
    """Keep a drawing, sound or not, as the draft of the process `code`; make the process if it is new.

    A process has at most one draft: saving again replaces it, and what was checked becomes a draft again unless not a
    byte changed. Returns the version's id.

    Args:
        seen: SHA-256 of the drawing that the person began from; None to save whatever stands there.

    Raises:
        DraftChanged: the draft is no longer the one in `seen`; nothing was saved.
    """
    definition, _made = ProcessDefinition.objects.get_or_create(code=code, defaults={"name": name, "name_en": name_en})
    definition = ProcessDefinition.objects.select_for_update().get(pk=definition.pk)
    draft = _draft(definition)
    if seen is not None and (draft is None or draft.sha256 != seen):
        raise _changed(draft)
    if (definition.name, definition.name_en) != (name, name_en or definition.name_en):
        definition.name, definition.name_en = name, name_en or definition.name_en
        definition.save(update_fields=["name", "name_en"])
    if draft is None:
        last = definition.versions.aggregate(last=Max("number"))["last"] or 0
        return _new_draft(definition, last + 1, xml, at=at, actor_person_id=actor_person_id, based_on=None).pk
    if bytes(draft.xml) != xml:
        _redraw(draft, xml, at=at, actor_person_id=actor_person_id)
    return draft.pk


def _redraw(draft: ProcessVersion, xml: bytes, *, at: datetime, actor_person_id: int | None) -> None:
    draft.xml, draft.sha256 = xml, hashlib.sha256(xml).hexdigest()
    draft.drawn_at, draft.drawn_by = at, actor_person_id
    draft.state, draft.checked_at, draft.checked_by = VersionState.DRAFT, None, None
    draft.save()


def _changed(draft: ProcessVersion | None) -> DraftChanged:
    by, when = (draft.drawn_by, draft.drawn_at) if draft else (None, None)
    name = accounts.person_names({by}).get(by, "") if by else ""
    time = timezone.localtime(when).strftime("%H:%M %d/%m/%Y") if when else "–"
    return DraftChanged(name=name or _("Somebody else"), time=time)


def require_size(xml: bytes) -> None:
    """Refuse a file too large to be a process before anything reads it.

    Raises:
        ProcessNotSound: with that one problem.
    """
    if len(xml) > SIZE_LIMIT:
        raise ProcessNotSound([problem("xml-too-large", limit=SIZE_LIMIT // 1000)])


@transaction.atomic
def approve_draft(*, code: str, seen: str, actor_person_id: int | None, at: datetime) -> int:
    """Record that procedure control has checked the draft: it may go before the Chairman. Returns the version's id.

    Args:
        seen: SHA-256 of the drawing that was looked at.

    Raises:
        VersionNotFound: there is no draft. DraftChanged: it is no longer the one looked at.
        OwnDraft: the checker saved it last. ProcessNotSound: with every problem found.
    """
    draft = _draft(_locked(code))
    if draft is None:
        raise VersionNotFound
    if draft.sha256 != seen:
        raise _changed(draft)
    if actor_person_id is not None and draft.drawn_by == actor_person_id:
        raise OwnDraft
    problems = checked_process(bytes(draft.xml))[1]
    if problems:
        raise ProcessNotSound(problems)
    if draft.state == VersionState.DRAFT:
        draft.state, draft.checked_at, draft.checked_by = VersionState.CHECKED, at, actor_person_id
        draft.save(update_fields=["state", "checked_at", "checked_by"])
    return draft.pk


@transaction.atomic
def discard_draft(*, code: str, seen: str) -> int:
    """Delete the draft for good; a process that was never published goes with it. Returns the draft's number.

    Raises:
        VersionNotFound: there is no draft. DraftChanged: somebody saved it meanwhile.
    """
    definition = _locked(code)
    draft = _draft(definition)
    if draft is None:
        raise VersionNotFound
    if draft.sha256 != seen:
        raise _changed(draft)
    number = draft.number
    draft.delete()
    if not definition.versions.exists():
        definition.delete()
    return number


def _locked(code: str) -> ProcessDefinition:
    definition = ProcessDefinition.objects.select_for_update().filter(code=code).first()
    if definition is None:
        raise VersionNotFound
    return definition


def _draft(definition: ProcessDefinition) -> ProcessVersion | None:
    return definition.versions.exclude(state=VersionState.PUBLISHED).first()


def _new_draft(
    definition: ProcessDefinition,
    number: int,
    xml: bytes,
    *,
    at: datetime,
    actor_person_id: int | None,
    based_on: int | None,
) -> ProcessVersion:
    draft = ProcessVersion(definition=definition, number=number, based_on=based_on)
    draft.xml, draft.sha256 = xml, hashlib.sha256(xml).hexdigest()
    draft.drawn_at, draft.drawn_by = at, actor_person_id
    draft.save()
    return draft
