"""The whole catalogue of a day for lists, maps of the site and posters; statements do not grow with the rows."""

import hashlib
from collections.abc import Sequence
from datetime import date

from django.db.models import Max

from motcua.casework.procedures.models import Fee, LimitChange, Offer, ProcedureVersion, TimeLimit
from motcua.casework.procedures.selectors.lines import offer_card
from motcua.casework.procedures.selectors.listing import hit_lines
from motcua.casework.procedures.selectors.overview import online_codes
from motcua.casework.procedures.selectors.page import as_page, page_versions
from motcua.casework.procedures.types import CatalogueRow, OfferCard, ProcedurePage


def catalogue_rows(*, on: date, lang: str = "vi") -> tuple[CatalogueRow, ...]:
    """Return every procedure in force on `on` by name, six statements."""
    found = ProcedureVersion.objects.filter(valid__contains=on).order_by("sort_key", "pk")
    columns = (
        "pk", "audience", "executing_agencies", "decision_no", "decision_issuer", "nature", "service_level", "valid",
        "portal_url",
    )  # fmt: skip
    more = {row[0]: row[1:] for row in found.values_list(*columns)}
    online = frozenset(online_codes(on=on))
    rows = []
    for hit in hit_lines(list(more), lang=lang):
        audience, agencies, number, issuer, nature, level, valid, url = more[hit.version_id]
        rows.append(
            CatalogueRow(
                hit=hit,
                audience=tuple(audience),
                agencies=tuple(agencies),
                decision_no=number,
                decision_issuer=issuer,
                nature=nature,
                service_level=level,
                valid_from=valid.lower,
                portal_url=url,
                is_taken_online=hit.code in online,
            )
        )
    return tuple(rows)


def catalogue_stamp(*, on: date) -> str:
    """Return a mark that changes whenever `catalogue_rows` may answer differently; five statements, no row is read."""
    in_force = ProcedureVersion.objects.filter(valid__contains=on)
    offers = Offer.objects.filter(valid__contains=on)
    newest = {
        "versions": (in_force.count(), in_force.aggregate(newest=Max("pk"))["newest"]),
        "offers": (offers.count(), offers.aggregate(newest=Max("pk"))["newest"]),
        "limits": TimeLimit.objects.aggregate(newest=Max("pk"))["newest"],
        "changes": LimitChange.objects.aggregate(newest=Max("pk"))["newest"],
        "fees": Fee.objects.aggregate(newest=Max("pk"))["newest"],
    }
    return hashlib.blake2b(f"{on}{sorted(newest.items())}".encode(), digest_size=12).hexdigest()


def procedure_pages(codes: Sequence[str], *, on: date) -> tuple[ProcedurePage, ...]:
    """Return the whole records of these codes in force on `on`, in this order, without their life events."""
    found = page_versions().filter(procedure__code__in=codes, valid__contains=on)
    versions = {row.procedure.code: row for row in found}
    offers: dict[int, list[OfferCard]] = {}
    ids = [row.procedure_id for row in versions.values()]
    taken = Offer.objects.filter(procedure_id__in=ids, valid__contains=on).select_related("procedure")
    for offer in taken.prefetch_related("exceptions").order_by("level", "pk"):
        offers.setdefault(offer.procedure_id, []).append(offer_card(offer))
    return tuple(
        as_page(versions[code], "vi", offers=tuple(offers.get(versions[code].procedure_id, ())), life_events=())
        for code in codes
        if code in versions
    )


def published_days(*, on: date) -> tuple[tuple[str, date], ...]:
    """Return code and first day of the version in force of every procedure, for a map of the site; one statement."""
    rows = ProcedureVersion.objects.filter(valid__contains=on).order_by("procedure__code")
    return tuple((code, valid.lower) for code, valid in rows.values_list("procedure__code", "valid"))
