"""Signing up and in by a code to a phone or an e-mail address: one way for both, so that nobody learns who is here."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from motcua.engagement.notifications import services as notifications
from motcua.faces.design.account_forms import CodeForm, ContactForm, add_refusal
from motcua.faces.portal.account.forms import NewAccountForm, PasswordSignInForm
from motcua.faces.portal.visitor import address_of
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts import services
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import (
    ActorKind,
    CodePurpose,
    SentCode,
    SignInMethod,
    StaffSignInElsewhere,
    WrongCode,
    WrongCredentials,
)
from motcua.foundation.core import clock
from motcua.foundation.core.types import Refusal, TooMany

PAGE_OF: dict[str, str] = {
    CodePurpose.SIGN_IN: "portal:login-code",
    CodePurpose.RESET: "portal:new-password",
    CodePurpose.CONFIRM: "portal:account-contact-code",
}
CODE, SHOWN, NEXT, NEW = "signing_in_code", "signing_in_shown", "signing_in_next", "signing_in_new"


@act("portal.sign_in", public=True)
@never_cache
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponse:
    """Ask for a phone number or e-mail address and send a code there, whoever it belongs to."""
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(wanted_of(request) or own_page(request))
    sent, form, status = send_code(request, purpose=CodePurpose.SIGN_IN)
    if sent:
        request.session[NEXT] = wanted_of(request)
        return code_is_sent(request, sent, "portal:login-code")
    context = {"form": form, "next": wanted_of(request), "sign_ons": accounts.sign_ons("citizens")}
    return render(request, "portal/account/login.html", context, status=status)


def send_code(
    request: HttpRequest, *, purpose: CodePurpose, user_id: int | None = None
) -> tuple[SentCode | None, ContactForm, int]:
    """Ask for a code to the contact that was typed; return (code, form, status): no code leaves the form to be shown.

    Args:
        user_id: whose further contact it is, for CodePurpose.CONFIRM.
    """
    form = ContactForm(request.POST or None)
    if request.method != "POST":
        return None, form, 200
    if not form.is_valid():
        return None, form, 422
    try:
        sent = services.ask_code(
            typed=form.cleaned_data["contact"], purpose=purpose, user_id=user_id, address=address_of(request),
            at=clock.now(),
        )  # fmt: skip
    except Refusal as refusal:
        add_refusal(form, refusal, field="contact")
        return None, form, refusal.http_status
    return sent, form, 200


def code_is_sent(request: HttpRequest, sent: SentCode, page: str) -> HttpResponse:
    """Hand the code to the channel, remember which one it is, and go on to the page that asks for it."""
    notifications.queue_code(sent=sent, language=get_language() or "vi", at=clock.now())
    request.session[CODE] = str(sent.public_id)
    shown = accounts.code_to_show(sent)
    if shown:
        request.session[SHOWN] = shown
    return redirect(page)


@act("portal.sign_in", public=True)
@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "POST"])
def login_code(request: HttpRequest) -> HttpResponse:
    """Take the code: into the account, or on to making one."""
    held = held_code(request)
    if held is None:
        return redirect("portal:login")
    at, form, status = clock.now(), CodeForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _enter(request, held, form.cleaned_data["code"], at=at)
            except Refusal as refusal:
                add_refusal(form, refusal, field="code")
                status = refusal.http_status
    return render(request, "portal/account/code.html", code_context(request, held, form), status=status)


def held_code(request: HttpRequest) -> UUID | None:
    """Return the code that this browser waits for."""
    held = request.session.get(CODE)
    return UUID(held) if held else None


def code_context(request: HttpRequest, held: UUID, form: Any) -> dict[str, Any]:
    """Return what a page that asks for a code shows."""
    where = accounts.masked_contact(public_id=held)
    return {"form": form, "where": where, "shown_code": request.session.get(SHOWN, "")}


def _enter(request: HttpRequest, held: UUID, typed: str, *, at: datetime) -> HttpResponse:
    proved = services.prove_code(public_id=held, purpose=CodePurpose.SIGN_IN, typed=typed, at=at)
    for name in (CODE, SHOWN):
        request.session.pop(name, None)
    user = accounts.user_of(proved)
    if user is None:
        request.session[NEW] = str(held)
        return redirect("portal:new-account")
    return enter(request, user, method=SignInMethod.CODE, at=at)


def enter(request: HttpRequest, user: Any, *, method: str, at: datetime) -> HttpResponse:
    """Open the session of a citizen and go where they were heading.

    Raises:
        StaffSignInElsewhere: staff show password and second factor at the office.
    """
    if accounts.actor_for_user(user.pk, on=clock.civil_day(at)).kind != ActorKind.CITIZEN:
        raise StaffSignInElsewhere
    wanted = request.session.pop(NEXT, "")
    services.open_session(request, user=user, method=method, at=at)
    answer = redirect(wanted or reverse("portal:my"))
    services.remember_device(request, answer, username=user.username, at=at)
    return answer


@act("portal.sign_in", public=True)
@never_cache
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """Send another code to the same contact."""
    held = held_code(request)
    if held is None:
        return redirect("portal:login")
    try:
        sent = services.ask_again(public_id=held, address=address_of(request), at=clock.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("portal:login")
    return code_is_sent(request, sent, PAGE_OF[sent.purpose])


@act("portal.sign_in", public=True)
@never_cache
@require_http_methods(["GET", "POST"])
def new_account(request: HttpRequest) -> HttpResponse:
    """Make the account of a contact that was proved on the page before."""
    at, held = clock.now(), request.session.get(NEW)
    try:
        proved = accounts.proved_contact(public_id=UUID(held or ""), purpose=CodePurpose.SIGN_IN, at=at)
    except (WrongCode, ValueError):
        return redirect("portal:login")
    form, status = NewAccountForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                user = services.new_citizen(
                    full_name=form.cleaned_data["full_name"], kind=proved.kind, contact=proved.contact, at=at
                )
            except Refusal as refusal:
                add_refusal(form, refusal)
                status = refusal.http_status
            else:
                services.forget_proof(public_id=proved.public_id)
                return enter(request, user, method=SignInMethod.CODE, at=at)
    return render(request, "portal/account/new.html", {"form": form, "contact": proved.contact}, status=status)


@act("portal.sign_in", public=True)
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Sign in by password, for those who set one."""
    at, form, status = clock.now(), PasswordSignInForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                user = authenticate(request, **form.cleaned_data)
                if user is None:
                    raise WrongCredentials
                request.session[NEXT] = wanted_of(request)
                return enter(request, user, method=SignInMethod.PASSWORD, at=at)
            except (TooMany, StaffSignInElsewhere, WrongCredentials) as refusal:
                add_refusal(form, refusal)
                status = refusal.http_status if isinstance(refusal, TooMany) else 422
    return render(
        request, "portal/account/password_sign_in.html", {"form": form, "next": wanted_of(request)}, status=status
    )


def wanted_of(request: HttpRequest) -> str:
    """Return where the person was heading, when that lies on this site."""
    address = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if safe else ""


def own_page(request: HttpRequest) -> str:
    """Return the page of whoever is signed in."""
    is_citizen = request.actor.kind == ActorKind.CITIZEN  # type: ignore[attr-defined]
    return reverse("portal:my") if is_citizen else reverse("portal:home")
