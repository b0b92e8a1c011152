"""Between forms and services: refusals put at their fields, the choice of a post, files kept over errors."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.casework.documents import selectors as documents
from motcua.casework.documents import services as document_services
from motcua.casework.documents.types import FileCard, FileRefusal
from motcua.foundation.accounts.types import Actor, WhichPost
from motcua.foundation.core.types import Invalid, Refusal


class ActingForm(forms.Form):
    """A form of an act: asks for the post only where two of mine could act, and carries the version it was read at."""

    use_required_attribute = False
    lock = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def offer_posts(self, posts: Iterable[tuple[int, str, str]], *, preferred: int | None = None) -> None:
        """Ask in which post the person acts, when there are several: (id, title, unit) each."""
        choices = [(str(post_id), f"{title}, {unit}") for post_id, title, unit in posts]
        if len(choices) < 2:
            return
        known = {value for value, _label in choices}
        self.fields["post_id"] = forms.ChoiceField(
            label=gettext_lazy("In which post do you act?"),
            choices=choices,
            widget=forms.RadioSelect,
            initial=str(preferred) if str(preferred) in known else None,
            error_messages={"required": gettext_lazy("Choose the post in which you act")},
        )

    @property
    def post_id(self) -> int | None:
        """The post chosen, None where there was nothing to choose."""
        value = self.cleaned_data.get("post_id") if self.is_bound else None
        return int(value) if value else None

    def read_again(self, lock: int) -> None:
        """Carry the present version, so that what was typed can be sent once more."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["lock"] = lock
        self.data = data

    def refuse(self, refusal: Refusal) -> int:
        """Put a refusal where it belongs and return the status of the answer."""
        if isinstance(refusal, WhichPost):
            posts = refusal.params.get("posts", ())
            self.offer_posts([(post.post_id, post.title, post.unit_name) for post in posts])
        self.cleaned_data = getattr(self, "cleaned_data", {})
        placed = False
        if isinstance(refusal, Invalid):
            for name, sentences in refusal.fields.items():
                for sentence in sentences:
                    self.add_error(name if name in self.fields else None, str(sentence))
                    placed = True
        if not placed:
            self.add_error(None, str(refusal))
        return refusal.http_status


def owner_key(actor: Actor, key: str) -> str:
    """Return whose a file is that was attached to a form not yet sent: this person's, and this form's."""
    return f"intake:{actor.person_id}:{key}"[:80]


def keep_files(
    form: forms.Form, field: str, uploads: Iterable[Any], *, purpose: str, owner: str, actor: Actor, at: datetime
) -> list[int]:
    """Store uploads and return their ids; a file that is refused becomes an error at the field, the others stay."""
    kept = []
    for upload in uploads:
        try:
            row = document_services.store_upload(
                file=upload, name=upload.name, purpose=purpose, at=at, owner_key=owner,
                declared_type=upload.content_type or "", created_by_id=actor.person_id,
            )  # fmt: skip
        except FileRefusal as refusal:
            sentence = f"{upload.name}: {refusal}"
            form.add_error(field if field in form.fields else None, sentence)
            continue
        kept.append(row.pk)
    return kept


def kept_by_owner(owners: Iterable[str]) -> dict[str, list[FileCard]]:
    """Return the files attached before under several keys, oldest first, in one query."""
    found = documents.files_by_owner(owners)
    return {key: [card for card in cards if card.state != "refused"] for key, cards in found.items()}


def stale_words() -> str:
    """Say that the page was older than the dossier, and that nothing typed is lost."""
    return _("Somebody changed this dossier after you opened it. Below is its present state; what you typed is kept.")
