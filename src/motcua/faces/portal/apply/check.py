"""Everything once more with ways back, the promise, the declaration, and the one submit."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motcua.casework.dossiers import services as dossiers
from motcua.casework.dossiers.types import Delivery, HelperIsApplicant, NotOffered, PartyRole
from motcua.casework.procedures import selectors as procedures
from motcua.faces.design import formatting
from motcua.faces.portal import visitor
from motcua.faces.portal.apply.delivery import choices, desk_of
from motcua.faces.portal.apply.drafts import Held, draft_page, to_confirmation
from motcua.faces.portal.apply.papers import missing
from motcua.faces.portal.apply.steps import Page, pages, show
from motcua.foundation.accounts.types import RepresentationEnded, RepresentationTooNarrow


class DeclarationForm(forms.Form):
    """The word that what was entered is true."""

    use_required_attribute = False
    declared = forms.BooleanField(
        label=gettext_lazy("I declare that what I entered is true, and answer for it before the law."),
        error_messages={"required": gettext_lazy("Tick the declaration before you hand in")},
    )


@dataclass
class Part:
    """A section of the check page: `items` as the summary list draws them; papers are drawn with their long names."""

    title: str
    items: list[dict[str, Any]] = field(default_factory=list)
    is_papers: bool = False

    def add(self, term: str, answer: str, url: str) -> None:
        """Add one line with its way back."""
        self.items.append({"term": term, "answer": answer, "url": f"{url}?sua=1"})


@draft_page
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, held: Held) -> HttpResponse:
    """Show everything once more; submit once, however often the button is pressed."""
    found = pages(held.view)
    open_pages = [page for page in found if page.code != "check" and page.state != "done"]
    form = DeclarationForm(request.POST if request.method == "POST" else None)
    refused, guide = "", visitor.guide_of(request)
    if request.method == "POST" and form.is_valid() and not open_pages:
        try:
            filed = dossiers.submit_draft(**held.keys(), helper=guide)
        except (HelperIsApplicant, NotOffered, RepresentationEnded, RepresentationTooNarrow) as refusal:
            refused = str(refusal)
        else:
            visitor.forget_draft(request, held.view.public_id) if held.actor.person_id or guide else None
            return to_confirmation(request, filed.dossier_id, at=held.at)
    context = {
        "form": form,
        "parts": parts(held, found),
        "open_pages": open_pages,
        "missing": missing(held.view),
        "papers_url": next(page.url for page in found if page.code == "papers"),
        "refused": refused,
        "guide": guide.name if guide else "",
    }
    status = 409 if refused else 422 if request.method == "POST" else 200
    return show(request, held, "check", "portal/apply/check.html", context, status=status)


def parts(held: Held, found: list[Page]) -> list[Part]:
    """Return all answers in the order of the pages."""
    urls = {page.code: page.url for page in found}
    return [
        _what(held, urls),
        *_people(held, urls["who"]),
        *_answers(held, urls),
        _papers(held, urls["papers"]),
        _receiving(held, urls["delivery"]),
    ]


def _what(held: Held, urls: dict[str, str]) -> Part:
    part = Part(_("The procedure"))
    part.items.append({"term": _("Procedure"), "answer": held.view.choice.name})
    part.items.append({"term": _("Settled by"), "answer": desk_of(held)})
    if held.view.case and held.view.case.name:
        part.add(_("Case"), held.view.case.name, urls["case"])
    return part


def _people(held: Held, url: str) -> list[Part]:
    made = []
    applicants = [party for party in held.view.parties if party.get("role") == PartyRole.APPLICANT]
    for number, party in enumerate(applicants, start=1):
        title = _("Applicant") if len(applicants) == 1 else _("Applicant %(number)s") % {"number": number}
        made.append(_person(party, title, url))
    made += [
        _person(party, _("Who hands in"), url)
        for party in held.view.parties
        if party.get("role") == PartyRole.SUBMITTER
    ]
    return made


def _person(party: dict[str, Any], title: str, url: str) -> Part:
    part = Part(title)
    terms = (
        (_("Full name"), "full_name"),
        (_("Identity number"), "identity"),
        (_("Phone number"), "phone"),
        (_("E-mail"), "email"),
        (_("Address"), "address"),
    )
    for term, name in terms:
        if party.get(name):
            part.add(term, party[name], url)
    return part


def _answers(held: Held, urls: dict[str, str]) -> list[Part]:
    schema = held.view.choice.schema
    made = []
    for section, lines in procedures.eform_lines(schema, held.view.answers) if schema else []:
        part = Part(section.title)
        for line in lines:
            part.add(line.label, line.value, urls.get(f"form:{section.code}", ""))
        made.append(part)
    return made


def _papers(held: Held, url: str) -> Part:
    part = Part(_("Papers"), is_papers=True)
    lines = held.view.case.submit if held.view.case else ()
    known = {line.id for line in lines}
    for line in lines:
        names = [file.name for _link, file in held.view.files.get(line.id, ())]
        part.items.append(
            {"term": line.name, "answers": names, "url": f"{url}?sua=1#paper-giay-{line.id}", "is_data": True}
        )
    other = [file.name for key, files in held.view.files.items() if key not in known for _link, file in files]
    if other:
        part.items.append({"term": _("Other papers"), "answers": other, "url": f"{url}?sua=1#paper-giay-khac"})
    return part


def _receiving(held: Held, url: str) -> Part:
    from motcua.faces.portal.apply.promises import fees_of_draft, of_draft

    part = Part(_("Fee and receiving the result"))
    part.items.append({"term": _("Fees"), "answer": fees_of_draft(held.view).words})
    words = dict(choices(desk_of(held))).get(held.view.delivery, "")
    part.add(_("Receiving the result"), words, url)
    if held.view.delivery == Delivery.POST:
        part.add(_("Address for the post"), held.view.delivery_address, url)
    promised = of_draft(held)
    if promised:
        latest = _("At the latest on %(day)s, if accepted now") % {"day": formatting.day(promised.due_at)}
        part.items.append({"term": _("Result"), "answer": latest})
    return part
