"""The rules of counting: looked at by all; a value entered from a day, or ended, after a preview, with its history."""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.faces.office.calendars import previewing, telling
from motcua.faces.office.calendars.choosing import chosen, must, ref_of
from motcua.faces.office.calendars.exports import moved_list
from motcua.faces.office.calendars.rule_examples import examples
from motcua.faces.office.calendars.rule_forms import EndForm, ValueForm, first_values, settings_known
from motcua.faces.office.calendars.views import tabs
from motcua.faces.office.exporting import MOST_ROWS
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act, can
from motcua.foundation.calendars import selectors as calendars
from motcua.foundation.calendars import services
from motcua.foundation.calendars.types import RuleCard, RuleChange
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import Refusal

HERE = "office:deadline-rules"
_ROWS = 25


@act("calendars.see")
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """List the rules of counting in force, those a procedure may choose, and those of other times."""
    at = clock.now()
    today = civil_day(at)
    whose = chosen(request, on=today)
    cards = calendars.known_rules(on=today)
    may_edit = can(request.actor, "calendars.rules", ref_of(None, on=today))  # type: ignore[attr-defined]
    groups = (
        (_("In force for every procedure"), [c for c in cards if c.is_default and c.is_in_force]),
        (_("For procedures that choose them"), [c for c in cards if not c.is_default]),
        (_("Of other times"), [c for c in cards if c.is_default and not c.is_in_force]),
    )
    context = {
        "whose": whose,
        "tabs": tabs(request, whose, HERE),
        "may_edit": may_edit,
        "settings": settings_known(cards) if may_edit else [],
        "groups": [{"title": title, "rules": [_row(card, may_edit, today) for card in rows]} for title, rows in groups],
    }
    return page(request, "office/calendars/rules.html", context, here=HERE, at=at)


def _row(card: RuleCard, may_edit: bool, today: date) -> dict[str, Any]:
    """Return a rule with the addresses of what can be done to it."""
    change = f"{reverse('office:deadline-rule-change')}?code={card.code}"
    is_planned = card.since is not None and card.since > today
    is_over = card.until_on is not None and card.until_on < today
    return {
        "card": card,
        "is_planned": is_planned,
        "value_url": change if may_edit and not is_over and not is_planned else "",
        "end_url": f"{change}&end=1"
        if may_edit and card.until_on is None and (is_planned or not card.is_default)
        else "",
    }


@act("calendars.rules")
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Enter a value of a rule from a day, or end one; see first what it would do, then confirm it.

    Raises:
        NotAllowed: the rules hold for the whole province, which is out of sight.
    """
    at = clock.now()
    today = civil_day(at)
    must(request, "calendars.rules", ref_of(None, on=today))
    card, is_end, setting = _subject(request, today)
    title = _("End a rule") if is_end else _("Enter a value") if card else _("Enter a rule")
    kept = previewing.asked(request)
    if kept is not None and kept.moved is not None and request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    if kept is not None and kept.moved is None and request.method == "GET":
        context = previewing.progress(kept, at=at) | {
            "title": title,
            "name": _name(card),
            "back_url": _address(request),
        }
        return page(request, "office/calendars/previewing.html", context, here=HERE, at=at)
    data = request.POST if request.method == "POST" else previewing.entered_in(kept) if kept else None
    initial = first_values(card, today=today) if card else {}
    initial |= {"since": today + timedelta(days=1)}
    form: EndForm | ValueForm
    if is_end and card is not None:
        form = EndForm(data, card=card, initial=_first_end(card, today))
    else:
        form = ValueForm(data, card=card, setting=setting, initial=initial)
    context = {"title": title, "card": card, "form": form, "is_end": is_end, "back_url": reverse(HERE)}
    status = 200
    if data is not None:
        status = 422
        if form.is_valid():
            try:
                answer = _previewed(request, form, kept, context, at=at)
            except Refusal as refusal:
                status = form.refuse(refusal)
            else:
                if answer is not None:
                    return answer
                status = 200
    return page(request, "office/calendars/rule_change.html", context, here=HERE, status=status, at=at)


def _first_end(card: RuleCard, today: date) -> dict[str, Any]:
    tomorrow = today + timedelta(days=1)
    return {"since": max(card.since or tomorrow, tomorrow)}


def _subject(request: HttpRequest, today: date) -> tuple[RuleCard | None, bool, str]:
    """Return the rule that the address names (its latest value), whether it is to end, and what it sets.

    Raises:
        Http404: no such rule, or nothing that a rule could set.
    """
    cards = calendars.known_rules(on=today)
    code, is_end = request.GET.get("code", ""), request.GET.get("end") == "1"
    mine = [card for card in cards if card.code == code]
    if mine:
        now = next((card for card in mine if card.is_in_force), None)
        newest = max(mine, key=lambda card: card.since or date.min)
        card = newest if is_end or now is None else now
        return card, is_end, card.setting
    setting = request.GET.get("setting", "")
    if code or is_end or setting not in {card.setting for card in cards}:
        raise Http404
    return None, False, setting


def _previewed(
    request: HttpRequest, form: EndForm | ValueForm, kept: Any, context: dict[str, Any], *, at: datetime
) -> HttpResponse | None:
    """Carry out what was seen and confirmed, else add the preview to the page; an answer where the page is another."""
    wanted = form.change()
    of = calendars.proposed_calendars(wanted, on=civil_day(at))
    told = hashlib.sha256(repr((wanted, calendars.known_rules(on=wanted.since))).encode()).hexdigest()[:24]
    if request.POST.get("confirm") and form.cleaned_data["seen"] == told:
        return _carry_out(request, wanted, form.cleaned_data["reason"], at=at)
    known = kept.moved if kept and kept.seen == told else None
    if request.POST.get("list"):
        return moved_list(known or previewing.at_once(wanted, at=at, rows=MOST_ROWS))
    if known is None and previewing.is_big(wanted, at=at):
        public_id = previewing.start(request, wanted, told, at=at)
        return redirect(f"{_address(request)}&preview={public_id}")
    moved = known or previewing.at_once(wanted, at=at)
    context["preview"] = previewing.Preview(wanted.since, None, moved, told)
    context["examples"] = examples(wanted, of)
    context["is_again"] = bool(request.POST.get("confirm"))
    form.remember(told)
    return None


def _carry_out(request: HttpRequest, wanted: RuleChange, reason: str, *, at: datetime) -> HttpResponse:
    by = request.actor.person_id  # type: ignore[attr-defined]
    if wanted.enter is None:
        services.end_rule(code=wanted.code, since=wanted.since, reason=reason, by=by, at=at)
    else:
        services.enter_rule(rule=wanted.enter, since=wanted.since, reason=reason, by=by, at=at)
    messages.success(request, _("The rules of counting are changed. What was received before keeps its rules."))
    return redirect("office:deadline-rule-history")


def _address(request: HttpRequest) -> str:
    words = {name: request.GET[name] for name in ("code", "end", "setting") if request.GET.get(name)}
    return f"{reverse('office:deadline-rule-change')}?" + "&".join(f"{name}={value}" for name, value in words.items())


def _name(card: RuleCard | None) -> str:
    return str(card.name) if card else ""


@act("calendars.see")
@require_GET
def history(request: HttpRequest) -> HttpResponse:
    """List the changes of the rules of counting, newest first."""
    at = clock.now()
    whose = chosen(request, on=civil_day(at))
    before = request.GET.get("before", "")
    before_id = int(before) if before.isdecimal() and len(before) < 18 else None
    found = calendars.rule_edits(limit=_ROWS + 1, before_id=before_id)
    here = reverse("office:deadline-rule-history")
    context = {
        "whose": whose,
        "tabs": tabs(request, whose, HERE),
        "edits": telling.rule_edits(found[:_ROWS]),
        "older_url": f"{here}?before={found[_ROWS - 1].id}" if len(found) > _ROWS else "",
        "newer_url": here if before_id else "",
    }
    return page(request, "office/calendars/rule_history.html", context, here=HERE, at=at)
