"""One's own sign-in, on one page, and what is done from there."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.engagement.notifications import services as notifications
from motcua.faces.design.account_forms import ChangePasswordForm, CodeForm, ContactForm, add_refusal
from motcua.faces.office.account.recent import recent
from motcua.faces.office.session import second
from motcua.faces.office.shell import page
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts import services
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import CodePurpose, SecondFactors
from motcua.foundation.core import clock
from motcua.foundation.core.types import Invalid, Refusal

CODE, SHOWN = "account.code", "account.code_shown"


def user_id_of(request: HttpRequest) -> int:
    """Return the id of whoever is signed in."""
    return request.user.pk or 0


@act("office.account")
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show password, second factor, contacts, sessions and what happened."""
    at, user_id = clock.now(), user_id_of(request)
    context = {
        "factors": accounts.second_factors(user_id, on=clock.civil_day(at)),
        "contacts": accounts.contacts_of(user_id),
        "sessions": accounts.sessions_of(user_id, session_key=request.session.session_key, at=at),
        "events": accounts.events_of(user_id),
        "has_password": accounts.has_password(user_id),
    }
    return page(request, "office/account/overview.html", context, here="office:account", at=at)


@act("office.account")
@sensitive_post_parameters("password", "new_password")
@never_cache
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change the password; all other sessions end."""
    form = ChangePasswordForm(request.POST or None, has_password=accounts.has_password(user_id_of(request)))
    if request.method == "POST" and form.is_valid():
        try:
            user = services.change_password(
                user_id=user_id_of(request), current=form.cleaned_data.get("password", ""),
                new=form.cleaned_data["new_password"], session_key=request.session.session_key, at=clock.now(),
            )  # fmt: skip
        except Invalid as refusal:
            add_refusal(form, refusal)
        else:
            services.keep_session(request, user=user)
            messages.success(request, _("The password is changed. Your other sessions are ended."))
            return redirect("office:account")
    status = 422 if request.method == "POST" else 200
    return page(request, "office/account/password.html", {"form": form}, here="office:account", status=status)


@act("office.account")
@sensitive_post_parameters("code", "passkey")
@never_cache
@require_http_methods(["GET", "POST"])
@recent
def add_factor(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app or a further passkey."""
    at, form, status = clock.now(), CodeForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        try:
            codes, how = second.set_up_factor(request, user_id=user_id_of(request), form=form, at=at)
        except Refusal as refusal:
            form, status = second.add_to(form, refusal), refusal.http_status
        else:
            if how:
                second.keep_recovery_codes(request, codes)
                messages.success(request, _("The second factor is set up."))
                return redirect("office:account-codes" if codes else "office:account")
    context: dict[str, Any] = second.set_up_context(
        request, user_id=user_id_of(request), username=request.user.get_username(), at=at
    )
    return page(request, "office/account/factor.html", context | {"form": form}, here="office:account", status=status)


@act("office.account")
@require_POST
@recent
def remove_factor(request: HttpRequest) -> HttpResponse:
    """Take the app or a passkey off; the last factor stays where the post demands one."""
    at, user_id = clock.now(), user_id_of(request)
    factors = accounts.second_factors(user_id, on=clock.civil_day(at))
    if factors.is_required and _count(factors) < 2:
        messages.error(request, _("Your post needs a second factor: set up another one before you remove this."))
        return redirect("office:account")
    given = request.POST.get("passkey", "")
    try:
        if given:
            services.remove_passkey(user_id=user_id, public_id=UUID(given), at=at)
        else:
            services.remove_authenticator(user_id=user_id, at=at)
    except ValueError:
        raise Invalid from None
    messages.success(request, _("The second factor is removed."))
    return redirect("office:account")


def _count(factors: SecondFactors) -> int:
    return int(factors.has_authenticator) + len(factors.passkeys)


@act("office.account")
@never_cache
@require_http_methods(["GET", "POST"])
@recent
def codes(request: HttpRequest) -> HttpResponse:
    """Show new recovery codes, once; POST makes ten new ones."""
    at = clock.now()
    if request.method == "POST":
        if accounts.second_factors(user_id_of(request), on=clock.civil_day(at)).has_any:
            second.keep_recovery_codes(request, services.renew_recovery_codes(user_id=user_id_of(request), at=at))
        return redirect("office:account-codes")
    shown = second.take_recovery_codes(request)
    onward = second.onward_of(request, at=at)
    if not shown:
        return redirect(onward)
    return page(request, "office/account/codes.html", {"codes": shown, "onward": onward}, here="office:account")


@act("office.account")
@never_cache
@require_http_methods(["GET", "POST"])
@recent
def contact(request: HttpRequest) -> HttpResponse:
    """Ask for an e-mail address by which a forgotten password comes back."""
    at, form, status = clock.now(), ContactForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                sent = services.ask_code(
                    typed=form.cleaned_data["contact"], purpose=CodePurpose.CONFIRM, user_id=user_id_of(request),
                    address=request.META.get("REMOTE_ADDR", ""), at=at,
                )  # fmt: skip
            except Refusal as refusal:
                add_refusal(form, refusal, field="contact")
                status = refusal.http_status
            else:
                notifications.queue_code(sent=sent, language=get_language() or "vi", at=at)
                request.session[CODE] = str(sent.public_id)
                request.session[SHOWN] = accounts.code_to_show(sent)
                return redirect("office:account-contact-code")
    return page(request, "office/account/contact.html", {"form": form}, here="office:account", status=status)


@act("office.account")
@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "POST"])
@recent
def contact_code(request: HttpRequest) -> HttpResponse:
    """Take the code that was sent to the address."""
    at, held = clock.now(), request.session.get(CODE)
    if not held:
        return redirect("office:account-contact")
    form, status = CodeForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                proved = services.prove_code(
                    public_id=UUID(held), purpose=CodePurpose.CONFIRM, typed=form.cleaned_data["code"], at=at
                )
                services.confirm_own_contact(user_id=user_id_of(request), proved=proved, at=at)
            except Refusal as refusal:
                add_refusal(form, refusal, field="code")
                status = refusal.http_status
            else:
                request.session.pop(CODE, None), request.session.pop(SHOWN, None)
                messages.success(request, _("The contact is confirmed."))
                return redirect("office:account")
    context = {"form": form, "where": accounts.masked_contact(public_id=UUID(held))}
    context["shown_code"] = request.session.get(SHOWN, "")
    return page(request, "office/account/contact_code.html", context, here="office:account", status=status)


@act("office.account")
@require_POST
@recent
def remove_contact(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a contact off."""
    services.remove_own_contact(user_id=user_id_of(request), public_id=public_id, at=clock.now())
    messages.success(request, _("The contact is removed."))
    return redirect("office:account")


@act("office.account")
@require_POST
def end_session(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End one of one's sessions."""
    services.end_session(user_id=user_id_of(request), public_id=public_id, at=clock.now())
    messages.success(request, _("The session is ended."))
    return redirect("office:account")


@act("office.account")
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all of one's sessions but this one."""
    services.end_other_sessions(user_id=user_id_of(request), session_key=request.session.session_key, at=clock.now())
    messages.success(request, _("All other sessions are ended."))
    return redirect("office:account")
