"""One's own account: contacts, password, sessions, what happened."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.faces.design.account_forms import ChangePasswordForm, CodeForm, add_refusal
from motcua.faces.portal.account.sign_in import CODE, SHOWN, code_context, code_is_sent, held_code, send_code
from motcua.foundation.accounts import selectors as accounts
from motcua.foundation.accounts import services
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import CodePurpose
from motcua.foundation.core import clock
from motcua.foundation.core.types import NotFound, Refusal


def user_id_of(request: HttpRequest) -> int:
    """Return the id of whoever is signed in."""
    return request.user.pk or 0


@act("portal.account")
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show the account on one page."""
    user_id = user_id_of(request)
    context = {
        "name": request.actor.name,  # type: ignore[attr-defined]
        "contacts": accounts.contacts_of(user_id),
        "has_password": accounts.has_password(user_id),
        "sessions": accounts.sessions_of(user_id, session_key=request.session.session_key, at=clock.now()),
        "events": accounts.events_of(user_id),
    }
    return render(request, "portal/account/overview.html", context)


@act("portal.account")
@sensitive_post_parameters("password", "new_password")
@never_cache
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Set or change the password."""
    form = ChangePasswordForm(request.POST or None, has_password=accounts.has_password(user_id_of(request)))
    if request.method == "POST" and form.is_valid():
        try:
            user = services.change_password(
                user_id=user_id_of(request), current=form.cleaned_data.get("password", ""),
                new=form.cleaned_data["new_password"], session_key=request.session.session_key, at=clock.now(),
            )  # fmt: skip
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            services.keep_session(request, user=user)
            messages.success(request, _("The password is changed. Your other sessions are ended."))
            return redirect("portal:account")
    return render(request, "portal/account/password.html", {"form": form}, status=422 if form.is_bound else 200)


@act("portal.account")
@never_cache
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Send a code to a further contact."""
    sent, form, status = send_code(request, purpose=CodePurpose.CONFIRM, user_id=user_id_of(request))
    if sent:
        return code_is_sent(request, sent, "portal:account-contact-code")
    return render(request, "portal/account/contact.html", {"form": form}, status=status)


@act("portal.account")
@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "POST"])
def contact_code(request: HttpRequest) -> HttpResponse:
    """Take the code that was sent to the further contact."""
    held = held_code(request)
    if held is None:
        return redirect("portal:account-contact")
    at, form, status = clock.now(), CodeForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                proved = services.prove_code(
                    public_id=held, purpose=CodePurpose.CONFIRM, typed=form.cleaned_data["code"], at=at
                )
                services.confirm_own_contact(user_id=user_id_of(request), proved=proved, at=at)
            except Refusal as refusal:
                add_refusal(form, refusal, field="code")
                status = refusal.http_status
            else:
                for name in (CODE, SHOWN):
                    request.session.pop(name, None)
                messages.success(request, _("The contact is confirmed."))
                return redirect("portal:account")
    return render(request, "portal/account/contact_code.html", code_context(request, held, form), status=status)


@act("portal.account")
@require_POST
def remove_contact(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take a contact off; the last way in stays."""
    try:
        services.remove_own_contact(user_id=user_id_of(request), public_id=public_id, at=clock.now())
    except NotFound:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The contact is removed."))
    return redirect("portal:account")


@act("portal.account")
@require_POST
def end_session(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """End one of one's sessions."""
    services.end_session(user_id=user_id_of(request), public_id=public_id, at=clock.now())
    messages.success(request, _("The session is ended."))
    return redirect("portal:account")


@act("portal.account")
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all of one's sessions but this one."""
    services.end_other_sessions(user_id=user_id_of(request), session_key=request.session.session_key, at=clock.now())
    messages.success(request, _("All other sessions are ended."))
    return redirect("portal:account")
