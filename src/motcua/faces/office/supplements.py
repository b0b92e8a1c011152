"""Asking for a supplement: each paper can be marked, each mark needs its reason (form 02)."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.casework.dossiers.types import PaperView, SupplementItem
from motcua.casework.procedures.types import ComponentLine
from motcua.faces.office.fields import DayField

REASONS = (
    _("The picture is blurred; photograph it again so that the letters can be read"),
    _("The signature is missing"),
    _("A page is missing"),
    _("The paper is out of date"),
    _("The paper was issued to another person"),
    _("A certified copy is needed"),
)


class Marks:
    """The fields of a request: mark and reason per paper, something general, a note, the day to answer by."""

    def __init__(self, form: forms.Form, papers: Iterable[PaperView | ComponentLine]) -> None:
        self.form, self.papers = form, tuple(papers)
        for paper in self.papers:
            form.fields[f"mark_{paper.id}"] = forms.BooleanField(required=False, label=paper.name)
            form.fields[f"reason_{paper.id}"] = forms.CharField(
                required=False, max_length=500, label=_("What is to be mended"),
                widget=forms.TextInput(attrs={"list": "reasons", "autocomplete": "off"}),
            )  # fmt: skip
        form.fields["general"] = forms.CharField(
            required=False,
            max_length=1000,
            label=_("Something else that is missing"),
            help_text=_("A paper not on the list, or an answer of the form."),
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        form.fields["answer_by"] = DayField(required=False, label=_("Answer by"))

    def clean(self) -> None:
        """A reason without a mark counts as marked; a mark without a reason is an error at its reason."""
        entered = self.form.cleaned_data
        for paper in self.papers:
            if entered.get(f"mark_{paper.id}") and not (entered.get(f"reason_{paper.id}") or "").strip():
                self.form.add_error(f"reason_{paper.id}", _("Say what is to be mended in this paper"))
        if not self.items() and not self.form.errors:
            self.form.add_error(None, _("Mark at least one paper and say what is to be mended"))

    def items(self) -> tuple[SupplementItem, ...]:
        """Return what is asked for."""
        entered = self.form.cleaned_data
        marked = tuple(
            SupplementItem(reason=reason, paper_id=paper.id)
            for paper in self.papers
            if (reason := (entered.get(f"reason_{paper.id}") or "").strip())
        )
        general = (entered.get("general") or "").strip()
        return (*marked, SupplementItem(reason=general)) if general else marked

    def rows(self) -> list[dict[str, Any]]:
        """Return what the page draws per paper."""
        return [
            {
                "paper": paper,
                "mark": self.form[f"mark_{paper.id}"],
                "reason": self.form[f"reason_{paper.id}"],
            }
            for paper in self.papers
        ]
