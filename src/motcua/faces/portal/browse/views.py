"""The whole catalogue: by field, by level, by agency, by life event, and from A to Z."""

from collections import defaultdict

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.types import ProcedureRef
from motcua.faces.design import formatting
from motcua.foundation.accounts.registry import act
from motcua.foundation.core import clock
from motcua.foundation.organisations import selectors as organisations
from motcua.foundation.organisations.types import AgencyKind

LETTERS = tuple("AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY")
BASE = str.maketrans("ÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ",
                     "AAAAAĂĂĂĂĂÂÂÂÂÂEEEEEÊÊÊÊÊIIIIIOOOOOÔÔÔÔÔƠƠƠƠƠUUUUUƯƯƯƯƯYYYYY")  # fmt: skip


SHORT_LIST = 300  # up to so many names are shown on one page
PER_PAGE = 200


@require_safe
@act("portal.read", public=True)
def browse(request: HttpRequest) -> HttpResponse:
    """Show the ways into the catalogue with their counts."""
    on, lang = clock.now().date(), formatting.language()
    context = {
        "fields": procedures.fields(on=on, lang=lang),
        "levels": procedures.levels(on=on),
        "life_events": procedures.life_events(on=on, lang=lang),
        "agencies": [
            card for card in organisations.directory(on=on).agencies.values() if card.kind == AgencyKind.DEPARTMENT
        ],
    }
    return render(request, "portal/browse/overview.html", context)


@require_safe
@act("portal.read", public=True)
def a_to_z(request: HttpRequest) -> HttpResponse:
    """Show all procedures by name, one letter at a time: thousands of names on one page are slow on a telephone."""
    by_letter: dict[str, list[ProcedureRef]] = defaultdict(list)
    for ref in procedures.refs_in_force(on=clock.now().date()):
        by_letter[ref.name[:1].upper().translate(BASE)].append(ref)
    letters = [letter for letter in LETTERS if letter in by_letter]
    letters += sorted(set(by_letter) - set(LETTERS))
    total = sum(map(len, by_letter.values()))
    asked = request.GET.get("chu", "").upper()
    shown = letters if total <= SHORT_LIST else [asked if asked in by_letter else letters[0]]
    number = request.GET.get("page", "1")
    pages = Paginator(by_letter[shown[0]], PER_PAGE) if len(shown) == 1 else None
    page = pages.get_page(number) if pages else None
    context = {
        "groups": [(letter, page.object_list if page else by_letter[letter]) for letter in shown],
        "letters": [(letter, len(by_letter[letter])) for letter in letters],
        "by_one": total > SHORT_LIST,
        "page": page,
    }
    return render(request, "portal/browse/a_to_z.html", context)
