"""Time limits: units written as bare numbers, half days, hours, and additions for remote places in a channel's row."""

import re
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_noop as _

from motcua.casework.procedures.reading.drafts import LimitDraft, Notebook
from motcua.casework.procedures.reading.text import clean, one_line
from motcua.casework.procedures.types import Channel, LimitFlag, PlaceKind
from motcua.foundation.calendars.types import LimitUnit

_WORKING_DAYS = re.compile(r"(?<!\d)(\d{1,3})\s*(?:\([^)]{1,30}\)\s*)?ngày làm việc", re.I)
_SAME_DAY = re.compile(r"(?<!vòng )\b(?:ngay )?trong ngày(?! làm việc (?:thứ|tiếp|sau))", re.I)
_NEXT_DAY_AFTER_15 = re.compile(r"sau 15\s*(?:giờ|h)[^.;]{0,80}ngày làm việc tiếp theo", re.I)
_REMOTE = re.compile(r"vùng sâu|vùng xa|hải đảo|miền núi|đặc biệt khó khăn", re.I)
_DIRECT_UNITS = {"working_day": LimitUnit.WORKING_DAY, "day": LimitUnit.DAY, "month": LimitUnit.MONTH}
_WORKING_HOURS_A_DAY = 8
# No limit is longer than this, whatever its unit (years become months and working days hours before they are kept).
MOST = 2_000


def read_limits(raw: Any, procedure_text: str, notebook: Notebook) -> tuple[LimitDraft, ...]:
    """Return one limit for each published way of filing; doubtful ones need review and are reported by place."""
    drafts: list[LimitDraft] = []
    for number, method in enumerate(raw if isinstance(raw, list) else []):
        place = f"submission_methods[{number}]"
        if method is None:
            continue
        channel = method.get("channel") if isinstance(method, dict) else None
        if channel not in Channel.values:
            notebook.note(f"{place}.channel", _("%(value)s is no way of filing, left out"), value=channel)
            continue
        drafts.append(_read_one(method, place, procedure_text, drafts, notebook))
    drafts = _mark_remote_additions(drafts, procedure_text, notebook)
    return tuple(_flag_repeated(_flag_by_channel(drafts), notebook))


def _read_one(
    method: dict[str, Any], place: str, procedure_text: str, before: list[LimitDraft], notebook: Notebook
) -> LimitDraft:
    description = clean(method.get("description"))
    words = clean(method.get("time_text"))
    value, unit, needs_review = _value_and_unit(method, description, procedure_text)
    if needs_review:
        notebook.note(
            f"{place}.time_unit",
            _("%(value)s %(unit)s can be read in more than one way; a person has to settle it"),
            value=method.get("time_value"),
            unit=method.get("time_unit") or "",
        )
    is_later = any(draft.channel == method["channel"] for draft in before)
    is_remote = is_later and bool(_REMOTE.search(description))
    flag = LimitFlag.REMOTE if is_remote else LimitFlag.DOUBTFUL if needs_review else LimitFlag.NONE
    note = description if description or value or unit == LimitUnit.SAME_DAY else words
    draft = LimitDraft(
        channel=method["channel"],
        place_kind=PlaceKind.REMOTE if is_remote else PlaceKind.ANY,
        value=value,
        unit=unit,
        note=note,
        needs_review=needs_review or is_remote,
        flag=flag,
    )
    own = method.get("motcua")
    return with_own_keys(draft, own, f"{place}.motcua", notebook) if own else draft


def _value_and_unit(method: dict[str, Any], description: str, procedure_text: str) -> tuple[int, str, bool]:
    """Return value, unit and whether a person must look at it."""
    unit, value = method.get("time_unit"), _number(method.get("time_value"))
    if unit in _DIRECT_UNITS and value:
        return _whole(value, _DIRECT_UNITS[unit])
    if unit == "year" and value and value == int(value):
        return int(value) * 12, LimitUnit.MONTH, False
    if unit == "hour" and value:
        hours = int(value)
        return hours, LimitUnit.WORKING_HOUR, hours > _WORKING_HOURS_A_DAY
    return _from_words(value, description, procedure_text)


def _whole(value: float, unit: str) -> tuple[int, str, bool]:
    if value == int(value):
        return int(value), unit, False
    if unit == LimitUnit.WORKING_DAY:
        return round(value * _WORKING_HOURS_A_DAY), LimitUnit.WORKING_HOUR, False
    return int(value) + 1, unit, True


def _from_words(value: float | None, description: str, procedure_text: str) -> tuple[int, str, bool]:
    """A bare number or nothing: the words beside it decide, and all but plain 'within the day' needs review."""
    words = description + "\n" + procedure_text
    if value in {None, 0.0, 1.0} and (_SAME_DAY.search(words) or _NEXT_DAY_AFTER_15.search(words)):
        return 0, LimitUnit.SAME_DAY, not _SAME_DAY.search(words)
    if value and value > 1 and value == int(value):
        return int(value), LimitUnit.WORKING_DAY, True
    said = {int(number) for number in _WORKING_DAYS.findall(description)} or {
        int(number) for number in _WORKING_DAYS.findall(procedure_text)
    }
    if len(said) == 1 and 0 < max(said) <= 180:
        return said.pop(), LimitUnit.WORKING_DAY, True
    return 0, LimitUnit.NONE, value is not None and value > 0


def with_own_keys(draft: LimitDraft, own: dict[str, Any], place: str, notebook: Notebook) -> LimitDraft:
    """Return `draft` with what the province promised below it and the kind of place it holds for."""
    changes: dict[str, Any] = {}
    reduced = _number(own.get("reduced_value"))
    unit = str(own.get("reduced_unit") or draft.unit)
    if reduced is not None and reduced == int(reduced) and unit in LimitUnit.values and unit != LimitUnit.NONE:
        changes = {
            "reduced_value": int(reduced),
            "reduced_unit": unit,
            "reduced_by": one_line(own.get("reduced_by"))[:200],
        }
    elif own.get("reduced_value") is not None:
        notebook.note(f"{place}.reduced_value", _("is no whole number with a unit, left out"))
    if own.get("place") in PlaceKind.values:
        changes |= {"place_kind": own["place"]}
        if draft.flag == LimitFlag.REMOTE:
            changes |= {"flag": LimitFlag.NONE, "needs_review": False}
    elif own.get("place"):
        notebook.note(f"{place}.place", _("%(value)s is no kind of place, left out"), value=own["place"])
    return replace(draft, **changes)


def read_case_limits(raw: Any, place: str, notebook: Notebook) -> tuple[LimitDraft, ...]:
    """Return the limits that the record gives for one case: they say value and unit outright, so nothing is doubted."""
    drafts: list[LimitDraft] = []
    for number, item in enumerate(raw if isinstance(raw, list) else []):
        where = f"{place}[{number}]"
        if item is None:
            continue
        channel, unit, value = item.get("channel"), item.get("unit"), _number(item.get("value") or 0)
        if channel not in Channel.values:
            notebook.note(f"{where}.channel", _("%(value)s is no way of filing, left out"), value=channel)
        elif unit not in LimitUnit.values or value is None or value != int(value):
            notebook.note(where, _("is no whole number with a unit, left out"))
        else:
            note = clean(item.get("note"))
            draft = LimitDraft(channel, PlaceKind.ANY, int(value), unit, note, needs_review=False)
            drafts.append(with_own_keys(draft, item, where, notebook))
    return tuple(drafts)


def _number(value: Any) -> float | None:
    """A number from 0 to what a column holds; None for all else."""
    try:
        number = None if value is None or value == "" else abs(float(str(value).replace(",", ".")))
    except ValueError:
        return None
    return number if number is not None and number <= MOST else None


def _mark_remote_additions(drafts: list[LimitDraft], procedure_text: str, notebook: Notebook) -> list[LimitDraft]:
    """Mark the longer limits of channels that should not differ.

    '8 days online, 18 days direct' is probably the addition for remote places in the wrong row, and nothing takes
    longer because it came online: never promise them unseen.
    """
    dated = [draft for draft in drafts if draft.unit != LimitUnit.NONE]
    if len({draft.unit for draft in dated}) != 1 or len({draft.value for draft in dated}) < 2:
        return drafts
    shortest = min(draft.value for draft in dated)
    everything = procedure_text + " ".join(draft.note for draft in drafts)
    is_remote = bool(_REMOTE.search(one_line(everything)))
    doubtful = [draft for draft in dated if draft.value > shortest and (is_remote or draft.channel == Channel.ONLINE)]
    if doubtful:
        notebook.note("submission_methods", _("limits differ by way of filing without a reason to be seen"))
    flag = LimitFlag.REMOTE if is_remote else LimitFlag.BY_CHANNEL
    return [replace(draft, needs_review=True, flag=flag) if draft in doubtful else draft for draft in drafts]


def _flag_by_channel(drafts: list[LimitDraft]) -> list[LimitDraft]:
    """Flag every dated limit where ways of filing differ: a person says whether the way, the case or the place does."""
    dated = [draft for draft in drafts if draft.unit != LimitUnit.NONE]
    by_channel: dict[str, set[tuple[int, str]]] = {}
    for draft in dated:
        by_channel.setdefault(draft.channel, set()).add((draft.value, draft.unit))
    if len({frozenset(values) for values in by_channel.values()}) < 2:
        return drafts
    return [replace(draft, flag=draft.flag or LimitFlag.BY_CHANNEL) if draft in dated else draft for draft in drafts]


def _flag_repeated(drafts: list[LimitDraft], notebook: Notebook) -> list[LimitDraft]:
    """Flag several limits of one way of filing: they belong to cases or places that only words name.

    Where they differ nobody can say which one holds, so none is promised unseen.
    """
    groups: dict[str, set[tuple[int, str]]] = {}
    counts: dict[str, int] = {}
    for draft in drafts:
        groups.setdefault(draft.channel, set()).add((draft.value, draft.unit))
        counts[draft.channel] = counts.get(draft.channel, 0) + 1
    repeated = {channel for channel, count in counts.items() if count > 1}
    unlike = {channel for channel in repeated if len(groups[channel]) > 1}
    if unlike:
        notebook.note(
            "submission_methods",
            _("several limits for one way of filing: %(channels)s"),
            channels=", ".join(sorted(unlike)),
        )
    return [
        replace(
            draft, flag=draft.flag or LimitFlag.REPEATED, needs_review=draft.needs_review or draft.channel in unlike
        )
        if draft.channel in repeated
        else draft
        for draft in drafts
    ]
