"""The parts of a record: which entries each page asks for, and how they stand in the record's own keys.

A part reads plain data out of a record (`of`) and writes them back (`into`); keys that no page shows stay as they are.

Law: Decree 63/2010/NĐ-CP, art. 8: the eight parts of a procedure.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.faces.office.catalogue import entries, keys
from motcua.faces.office.catalogue.sheets import Data, Group, RowForm, Text

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One page of the editor. `by_case`: it shows one case at a time."""

    code: str
    title: Text
    hint: Text
    of: Callable[[Record, int], Data]
    into: Callable[[Record, Data, int], None]
    head: type[RowForm] | None = None
    groups: tuple[Group, ...] = ()
    by_case: bool = False


_FEES_OF_CASE = Group("fees", _("Fees of this case"), _("Fee"), _("Add a fee"), entries.CaseFeeForm,
                      none=_("The fees of the ways of doing hold."))  # fmt: skip
_LIMITS_OF_CASE = Group("limits", _("Time limits of this case"), _("Limit"), _("Add a limit"), entries.CaseLimitForm,
                        none=_("The limits of the ways of doing hold."))  # fmt: skip
_EXEMPTIONS = Group("exemptions", _("Who pays less or nothing"), _("Exemption"), _("Add an exemption"),
                    entries.ExemptionForm, none=_("Nobody is exempted."))  # fmt: skip

PARTS: tuple[Part, ...] = (
    Part(
        "general", _("General"), _("Name, field, level and kind, as they stand in the decision."),
        keys.general_of, keys.general_into, head=entries.GeneralForm,
    ),
    Part(
        "steps", _("Steps"), _("What is done in which order, by whom; for a case with steps of its own, those."),
        keys.steps_of, keys.steps_into, head=entries.StepsForm,
        groups=(
            Group("cases", _("Cases"), _("Case"), "", entries.CaseStepsForm, is_fixed=True, says="case",
                  hint=_("Leave it empty where the steps above hold.")),
        ),
    ),
    Part(
        "ways", _("Ways of doing, limits and fees"),
        _("One row for each way of handing in, with its time limit and fees; below, what differs by case."),
        keys.ways_of, keys.ways_into,
        groups=(
            Group("methods", _("Ways of handing in"), _("Way"), _("Add a way"), entries.MethodForm,
                  groups=(Group("fees", _("Fees"), _("Fee"), _("Add a fee"), entries.FeeForm,
                                none=_("Nothing is charged for this way.")),)),
            _EXEMPTIONS,
            Group("cases", _("What differs by case"), _("Case"), "", entries.NothingForm, is_fixed=True, says="case",
                  groups=(_LIMITS_OF_CASE, _FEES_OF_CASE, _EXEMPTIONS)),
        ),
    ),
    Part(
        "cases", _("Cases"),
        _("The cases of the procedure; each has its own papers. One without a name if there is one only."),
        keys.cases_of, keys.cases_into,
        groups=(Group("cases", _("Cases"), _("Case"), _("Add a case"), entries.CaseForm,
                      none=_("No case yet. Add one to enter its papers.")),),
    ),
    Part(
        "papers", _("Papers"), _("What is handed in or shown for this case, with how many originals and copies."),
        keys.papers_of, keys.papers_into, by_case=True,
        groups=(Group("papers", _("Papers of this case"), _("Paper"), _("Add a paper"), entries.PaperForm,
                      none=_("No paper yet.")),),
    ),
    Part(
        "agencies", _("Agencies"), _("Who carries it out, receives, decides, helps and is authorised."),
        keys.agencies_of, keys.agencies_into, head=entries.AgenciesForm,
    ),
    Part(
        "audience", _("For whom"), _("Who may ask for it, in the words of the national database."),
        keys.audience_of, keys.audience_into, head=entries.AudienceForm,
    ),
    Part(
        "results", _("Results"), _("What the citizen gets, with the national code of the result."),
        keys.results_of, keys.results_into, head=entries.ResultsForm,
        groups=(Group("results", _("Results"), _("Result"), _("Add a result"), entries.ResultForm,
                      none=_("No result yet.")),),
    ),
    Part(
        "requirements", _("Requirements and conditions"), _("One condition a line; empty where there are none."),
        keys.requirements_of, keys.requirements_into, head=entries.RequirementsForm,
    ),
    Part(
        "bases", _("Legal bases"), _("The legal documents that the procedure rests on."),
        keys.bases_of, keys.bases_into,
        groups=(Group("bases", _("Legal bases"), _("Document"), _("Add a document"), entries.BasisForm,
                      none=_("No legal basis yet.")),),
    ),
    Part(
        "service", _("Online level and life events"),
        _("How much is done online, and under which events of life citizens find it."),
        keys.service_of, keys.service_into, head=entries.ServiceForm,
    ),
)  # fmt: skip
BY_CODE = {part.code: part for part in PARTS}
