"""Forms of signing in and of one's own account that both faces show; they check shape, services check the rest."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

PASSWORD_HINT = _("At least 10 characters. A sentence of several words is strong and easy to remember.")


class CodeForm(forms.Form):
    """A code of six digits; spaces and a paste are welcome, and telephones offer it by themselves."""

    use_required_attribute = False
    code = forms.CharField(
        label=_("Code of 6 digits"),
        max_length=30,
        error_messages={"required": _("Enter the code")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code", "inputmode": "numeric", "class": "mc-num mc-w16", "autofocus": True,
                "spellcheck": "false", "autocapitalize": "none",
            }
        ),
    )  # fmt: skip


class SecondCodeForm(CodeForm):
    """A code of the authenticator app, or a recovery code, which has letters."""

    code = forms.CharField(
        label=_("Code of the app, or a recovery code"),
        max_length=30,
        error_messages={"required": _("Enter the code")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code", "class": "mc-num mc-w16", "autofocus": True, "spellcheck": "false",
                "autocapitalize": "none",
            }
        ),
    )  # fmt: skip


class ContactForm(forms.Form):
    """A phone number or an e-mail address."""

    use_required_attribute = False
    contact = forms.CharField(
        label=_("Phone number or e-mail"),
        max_length=150,
        error_messages={"required": _("Enter a phone number or an e-mail address")},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "inputmode": "email"}
        ),
    )


class ConfirmForm(forms.Form):
    """The present password once more."""

    use_required_attribute = False
    password = forms.CharField(
        label=_("Present password"),
        strip=False,
        max_length=200,
        error_messages={"required": _("Enter your present password")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NewPasswordForm(forms.Form):
    """A new password, once: it can be shown by the browser, and a forgotten one is replaced by a code."""

    use_required_attribute = False
    new_password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=200,
        help_text=PASSWORD_HINT,
        error_messages={"required": _("Enter a new password")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class ChangePasswordForm(NewPasswordForm):
    """The present password and a new one; the first is not asked where there is none."""

    password = forms.CharField(
        label=_("Present password"),
        strip=False,
        max_length=200,
        error_messages={"required": _("Enter your present password")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("password", "new_password")

    def __init__(self, data: Any = None, *, has_password: bool = True, **options: Any) -> None:
        super().__init__(data, **options)
        if not has_password:
            del self.fields["password"]


class ResetForm(NewPasswordForm, CodeForm):
    """The code that was sent, and a new password."""

    field_order = ("code", "new_password")


def add_refusal(form: forms.Form, refusal: Exception, *, field: str | None = None) -> None:
    """Put a refusal's words at the fields it names, or at `field`, or above the form."""
    named = {name: words for name, words in getattr(refusal, "fields", {}).items() if name in form.fields and words}
    for name, words in named.items():
        for text in words:
            form.add_error(name, text)
    if not named:
        form.add_error(field, str(refusal))
