"""What the desk says about an online filing: accept, ask for more, refuse."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.casework.dossiers.types import PaperView
from motcua.faces.office.forming import ActingForm
from motcua.faces.office.supplements import Marks


class AcceptForm(ActingForm):
    """Nothing to enter but the post, where two could act."""


class SupplementForm(ActingForm):
    """Form 02: what is to be mended, paper by paper."""

    note = forms.CharField(
        required=False, max_length=1000, label=_("A word to the applicant"), widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, papers: Iterable[PaperView], **options: Any) -> None:
        super().__init__(*args, **options)
        self.marks = Marks(self, papers)

    def clean(self) -> dict[str, Any]:
        """Check marks and reasons."""
        self.marks.clean()
        return self.cleaned_data


class RefusalForm(ActingForm):
    """Form 03: why, and by which article."""

    reason = forms.CharField(
        label=_("Why it is not accepted"),
        help_text=_("In words that the applicant understands."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why the dossier is not accepted, in words that the applicant understands.")},
    )
    legal_basis = forms.CharField(
        label=_("Article of law"),
        help_text=_("For example: point a, clause 1, article 82 of Decree 168/2025/NĐ-CP"),
        max_length=300,
        error_messages={"required": _("Name the article of law on which the refusal rests.")},
    )
