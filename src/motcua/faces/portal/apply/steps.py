"""The pages of a draft in their order, what is done of them, and which comes next."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise as Text
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.casework.dossiers.types import DraftView
from motcua.casework.procedures import selectors as procedures
from motcua.faces.portal.apply import promises
from motcua.faces.portal.apply.drafts import Held

STAGES: tuple[Text, ...] = (
    gettext_lazy("Case"),
    gettext_lazy("Information"),
    gettext_lazy("Papers"),
    gettext_lazy("Fee, receiving the result"),
    gettext_lazy("Check"),
)
CASE, INFORMATION, PAPERS, DELIVERY, CHECK = 1, 2, 3, 4, 5


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the draft. `state` is done, mend, todo or closed; `lang` marks titles that are data."""

    code: str
    title: str
    stage: int
    url: str
    state: str
    note: str = ""


def pages(view: DraftView) -> list[Page]:
    """Return all pages that are asked with the answers so far, in order."""
    draft = view.public_id
    wrong = procedures.check_answers(view.choice.schema, view.answers) if view.choice.schema else {}
    found = [
        _page(view, "case", _("Your case"), CASE, "apply_case", is_done=view.case is not None),
        _page(view, "who", _("Who the dossier is for"), INFORMATION, "apply_who"),
    ]
    for section in sections(view):
        code = f"form:{section.code}"
        url = reverse("portal:apply_form", kwargs={"draft": draft, "section": section.code})
        state = "todo" if code not in view.done else "mend" if wrong.keys() & set(section.fields) else "done"
        found.append(Page(code, section.title, INFORMATION, url, state))
    found.append(_page(view, "papers", _("Papers"), PAPERS, "apply_papers"))
    found.append(_page(view, "delivery", _("Fee, receiving the result"), DELIVERY, "apply_delivery"))
    ready = all(page.state == "done" for page in found)
    url = reverse("portal:apply_check", kwargs={"draft": draft})
    found.append(Page("check", _("Check before you hand in"), CHECK, url, "todo" if ready else "closed"))
    return found


def sections(view: DraftView) -> list[Any]:
    """Return the sections of the form that are asked."""
    return procedures.eform_sections(view.choice.schema, view.answers) if view.choice.schema else []


def _page(view: DraftView, code: str, title: str, stage: int, name: str, *, is_done: bool | None = None) -> Page:
    done = code in view.done if is_done is None else is_done
    url = reverse(f"portal:{name}", kwargs={"draft": view.public_id})
    return Page(code, title, stage, url, "done" if done else "todo")


def first_open(view: DraftView) -> Page:
    """Return the first page that is not done, the check page when all are."""
    found = pages(view)
    return next((page for page in found if page.state in {"todo", "mend"}), found[-1])


def onward(request: HttpRequest, held: Held, code: str) -> HttpResponse:
    """Lead on after a page was saved: back to the check page, to the overview, or to the next page."""
    if "later" in request.POST:
        return redirect("portal:apply_draft", draft=held.view.public_id)
    if "sua" in request.GET:
        return redirect("portal:apply_check", draft=held.view.public_id)
    following = pages(reopened(held).view)
    codes = [page.code for page in following]
    place = codes.index(code) if code in codes else 0
    return redirect(following[min(place + 1, len(following) - 1)].url)


def reopened(held: Held) -> Held:
    """Return the draft as it is after a change."""
    from motcua.casework.dossiers import selectors as dossiers

    return Held(dossiers.draft_view(**held.keys()), held.secret, held.actor, held.at)


def show(
    request: HttpRequest, held: Held, code: str, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render one page of the draft inside the wizard."""
    found = pages(held.view)
    place = next((index for index, page in enumerate(found) if page.code == code), 0)
    page, back = found[place], found[place - 1] if place else None
    alike = [item for item in found if item.stage == page.stage]
    frame = {
        "held": held,
        "draft": held.view,
        "page": page,
        "stages": STAGES,
        "part": alike.index(page) + 1 if len(alike) > 1 else 0,
        "parts": len(alike),
        "following": found[place + 1] if place + 1 < len(found) else None,
        "back": _back(request, held, back),
        "promise": promises.of_draft(held),
        "fees": promises.fees_of_draft(held.view),
        "has_errors": status >= 400,
    }
    return render(request, template, frame | context, status=status)


def _back(request: HttpRequest, held: Held, before: Page | None) -> str:
    if "sua" in request.GET:
        return reverse("portal:apply_check", kwargs={"draft": held.view.public_id})
    return before.url if before else reverse("portal:apply_draft", kwargs={"draft": held.view.public_id})


Step = Callable[..., HttpResponse]
