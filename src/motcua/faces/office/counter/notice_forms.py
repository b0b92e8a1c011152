"""Forms 02 and 03 at the desk: what is missing, or why it cannot be taken; the person as typed so far."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.casework.dossiers.types import DeskNoticeKind, NoticeLine, PartyInput
from motcua.casework.procedures.types import ComponentLine
from motcua.faces.office.counter.forms import PartyForm
from motcua.faces.office.forming import ActingForm
from motcua.faces.office.supplements import Marks


class PersonForm(PartyForm):
    """Who stands at the desk: only what the paper prints."""

    field_order = ("full_name", "phone", "address")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("role", "kind"):
            self.fields[name].required = False

    def party(self) -> PartyInput:
        """Return the person as the service takes it."""
        entered = {name: value for name, value in self.cleaned_data.items() if name not in {"role", "kind"}}
        return PartyInput(**entered)


class GuidanceForm(ActingForm):
    """Form 02: every paper of the case can be marked; those that were not ticked are proposed as missing."""

    kind = DeskNoticeKind.GUIDANCE
    note = forms.CharField(
        required=False,
        max_length=1000,
        label=gettext_lazy("A word to the applicant"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, papers: Iterable[ComponentLine], missing: frozenset[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.marks = Marks(self, papers)
        del self.fields["answer_by"]
        for paper in self.marks.papers:
            if paper.id in missing:
                self.initial[f"mark_{paper.id}"] = True
                self.initial[f"reason_{paper.id}"] = _("This paper was not brought")

    def clean(self) -> dict[str, Any]:
        """Check marks and reasons."""
        self.marks.clean()
        return self.cleaned_data

    def lines(self) -> tuple[NoticeLine, ...]:
        """Return what is to be brought."""
        names = {paper.id: paper.name for paper in self.marks.papers}
        return tuple(
            NoticeLine(names.get(item.paper_id or 0) or _("Something else"), item.reason, item.paper_id)
            for item in self.marks.items()
        )

    def content(self) -> dict[str, Any]:
        """Return the parts of the notice that this form holds."""
        return {"lines": self.lines(), "note": self.cleaned_data["note"]}


class TurnedAwayForm(ActingForm):
    """Form 03: why it is not taken in, and by which article."""

    kind = DeskNoticeKind.REFUSAL
    reason = forms.CharField(
        label=gettext_lazy("Why it is not accepted"),
        help_text=gettext_lazy("In words that the applicant understands."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": gettext_lazy("Say why the dossier is not accepted, in words that the applicant understands.")
        },
    )
    legal_basis = forms.CharField(
        label=gettext_lazy("Article of law"),
        help_text=gettext_lazy("For example: point a, clause 1, article 82 of Decree 168/2025/NĐ-CP"),
        max_length=300,
        error_messages={"required": gettext_lazy("Name the article of law on which the refusal rests.")},
    )
    note = forms.CharField(
        required=False,
        max_length=1000,
        label=gettext_lazy("What the applicant can do instead"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def content(self) -> dict[str, Any]:
        """Return the parts of the notice that this form holds."""
        return {name: self.cleaned_data[name] for name in ("reason", "legal_basis", "note")}
