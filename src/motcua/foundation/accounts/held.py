"""What the accounts hold about a person, and how an item of it is put right. Private."""

import re
import unicodedata
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from motcua.foundation.accounts import contacts, corrections_types
from motcua.foundation.accounts.models import CorrectionRequest, OutsideIdentity, Person, SecurityEvent, SignInSession
from motcua.foundation.accounts.representations import representations_of
from motcua.foundation.accounts.types import Actor, EventKind, RepresentationKind
from motcua.foundation.core import personal_data
from motcua.foundation.core.clock import VIETNAM, civil_day
from motcua.foundation.core.held_data import HeldEntry, HeldItem, HeldSection, Provider, masked
from motcua.foundation.core.types import Invalid, NotFound

ACCOUNT, ROLES, SIGN_INS = "account", "roles", "sign_ins"
MOST_EVENTS = 500


def shown(at: datetime | None) -> str:
    """Return an instant as people read it, '' for none."""
    return f"{at.astimezone(VIETNAM):%d/%m/%Y %H:%M}" if at else ""


def checked(field: str, value: str) -> str:
    """Return a corrected value in its normal form.

    Raises:
        Invalid: it is none of its kind; the field is `value`.
    """
    text = " ".join(unicodedata.normalize("NFC", value).split())
    wrong = ""
    if field == "full_name" and len(re.findall(r"[^\W_]", text)) < 2:
        wrong = _("Enter the full name as on the identity card")
    elif field == "identity":
        text = personal_data.normal_identity(text)
        if not re.fullmatch(r"\d{9}|\d{10}|\d{12}|\d{13}", text):
            wrong = _("An identity number has 12 digits, for example 089187004127. Check it against the card")
    elif field in {"phone", "email"}:
        try:
            kind, text = contacts.read_contact(text)
        except Invalid as refusal:
            raise Invalid({"value": refusal.fields["contact"]}) from None
        if kind != field:
            wrong = _("Enter a phone number") if field == "phone" else _("Enter an e-mail address")
    elif not text:
        wrong = _("Enter the right value")
    if wrong or len(text) > 150:
        raise Invalid({"value": [wrong or _("This is too long.")]})
    return text


def account(actor: Actor, _at: datetime) -> HeldSection:
    """Return the account: name, identity, contacts."""
    person = Person.objects.select_related("user").get(pk=actor.person_id or 0)
    items = [HeldItem(_("Full name"), person.full_name, "full_name")]
    labels = {"identity": _("Identity number"), "phone": _("Phone number"), "email": _("E-mail address")}
    for name, label in labels.items():
        cipher = getattr(person, f"{name}_cipher")
        value = personal_data.decrypt(cipher, purpose=f"person.{name}") if cipher else ""
        items.append(HeldItem(label, value, name, masked(value)))
    for card in contacts.contacts_of(actor.user_id or 0):
        label = _("To sign in with") if card.is_confirmed else _("To sign in with, not confirmed")
        items.append(HeldItem(label, card.contact, "", masked(card.contact)))
    items.append(HeldItem(_("Account since"), shown(person.user.date_joined if person.user else None)))
    why = _("To know who acts, and to reach you. Kept as long as the account; unused accounts are closed in time.")
    return HeldSection(ACCOUNT, _("Account and contacts"), why, (HeldEntry(person.full_name, tuple(items)),))


def roles(actor: Actor, at: datetime) -> HeldSection:
    """Return for whom the person acts and whom they let act."""
    found = representations_of(actor.person_id or 0, actor.user_id or 0, on=civil_day(at))
    entries = []
    for name, heading in (("mine", _("I act for")), ("given", _("Acts for me")), ("asked", _("Waits for my answer"))):
        for card in found[name]:
            who = card.deputy_name if name == "given" and card.deputy_name else card.full_name
            entries.append(
                HeldEntry(
                    f"{heading}: {who}",
                    (
                        HeldItem(_("Kind"), str(RepresentationKind(card.kind).label)),
                        HeldItem(_("Identity number"), card.identity, "", masked(card.identity)),
                        HeldItem(_("Paper"), card.paper),
                        HeldItem(_("Until"), f"{card.valid_until:%d/%m/%Y}" if card.valid_until else ""),
                    ),
                )
            )
    why = _("To check whether somebody may act for another. Kept with the account.")
    return HeldSection(ROLES, _("Acting for others"), why, tuple(entries))


def sign_ins(actor: Actor, _at: datetime) -> HeldSection:
    """Return sessions, outside sign-ons, and what touched the safety of the account."""
    entries = [
        HeldEntry(
            _("Session since %(at)s") % {"at": shown(row.started_at)},
            (HeldItem(_("Device"), row.device), HeldItem(_("Address"), row.address)),
        )
        for row in SignInSession.objects.filter(user_id=actor.user_id or 0).order_by("-pk")
    ]
    entries += [
        HeldEntry(
            _("Outside sign-on: %(name)s") % {"name": row.provider}, (HeldItem(_("Since"), shown(row.linked_at)),)
        )
        for row in OutsideIdentity.objects.filter(user_id=actor.user_id or 0).order_by("pk")
    ]
    events = SecurityEvent.objects.filter(user_id=actor.user_id or 0).order_by("-pk")[:MOST_EVENTS]
    lines = tuple(
        HeldItem(shown(row.at), ", ".join(filter(None, (str(EventKind(row.kind).label), row.device, row.address))))
        for row in events
    )
    if lines:
        entries.append(HeldEntry(_("What touched the account"), lines))
    why = _("To protect the account. Sessions are forgotten when they end; addresses are kept shortened.")
    return HeldSection(SIGN_INS, _("Sign-ins"), why, tuple(entries))


def requests(actor: Actor, _at: datetime) -> HeldSection:
    """Return what the person asked to have put right."""
    rows = CorrectionRequest.objects.filter(user_id=actor.user_id or 0).order_by("-pk")
    entries = []
    for row in rows:
        card = corrections_types.card_of(row)
        entries.append(
            HeldEntry(
                f"{card.title}: {card.label}",
                (
                    HeldItem(_("Right value"), card.wanted, "", masked(card.wanted)),
                    HeldItem(_("Reason"), card.reason),
                    HeldItem(_("Asked on"), shown(card.asked_at)),
                    HeldItem(_("State"), card.state_label),
                    HeldItem(_("Answer"), card.answer),
                ),
            )
        )
    why = _("To answer what you asked, and to show what was changed. Kept with the account.")
    return HeldSection("requests", _("Requests to correct"), why, tuple(entries))


def correct(item: str, value: str, *, owner: Actor, actor: Any, at: datetime, request: str) -> None:
    """Put name, identity number or contact of a person right; the former value stays in the request alone.

    Raises:
        NotFound: no such item. Invalid: the value is none of its kind.
    """
    if item not in {"full_name", "identity", "phone", "email"}:
        raise NotFound
    text = checked(item, value)
    person = Person.objects.select_for_update(of=("self",)).get(pk=owner.person_id or 0)
    if item == "full_name":
        person.full_name = text
        person.save(update_fields=["full_name"])
        return
    columns: dict[str, Any] = {f"{item}_cipher": personal_data.encrypt(text, purpose=f"person.{item}")}
    if item != "email":
        columns[f"{item}_digest"] = personal_data.digest(text, purpose=item)
        columns[f"{item}_digest_next"] = personal_data.next_digest(text, purpose=item)
    Person.objects.filter(pk=person.pk).update(**columns)


PROVIDERS = (
    Provider(ACCOUNT, 10, account, correct),
    Provider(ROLES, 20, roles),
    Provider(SIGN_INS, 70, sign_ins),
    Provider("requests", 80, requests),
)
