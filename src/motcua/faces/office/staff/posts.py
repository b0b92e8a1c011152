"""Giving and ending posts, handing work over, and the posts of a unit."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import OpenWorkOfPost
from motcua.faces.office.shell import page
from motcua.faces.office.staff.forms import EndForm, GivePostForm, HandoverForm, PartyBodyForm, PostForm
from motcua.faces.office.staff.people import HERE
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts import services
from motcua.foundation.accounts.registry import act, can, seen
from motcua.foundation.accounts.types import Actor, HoldingCard, PersonCard
from motcua.foundation.core import clock
from motcua.foundation.core.clock import civil_day
from motcua.foundation.core.types import NotFound, Refusal
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import Role


@act("staff.manage")
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Give somebody a post."""
    at, status = clock.now(), 200
    actor, on = request.actor, civil_day(at)  # type: ignore[attr-defined]
    card = accounts.person_card(actor=actor, public_id=public_id, on=on)
    homes = [(item.id, item.short_name) for item in organisations.directory(on=on).agencies.values()
             if organisations.agency_of_unit(item.id, on=on) == item.id]  # fmt: skip
    wanted = request.GET.get("post", "")
    form = GivePostForm(
        request.POST or None, posts=accounts.open_posts_for(actor=actor, on=on), homes=homes,
        initial={"since": on, "post": wanted},
    )  # fmt: skip
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _give(form, card, actor)
            except Refusal as refusal:
                status = form.refuse(refusal)
            else:
                messages.success(
                    request, _("The post is given. Its work stands before the person with their next page.")
                )
                return redirect("office:staff-person", public_id)
    context = {
        "card": card, "form": form, "title": _("Give a post"), "button": _("Give the post"),
        "fields": [form[name] for name in ("post", "since", "last", "home", "employer", "home_superior")],
    }  # fmt: skip
    return page(request, "office/staff/form.html", context, here=HERE, status=status, at=at)


def _give(form: GivePostForm, card: PersonCard, actor: Actor) -> None:
    entered = form.cleaned_data
    services.give_post(
        actor=actor, person_id=card.id, post_id=int(entered["post"]), since=entered["since"],
        until=entered["last"] + timedelta(days=1) if entered["last"] else None,
        home_agency_id=int(entered["home"]) if entered["home"] else None, employer=entered["employer"],
        home_superior=entered["home_superior"],
    )  # fmt: skip


def _held(card: PersonCard, holding_id: UUID) -> HoldingCard:
    found = next((item for item in card.holdings if item.public_id == holding_id), None)
    if found is None:
        raise NotFound
    return found


@act("staff.manage")
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, public_id: UUID, holding_id: UUID) -> HttpResponse:
    """End a post that somebody holds, with the handover of what is open in it."""
    at, status = clock.now(), 200
    actor, on = request.actor, civil_day(at)  # type: ignore[attr-defined]
    card = accounts.person_card(actor=actor, public_id=public_id, on=on)
    held = _held(card, holding_id)
    work = dossiers.open_work_of_post(actor=actor, holding_id=held.id, at=at)
    form = EndForm(request.POST or None, initial={"last": on})
    shares = HandoverForm(request.POST or None, people=work.successors, leaves=True) if work.lines else None
    if request.method == "POST":
        status = 422
        if form.is_valid() and (shares is None or shares.is_valid()):
            try:
                record_id = dossier_services.leave_post(
                    holding_id=held.id, last=form.cleaned_data["last"], actor=actor, at=at,
                    successors=shares.successor_ids if shares else None,
                    reason=shares.cleaned_data["reason"] if shares else "",
                    at_the_end=shares is not None and shares.cleaned_data["when"] == "end",
                )  # fmt: skip
            except Refusal as refusal:
                status = form.refuse(refusal)
            else:
                messages.success(request, _("The post ends on that day."))
                return (
                    redirect("office:handover", record_id) if record_id else redirect("office:staff-person", public_id)
                )
    context = _work_context(card, held, work) | {"form": form, "shares": shares, "ends": True}
    return page(request, "office/staff/leaving.html", context, here=HERE, status=status, at=at)


def _work_context(card: PersonCard, held: HoldingCard, work: OpenWorkOfPost) -> dict[str, Any]:
    return {"card": card, "held": held, "work": work, "overdue": sum(line.is_overdue for line in work.lines)}


@act("staff.hand_over")
@require_http_methods(["GET", "POST"])
def work(request: HttpRequest, public_id: UUID, holding_id: UUID) -> HttpResponse:
    """Hand the open work of a post over while the person stays."""
    at, status = clock.now(), 200
    actor, on = request.actor, civil_day(at)  # type: ignore[attr-defined]
    card = accounts.person_card(actor=actor, public_id=public_id, on=on)
    held = _held(card, holding_id)
    left = dossiers.open_work_of_post(actor=actor, holding_id=held.id, at=at)
    shares = HandoverForm(request.POST or None, people=left.successors)
    if request.method == "POST":
        status = 422
        if shares.is_valid():
            try:
                record_id = dossier_services.hand_work_over(
                    holding_id=held.id, successors=shares.successor_ids, reason=shares.cleaned_data["reason"],
                    actor=actor, at=at,
                )  # fmt: skip
                return redirect("office:handover", record_id)
            except Refusal as refusal:
                status = shares.refuse(refusal)
    context = _work_context(card, held, left) | {"shares": shares if left.lines else None}
    return page(request, "office/staff/leaving.html", context, here=HERE, status=status, at=at)


@act("staff.handover")
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the record of a handover, to be printed and signed; a planned one can be carried out before its day."""
    at, actor = clock.now(), request.actor  # type: ignore[attr-defined]
    found = dossiers.handover(actor=actor, public_id=public_id, at=at)
    if request.method == "POST":
        dossier_services.carry_out_handover(public_id=public_id, actor=actor, at=at)
        messages.success(request, _("The work is handed over."))
        return redirect("office:handover", public_id)
    return page(request, "office/staff/record.html", {"record": found}, here=HERE, at=at)


def _unit_id(actor: Actor, public_id: UUID, *, on: Any) -> int:
    cards = seen("staff_unit", actor, organisations.directory(on=on).agencies.values())
    found = next((card.id for card in cards if card.public_id == str(public_id)), None)
    if found is None:
        raise NotFound
    return found


@act("staff.posts")
@require_http_methods(["GET", "POST"])
def unit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the posts of a unit with their holders and vacancies; administrators open posts here."""
    at, status = clock.now(), 200
    actor, on = request.actor, civil_day(at)  # type: ignore[attr-defined]
    unit_id = _unit_id(actor, public_id, on=on)
    manages = can(actor, "staff.post_change", unit_id) and unit_id in accounts.administered(actor)
    agency_id = organisations.agency_of_unit(unit_id, on=on)
    desks = [(desk.pk, f"{desk.premises.name}, {desk}") for desk in organisations.desks_of(agency_id, on=on)]
    body = accounts.party_body(agency_id)
    asked = request.POST if request.method == "POST" and manages else None
    about_body = asked is not None and "party_body" in asked
    form = PostForm(None if about_body else asked, desks=desks, initial={"since": on})
    party = PartyBodyForm(asked if about_body else None, initial={"party_body": body})
    chosen = party if about_body else form
    if asked is not None:
        status = 422
        if chosen.is_valid():
            try:
                _change(chosen, actor, unit_id, agency_id)
                messages.success(request, _("Saved."))
                return redirect("office:staff-unit", public_id)
            except Refusal as refusal:
                status = chosen.refuse(refusal)
    listing = organisations.directory(on=on)
    posts = accounts.unit_posts(unit_id=unit_id, on=on)
    context = {
        "unit": listing.agencies[unit_id], "agency": listing.find(agency_id), "posts": posts, "form": form,
        "party": party, "body": body, "manages": manages, "roles": dict(Role.choices), "chosen": chosen,
        "below": [card for card in listing.agencies.values() if card.parent_id == unit_id][:60],
        "houses": organisations.premises_of(agency_id, on=on), "vacant": sum(post.is_vacant for post in posts),
        "fields": [form[name] for name in ("role", "title", "capacity", "desk", "since") if name in form.fields],
    }  # fmt: skip
    return page(request, "office/staff/unit.html", context, here=HERE, status=status, at=at)


def _change(form: Any, actor: Actor, unit_id: int, agency_id: int) -> None:
    entered = form.cleaned_data
    if isinstance(form, PartyBodyForm):
        services.name_party_body(actor=actor, agency_id=agency_id, name=entered["party_body"])
        return
    services.open_unit_post(
        actor=actor, unit_id=unit_id, role=entered["role"], title=entered["title"], capacity=entered["capacity"],
        desk_id=int(entered["desk"]) if entered.get("desk") else None, since=entered["since"],
    )  # fmt: skip


@act("staff.post_change")
@require_http_methods(["GET", "POST"])
def end_post(request: HttpRequest, public_id: UUID, post_id: UUID) -> HttpResponse:
    """Let a post end."""
    at, status = clock.now(), 200
    actor, on = request.actor, civil_day(at)  # type: ignore[attr-defined]
    unit_id = _unit_id(actor, public_id, on=on)
    post = next((item for item in accounts.unit_posts(unit_id=unit_id, on=on) if item.public_id == post_id), None)
    if post is None:
        raise NotFound
    form = EndForm(request.POST or None, initial={"last": on})
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.end_post(actor=actor, public_id=post_id, last=form.cleaned_data["last"])
                messages.success(request, _("The post ends on that day."))
                return redirect("office:staff-unit", public_id)
            except Refusal as refusal:
                status = form.refuse(refusal)
    context = {
        "form": form, "title": _("End the post “%(title)s”") % {"title": post.title}, "button": _("End the post"),
        "fields": [form["last"]], "unit": organisations.directory(on=on).agencies[unit_id],
    }  # fmt: skip
    return page(request, "office/staff/form.html", context, here=HERE, status=status, at=at)
