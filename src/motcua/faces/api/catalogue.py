"""Reading the catalogue: search, one procedure, who takes it."""

from typing import Annotated

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Path, Query, Router

from motcua.casework.procedures import selectors as procedures
from motcua.faces.api import presenting
from motcua.faces.api.schemas.catalogue import Hits, Offers, Procedure
from motcua.faces.design import formatting
from motcua.foundation.core import clock

PAGE, LAST_PAGE = 20, 50
CODE = r"^[0-9A-Z.]{1,40}$"
router = Router(tags=["catalogue"])
Words = Annotated[
    str, Query(max_length=200, description=_("Words, or a procedure's code."), examples=["ho kinh doanh"])
]


def _clean(text: str) -> str:
    """Return the text without the NUL that no database takes."""
    return text.replace("\0", "").strip()


@router.get(
    "/procedures", response=Hits, operation_id="searchProcedures", url_name="searchProcedures",
    summary=_("Search procedures"),
    description=_("Words with or without marks; typing slips are mended. Without words all procedures by name."),
)  # fmt: skip
def search_procedures(
    request: HttpRequest,
    q: Annotated[
        str, Query(max_length=200, description=_("Words, or a procedure's code."), examples=["ho kinh doanh"])
    ] = "",
    field: Annotated[str, Query(max_length=200, description=_("Code of a field."))] = "",
    level: Annotated[str, Query(max_length=20, description=_("province or commune."))] = "",
    life_event: Annotated[str, Query(max_length=200, description=_("Code of a life event."))] = "",
    page: Annotated[int, Query(ge=1, le=LAST_PAGE, description=_("Page of twenty, from 1."))] = 1,
) -> Hits:
    """Return a page of procedures in force today."""
    on, lang = clock.now().date(), formatting.language()
    found = procedures.search(
        _clean(q), on=on, lang=lang, field=_clean(field), level=_clean(level), life_event=_clean(life_event),
        limit=PAGE, offset=PAGE * (page - 1),
    )  # fmt: skip
    return Hits(
        text=found.text,
        corrected=found.corrected,
        total=found.total,
        page=page,
        pages=min(LAST_PAGE, max(1, -(-found.total // PAGE))),
        results=[presenting.hit(item) for item in found.results],
        facets=found.facets,
    )


@router.get(
    "/procedures/{code}", response=Procedure, operation_id="getProcedure", url_name="getProcedure",
    summary=_("Read one procedure"),
    description=_("The whole published record as of today. 410 with its successors when it is no longer in force."),
)  # fmt: skip
def get_procedure(
    request: HttpRequest,
    code: Annotated[str, Path(pattern=CODE, description=_("National code of the procedure."), examples=["1.001612"])],
) -> Procedure:
    """Return everything published about a procedure."""
    return presenting.procedure(procedures.procedure_page(code, on=clock.now().date(), lang=formatting.language()))


@router.get(
    "/offers", response=Offers, operation_id="listOffers", url_name="listOffers",
    summary=_("Who takes a procedure, and what to send"),
    description=_("For each offer: agencies, cases with their papers, limits, fees, and the electronic form."),
)  # fmt: skip
def list_offers(
    request: HttpRequest,
    procedure: Annotated[
        str, Query(pattern=CODE, description=_("National code of the procedure."), examples=["1.001612"])
    ],
) -> Offers:
    """Return the offers of a procedure in force today."""
    on, lang = clock.now().date(), formatting.language()
    page = procedures.procedure_page(procedure, on=on, lang=lang)
    choices = [procedures.intake_choice(card.id, on=on) for card in page.offers]
    return Offers(
        procedure=page.code,
        offers=[presenting.offer(choice, on=on, english=lang == "en") for choice in choices],
    )
