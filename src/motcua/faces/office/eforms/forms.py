"""What can be entered about a field or a section of a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import SchemaRefused
from motcua.faces.office.eforms.wording import as_expression, choices_before, condition_of, input_of, ticked_of
from motcua.faces.office.forming import ActingForm

Prop = dict[str, Any]
_CODE = {"class": "mc-code", "autocomplete": "off", "spellcheck": "false", "rows": 2}
_WHOLE = {"inputmode": "numeric", "autocomplete": "off", "class": "mc-num mc-w16"}
SPARE_CHECKS = 2
# Which limits a kind of field has: input -> keyword of the schema.
_LIMITS = {
    "number": {"least": "minimum", "most": "maximum"},
    "money": {"least": "minimum", "most": "maximum"},
    "text": {"fewest": "minLength", "longest": "maxLength"},
    "textarea": {"fewest": "minLength", "longest": "maxLength"},
    "group": {"rows_least": "minItems", "rows_most": "maxItems"},
    "file": {"files_most": "maxItems"},
}
_COMPUTABLE = {"text", "textarea", "number", "money", "date", "checkbox"}


def _whole(label: Any) -> forms.IntegerField:
    return forms.IntegerField(required=False, label=label, min_value=0, widget=forms.TextInput(attrs=_WHOLE))


class ConditionForm(ActingForm):
    """The part about when something is asked: choices made before, or an expression."""

    when = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("Asked only when one of these was chosen"),
        help_text=gettext_lazy("Nothing ticked: always asked"),
        widget=forms.CheckboxSelectMultiple,
    )
    condition = forms.CharField(
        required=False,
        label=gettext_lazy("Or only when this expression holds"),
        help_text=gettext_lazy('For example: von > 50000000 && loai == "gia_dinh"'),
        widget=forms.Textarea(attrs=_CODE),
        max_length=500,
    )

    def offer_condition(self, schema: Prop, path: str, condition: Any) -> None:
        """Offer the choices asked before `path` and fill in the present condition."""
        known = choices_before(schema, path)
        ticked = ticked_of(condition, known)
        if known:
            self.fields["when"].choices = known  # type: ignore[attr-defined]
            self.initial["when"] = ticked or []
        else:
            del self.fields["when"]
        self.initial["condition"] = as_expression(condition, schema) if ticked is None else ""

    def clean(self) -> dict[str, Any]:
        """Let one of the two ways stand."""
        entered = super().clean() or {}
        if entered.get("when") and entered.get("condition"):
            self.add_error("condition", _("Tick choices or write an expression, not both"))
        return entered

    def condition_entered(self) -> Any:
        """Return the condition as entered, None for none."""
        entered = self.cleaned_data
        return entered.get("condition", "").strip() or condition_of(entered.get("when") or [])


class SectionForm(ConditionForm):
    """Title and condition of a section."""

    title = forms.CharField(
        label=gettext_lazy("Title of the section"),
        max_length=200,
        error_messages={"required": gettext_lazy("Enter the title of the section")},
    )
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=200, required=False)
    field_order = ("title", "title_en", "when", "condition")

    def refuse_schema(self, refusal: SchemaRefused) -> None:
        """Put what is wrong at its input."""
        for place, sentences in refusal.fields.items():
            for sentence in sentences:
                self.add_error("condition" if "x-show-if" in place else None, sentence)


class FieldForm(ConditionForm):
    """The properties of one field; which inputs it has follows from the field's kind."""

    field_order = (
        "title", "hint", "required", "choices", "parts", "needed", "computed", "prefill", "least", "most", "fewest",
        "longest", "rows_least", "rows_most", "files_most", "when", "condition", "personal", "title_en", "hint_en",
    )  # fmt: skip
    title = forms.CharField(
        label=gettext_lazy("Label"),
        max_length=300,
        error_messages={"required": gettext_lazy("Enter the label that people read")},
    )
    hint = forms.CharField(
        required=False,
        max_length=1000,
        label=gettext_lazy("Hint"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    title_en = forms.CharField(label=gettext_lazy("Label in English"), max_length=300, required=False)
    hint_en = forms.CharField(label=gettext_lazy("Hint in English"), max_length=1000, required=False)
    required = forms.BooleanField(required=False, label=gettext_lazy("Must be answered"))
    personal = forms.BooleanField(
        required=False, label=gettext_lazy("Personal data: hidden from whoever need not see it")
    )
    choices = forms.CharField(
        required=False,
        label=gettext_lazy("Choices, one a line"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    parts = forms.MultipleChoiceField(
        required=False, label=gettext_lazy("What is asked"), widget=forms.CheckboxSelectMultiple
    )
    needed = forms.MultipleChoiceField(
        required=False, label=gettext_lazy("Of these must be answered"), widget=forms.CheckboxSelectMultiple
    )
    least = forms.FloatField(required=False, label=gettext_lazy("Least value"), widget=forms.TextInput(attrs=_WHOLE))
    most = forms.FloatField(required=False, label=gettext_lazy("Greatest value"), widget=forms.TextInput(attrs=_WHOLE))
    fewest = _whole(gettext_lazy("Fewest letters"))
    longest = _whole(gettext_lazy("Most letters"))
    rows_least = _whole(gettext_lazy("Fewest rows"))
    rows_most = _whole(gettext_lazy("Most rows"))
    files_most = _whole(gettext_lazy("Most files"))
    prefill = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Filled in from"),
        help_text=gettext_lazy("The citizen sees it and can change it"),
    )
    computed = forms.CharField(
        required=False,
        label=gettext_lazy("Calculation"),
        help_text=gettext_lazy("The server computes the value; nobody types it. For example: dien_tich * don_gia"),
        widget=forms.Textarea(attrs=_CODE),
    )

    def __init__(self, *args: Any, schema: Prop, path: str, prop: Prop, required: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.schema, self.path, self.prop = schema, path, prop
        self.kind = procedures.widget_of(prop)
        self.inside = "." in path
        if self.inside or self.kind == "declaration":
            self._drop("when", "condition")
        if "condition" in self.fields:
            self.offer_condition(schema, path, prop.get("x-show-if"))
        self.initial.update({
            "title": prop.get("title", ""), "hint": prop.get("description", ""), "required": required,
            "title_en": prop.get("x-title-en", ""), "hint_en": prop.get("x-description-en", ""),
            "personal": bool(prop.get("x-personal")), "prefill": prop.get("x-prefill", ""),
            "computed": prop.get("x-computed", ""),
        })  # fmt: skip
        self._limits()
        self._choices()
        self._parts()
        self._sources()
        self._checks()
        if self.kind not in _COMPUTABLE:
            self._drop("computed")
        if self.kind == "note":
            self._drop("required", "personal")

    def _drop(self, *names: str) -> None:
        for name in names:
            self.fields.pop(name, None)

    def _limits(self) -> None:
        own = _LIMITS.get(self.kind, {})
        for name in {each for kind in _LIMITS.values() for each in kind} - own.keys():
            self._drop(name)
        self.initial.update({name: self.prop.get(keyword) for name, keyword in own.items()})

    def _choices(self) -> None:
        if self.kind not in {"select", "radio", "checkboxes"}:
            self._drop("choices")
            return
        self.initial["choices"] = "\n".join(self.prop.get("x-labels", {}).values())

    def _parts(self) -> None:
        if self.kind not in {"person", "organisation"}:
            self._drop("parts", "needed")
            return
        usual = procedures.usual_parts(self.kind) | procedures.inner_of(self.prop)
        offered = [(name, part["title"]) for name, part in usual.items()]
        self.fields["parts"].choices = self.fields["needed"].choices = offered  # type: ignore[attr-defined]
        asked, needed = list(procedures.inner_of(self.prop)), list(self.prop.get("required", ()))
        self.initial.update({"parts": asked, "needed": needed})

    def _sources(self) -> None:
        if self.inside or self.kind in {"group", "file", "note", "declaration", "organisation"}:
            self._drop("prefill")
            return
        sources = procedures.prefill_sources()
        offered = [(source.code, str(source.label)) for source in sources if source.is_connected]
        self.fields["prefill"].choices = [("", _("Nothing")), *offered]  # type: ignore[attr-defined]
        self.not_connected = [str(source.label) for source in sources if not source.is_connected]

    not_connected: list[str] = []

    def _checks(self) -> None:
        kept = list(self.prop.get("x-checks", ()))
        self.check_rows: list[tuple[str, str]] = []
        if self.kind in {"note", "declaration"}:
            return
        for number in range(len(kept) + SPARE_CHECKS):
            known = kept[number] if number < len(kept) else {"rule": "", "message": ""}
            rule, said = f"rule_{number}", f"message_{number}"
            told = {"number": number + 1}
            self.fields[rule] = forms.CharField(
                required=False, label=_("Check %(number)s: what must hold") % told,
                widget=forms.Textarea(attrs=_CODE), initial=known["rule"],
            )  # fmt: skip
            self.fields[said] = forms.CharField(
                required=False, max_length=300, label=_("Check %(number)s: what is said when it does not") % told,
                initial=known["message"],
            )  # fmt: skip
            self.check_rows.append((rule, said))

    def clean(self) -> dict[str, Any]:
        """Ask for a message beside every rule, and for choices that differ."""
        entered = super().clean()
        for rule, said in self.check_rows:
            if entered.get(rule) and not entered.get(said):
                self.add_error(said, _("Say in a sentence what is wrong and how to mend it"))
        lines = _lines(entered.get("choices", ""))
        if "choices" in self.fields and len(lines) < 1:
            self.add_error("choices", _("Enter at least one choice"))
        if len(set(lines)) < len(lines):
            self.add_error("choices", _("Two choices are the same"))
        return entered

    def prop_entered(self) -> Prop:
        """Return the field's properties as entered; what this page does not ask stays as it was."""
        entered = self.cleaned_data
        prop = dict(self.prop) | {"title": entered["title"].strip()}
        pairs = {
            "description": entered.get("hint"), "x-title-en": entered.get("title_en"),
            "x-description-en": entered.get("hint_en"), "x-personal": entered.get("personal"),
            "x-prefill": entered.get("prefill"), "x-computed": (entered.get("computed") or "").strip(),
            "x-show-if": self.condition_entered() if "condition" in self.fields else None,
        }  # fmt: skip
        for name, keyword in _LIMITS.get(self.kind, {}).items():
            value = entered.get(name)
            prop.pop(keyword, None)
            if value is not None:
                prop[keyword] = int(value) if float(value).is_integer() else value
        for keyword, value in pairs.items():
            prop.pop(keyword, None)
            if value:
                prop[keyword] = value
        checks = [
            {"rule": entered[rule].strip(), "message": entered[said]}
            for rule, said in self.check_rows
            if entered[rule].strip()
        ]
        prop.pop("x-checks", None)
        if checks:
            prop["x-checks"] = checks
        return self._with_choices(self._with_parts(prop))

    def _with_parts(self, prop: Prop) -> Prop:
        if "parts" not in self.fields:
            return prop
        chosen = self.cleaned_data["parts"]
        usual = procedures.usual_parts(self.kind) | procedures.inner_of(self.prop)
        needed = [name for name in self.cleaned_data["needed"] if name in chosen]
        return prop | {"properties": {name: usual[name] for name in usual if name in chosen}, "required": needed}

    def _with_choices(self, prop: Prop) -> Prop:
        """Keep the code of a choice whose words stayed: conditions and dossiers know it by that."""
        if "choices" not in self.fields:
            return prop
        codes = {label: code for code, label in prop.get("x-labels", {}).items()}
        labels: dict[str, str] = {}
        for line in _lines(self.cleaned_data["choices"]):
            code = codes.get(line) or procedures.form_editing.name_for(line, {*labels, *codes.values()})
            labels[code] = line
        changed = dict(prop) | {"x-labels": labels}
        changed.pop("x-labels-en", None) if labels.keys() != prop.get("x-labels", {}).keys() else None
        if self.kind == "checkboxes":
            return changed | {"items": {"type": "string", "enum": list(labels)}}
        return changed | {"enum": list(labels)}

    def refuse_schema(self, refusal: SchemaRefused) -> None:
        """Put what is wrong at its input, what concerns other fields above all."""
        own = f"properties/{self.path.replace('.', '/')}"
        for place, sentences in refusal.fields.items():
            name = input_of(place) if place.startswith(own) else ""
            for sentence in sentences:
                self.add_error(name if name in self.fields else None, sentence)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
