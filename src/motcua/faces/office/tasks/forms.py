"""What finishing a task asks for: it depends on the act of the task and on the outcome chosen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.casework.documents.types import FileCard
from motcua.casework.dossiers.types import Capacity, PartyRole, SignatureInput, SignedHow, StepInput, TaskView
from motcua.faces.design import formatting
from motcua.faces.office.fields import DayField, TimeField, UploadField, instant_of
from motcua.faces.office.forming import ActingForm
from motcua.faces.office.supplements import Marks
from motcua.foundation.core import clock

_WRITES = {"draft", "check", "examine"}
_HOW = ((SignedHow.DIGITAL, _("Now, digitally")), (SignedHow.PAPER, _("It was signed in ink")))


class OutcomeForm(ActingForm):
    """The form of one outcome of one task."""

    outcome = forms.CharField(widget=forms.HiddenInput, max_length=60)
    note = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self,
        *args: Any,
        seen: TaskView,
        outcome: str,
        drafts: list[FileCard] | None = None,
        only_ink: bool = False,
        next_people: tuple[tuple[int, str], ...] = (),
        agencies: tuple[tuple[int, str], ...] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.seen, self.needs = seen, seen.needs.get(outcome, frozenset())
        self.marks: Marks | None = None
        self._name_note()
        if "supplement" in self.needs:
            self.marks = Marks(self, seen.dossier.papers)
            self._ask_effect()
        if "signature" in self.needs:
            self._ask_signature(only_ink=only_ink)
        if "refusal" in self.needs:
            self.fields["refusal_reason"] = forms.CharField(
                label=_("Why it is refused"),
                help_text=_("Printed on form 03, in words that the applicant understands."),
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
                error_messages={"required": _("Say why it is refused")},
            )
        if "recipient" in self.needs:
            self._ask_recipient()
        if "papers" in self.needs:
            self._ask_papers()
        self._ask_result(drafts or [])
        if "asked" in self.needs:
            self.fields["asked"] = forms.TypedMultipleChoiceField(
                coerce=int, label=_("Agencies asked"), choices=agencies, widget=forms.CheckboxSelectMultiple,
                help_text=_("Each gets a task of its own with its own due time; all are waited for."),
                error_messages={"required": _("Choose the agencies that are asked.")},
            )  # fmt: skip
        if len(next_people) > 1:
            self.fields["next_person"] = forms.TypedChoiceField(
                required=False, coerce=int, empty_value=None, label=_("Who goes on"),
                choices=[("", _("Everybody of the post")), *((str(key), name) for key, name in next_people)],
            )  # fmt: skip

    def _ask_effect(self) -> None:
        """Two rules of the law: a supplement pauses the limit, a return as not eligible lets it start from zero."""
        until = self.seen.dossier.return_by
        if until is None or clock.now() > until:
            return
        self.fields["effect"] = forms.ChoiceField(
            label=_("What it does to the limit"),
            choices=(
                ("resume", _("Supplement: the limit pauses, the rest goes on afterwards")),
                ("restart", _("Returned as not eligible: the limit starts from zero when the dossier is complete")),
            ),
            widget=forms.RadioSelect,
            initial="resume",
            required=False,
            help_text=_("A return as not eligible comes within the first working days: here until %(until)s.")
            % {"until": formatting.instant(until)},
        )

    def _name_note(self) -> None:
        note = self.fields["note"]
        note.label = _("Note for the next person")
        if "reason" in self.needs:
            note.label, note.required = _("Reason"), True
            note.help_text = _("The next person reads it; write what is to be done.")
            note.error_messages["required"] = _("Say why, so that the next person, and the applicant, know.")

    def _ask_signature(self, *, only_ink: bool) -> None:
        self.fields["how"] = forms.ChoiceField(
            label=_("How it is signed"),
            choices=_HOW[:1] if self.seen.task.spec.signature else _HOW[1:] if only_ink else _HOW,
            widget=forms.RadioSelect,
            initial=SignedHow.PAPER if only_ink and not self.seen.task.spec.signature else SignedHow.DIGITAL,
        )
        self.fields["capacity"] = forms.ChoiceField(required=False, label=_("Capacity"), choices=Capacity.choices)
        self.fields["signer_name"] = forms.CharField(
            required=False, max_length=150, label=_("Who signed in ink"),
            help_text=_("Somebody who held the post that signs on that day"),
            widget=forms.TextInput(attrs={"list": "signers", "autocomplete": "off"}),
        )  # fmt: skip
        self.fields["signed_on"] = DayField(required=False, label=_("Day of the signature"))
        self.fields["signed_time"] = TimeField(required=False, label=_("Time"))
        self.fields["scan"] = UploadField(
            required=False, label=_("Scan of the signed paper"), help_text=_("PDF or picture, for a signature in ink")
        )

    def _ask_papers(self) -> None:
        """The papers that the approved process wants at this step."""
        for number, paper in enumerate(self.seen.task.spec.papers):
            self.fields[f"paper_{number}"] = UploadField(
                label=paper, error_messages={"required": _("Attach: %(paper)s") % {"paper": paper}}
            )

    @property
    def papers(self) -> list[forms.BoundField]:
        """The fields of those papers."""
        return [self[name] for name in self.fields if name.startswith("paper_")]

    def _ask_recipient(self) -> None:
        first = next((p.full_name for p in self.seen.dossier.parties if p.role == PartyRole.APPLICANT), "")
        self.fields["recipient_name"] = forms.CharField(
            label=_("Who takes the result"),
            max_length=200,
            initial=first,
            help_text=_("Look at the receipt and the identity card."),
            error_messages={"required": _("Enter who takes the result")},
        )

    def _ask_result(self, drafts: list[FileCard]) -> None:
        act = self.seen.task.act
        if act in _WRITES and "supplement" not in self.needs:
            self.fields["draft"] = UploadField(
                required=False, label=_("Draft of the result"), help_text=_("Word or PDF; it travels with the dossier")
            )
        if "signature" in self.needs:
            named = self.seen.dossier.result.title if self.seen.dossier.result else ""
            self.fields["result_title"] = forms.CharField(
                required=False, max_length=300, label=_("Title of the result"), initial=named,
                help_text=_("Empty: the title published for the procedure"),
            )  # fmt: skip
        if "signature" in self.needs or act == "issue":
            if drafts:
                choices = [(str(card.id), card.name) for card in reversed(drafts)]
                self.fields["result_draft"] = forms.ChoiceField(
                    required=False,
                    label=_("File of the result"),
                    choices=[*choices, ("", _("None of these"))],
                    initial=choices[0][0],
                )
            self.fields["result_file"] = UploadField(
                required=False, label=_("Attach the file of the result"), help_text=_("PDF, where there is one")
            )

    def clean(self) -> dict[str, Any]:
        """Check the parts that belong together."""
        if self.marks is not None:
            self.marks.clean()
        if self.cleaned_data.get("how") == SignedHow.PAPER:
            self._clean_ink()
        return self.cleaned_data

    def _clean_ink(self) -> None:
        entered = self.cleaned_data
        day, hour = entered.get("signed_on"), entered.get("signed_time")
        if (day is None) != (hour is None):
            self.add_error("signed_time" if hour is None else "signed_on", _("Enter both the day and the time"))

    def given(self, *, scan_id: int | None, result_id: int | None, paper_ids: tuple[int | None, ...] = ()) -> StepInput:
        """Return what the service takes."""
        entered = self.cleaned_data
        signature = None
        if "how" in self.fields:
            signature = SignatureInput(
                how=entered["how"],
                signer_name=entered.get("signer_name", ""),
                capacity=entered.get("capacity", ""),
                signed_at=instant_of(entered.get("signed_on"), entered.get("signed_time")),
                scan_file_id=scan_id,
            )
        chosen = entered.get("result_draft") or ""
        return StepInput(
            note=entered.get("note", ""),
            supplement=self.marks.items() if self.marks else (),
            supplement_due_on=entered.get("answer_by"),
            is_return=entered.get("effect") == "restart",
            refusal_reason=entered.get("refusal_reason", ""),
            signature=signature,
            result_title=entered.get("result_title", ""),
            result_file_id=result_id or (int(chosen) if chosen else None),
            recipient_name=entered.get("recipient_name", ""),
            next_person_id=entered.get("next_person"),
            paper_file_ids=paper_ids,
            asked=tuple(entered.get("asked") or ()),
        )


class ReturnForm(ActingForm):
    """To which step done before a dossier goes back, and why."""

    step = forms.ChoiceField(
        label=_("Step"), widget=forms.RadioSelect, error_messages={"required": _("Choose the step to return to")}
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why, so that the next person, and the applicant, know.")},
    )  # fmt: skip

    def __init__(self, *args: Any, ways: tuple[tuple[str, str], ...], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["step"].choices = ways  # type: ignore[attr-defined]


class AssignForm(forms.Form):
    """To whom a task is given; empty gives it back to everybody of the post."""

    person = forms.TypedChoiceField(required=False, coerce=int, empty_value=None, label=_("Give it to"))

    def __init__(self, *args: Any, people: tuple[tuple[int, str], ...], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("Everybody of the post")), *((str(key), name) for key, name in people)]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]
