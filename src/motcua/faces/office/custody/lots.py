"""Lots: the list, the sheet on which one is made up and sent, the receipt at the other end, the minutes as PDF."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.casework.custody import selectors, services
from motcua.casework.custody.types import LineState, LotCard, LotState, ReceivedLine, Scanned
from motcua.casework.documents import selectors as documents
from motcua.casework.documents import services as document_services
from motcua.casework.documents import types as paper
from motcua.casework.dossiers.selectors.printed import letterhead
from motcua.faces.office import exporting
from motcua.faces.office.custody.forms import ScanForm, SendForm, SettleForm
from motcua.faces.office.custody.views import HERE, whole
from motcua.faces.office.shell import page
from motcua.foundation.accounts.registry import act, may
from motcua.foundation.core import clock
from motcua.foundation.core.types import Invalid, NotFound, Refusal

TONES = {
    LotState.OPEN: ("", "pencil"),
    LotState.SENT: ("mc-info", "truck"),
    LotState.RECEIVED: ("mc-warn", "circle-alert"),
    LotState.SETTLED: ("mc-ok", "check"),
    LotState.CANCELLED: ("", "circle-x"),
}
LINE_TONES = {
    LineState.LISTED: ("", "folder-open"),
    LineState.RECEIVED: ("mc-ok", "check"),
    LineState.MISSING: ("mc-danger", "circle-x"),
    LineState.DAMAGED: ("mc-warn", "circle-alert"),
    LineState.EXTRA: ("mc-warn", "plus"),
}
_ADDRESS = re.compile(r"/custody/lots/([0-9a-f-]{36})/")


def _asked(request: HttpRequest) -> dict[str, Any]:
    state, way = request.GET.get("state", ""), request.GET.get("way", "")
    return {
        "state": state if state in LotState.values else "",
        "way": way if way in {"in", "out"} else "",
        "text": request.GET.get("q", "").replace("\0", "").strip()[:300],
    }


@act("custody.see")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Show the lots of one's units; the QR of a lot's minutes scanned into the search opens that lot."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    asked = _asked(request)
    if scanned := _ADDRESS.search(asked["text"]):
        return redirect("office:lot-receive", scanned.group(1))
    number = min(whole(request.GET.get("page", "")) or 1, 1000)
    found = selectors.lots(actor=actor, at=at, page=number, **asked)
    context = asked | {
        "now": at,
        "rows": [(row, *TONES[LotState(row.state)]) for row in found.rows],
        "states": LotState.choices,
        "newer": number - 1 if number > 1 else None,
        "older": number + 1 if found.has_more else None,
        "tab": "lots",
    }
    return page(request, "office/custody/lots.html", context, here=HERE, at=at)


@act("custody.see")
@require_safe
def export(request: HttpRequest, kind: str) -> Any:
    """Return the same lots as a file."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    head = [_("Lot"), _("Handing over"), _("Receiving"), _("State"), _("Folders"), _("Seal"), _("Courier"),
            _("Waybill"), _("Sent"), _("Received"), _("Open differences")]  # fmt: skip
    found = selectors.lots(actor=actor, at=at, size=exporting.MOST_ROWS, **_asked(request))
    rows = (
        [row.number, row.from_unit, row.to_unit, row.state_label, row.folders, row.seal,
         f"{row.courier_label} {row.courier_name}".strip(), row.waybill, row.sent_at, row.received_at,
         row.open_differences]
        for row in found.rows
    )  # fmt: skip
    return exporting.answer(kind, name=f"lo-ban-giao-{at:%Y-%m-%d}", head=head, rows=rows)


@act("custody.see")
@require_http_methods(["GET", "POST"])
def lot(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show a lot; a POST puts folders in or out, sends it, gives it up, or settles a difference."""
    if request.method == "POST":
        acts = {"scan": _scan, "remove": _remove, "send": _send, "give_up": _give_up, "settle": _settle}
        chosen = acts.get(request.POST.get("do", ""))
        if chosen is None:
            raise NotFound
        return chosen(request, public_id)
    return _sheet(request, public_id)


def _sheet(request: HttpRequest, public_id: UUID, *, status: int = 200, **forms: Any) -> HttpResponse:
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    found = selectors.lot(actor=actor, public_id=public_id, at=at)
    may_hand = may(actor, "custody.hand_over")
    gives = may_hand and selectors.hands_for(actor=actor, unit_id=found.from_unit_id)
    takes = may_hand and selectors.hands_for(actor=actor, unit_id=found.to_unit_id)
    settling = {"line": None, "settle": None} | forms
    lines = [
        (line, *LINE_TONES[LineState(line.state)], _settle_form(line, settling) if gives or takes else None)
        for line in found.lines
    ]
    tone, picture = TONES[LotState(found.state)]
    context = {
        "now": at, "lot": found, "lines": lines, "tone": tone, "picture": picture, "tab": "lots",
        "is_open": found.state == LotState.OPEN and gives, "may_receive": found.state == LotState.SENT and takes,
        "scan": forms.get("scan") or ScanForm(), "send": forms.get("send") or SendForm(),
        "wrong": next((form for form in forms.values() if getattr(form, "errors", None)), None),
    }  # fmt: skip
    return page(request, "office/custody/lot.html", context, here=HERE, status=status, at=at)


def _settle_form(line: Any, settling: dict[str, Any]) -> SettleForm | None:
    if not line.is_open:
        return None
    if settling["line"] == line.id:
        form: SettleForm = settling["settle"]
        return form
    return SettleForm(ways=line.ways, prefix=f"s{line.id}")


def _scan(request: HttpRequest, public_id: UUID) -> HttpResponse:
    form = ScanForm(request.POST)
    if not form.is_valid():
        return _sheet(request, public_id, status=422, scan=form)
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    tell(request, services.add_folders(lot_id=public_id, scanned=form.cleaned_data["codes"], actor=actor, at=at))
    return redirect("office:lot", public_id)


def tell(request: HttpRequest, done: Scanned) -> None:
    """Say what became of scanned codes."""
    if done.added:
        messages.success(request, _("Put in: %(codes)s") % {"codes": ", ".join(done.added)})
    if done.elsewhere:
        words = _("Not lying in this unit, or in a lot already: %(codes)s")
        messages.warning(request, words % {"codes": ", ".join(done.elsewhere)})
    if done.unknown:
        messages.warning(request, _("No folder of this code: %(codes)s") % {"codes": ", ".join(done.unknown)})


def _remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    try:
        folder_id = UUID(request.POST.get("folder", ""))
    except ValueError:
        raise NotFound from None
    services.remove_folder(lot_id=public_id, folder_id=folder_id, actor=request.actor, at=clock.now())  # type: ignore[attr-defined]
    return redirect("office:lot", public_id)


def _send(request: HttpRequest, public_id: UUID) -> HttpResponse:
    form = SendForm(request.POST)
    if not form.is_valid():
        return _sheet(request, public_id, status=422, send=form)
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    try:
        services.send_lot(lot_id=public_id, **form.given(), actor=actor, at=at)
    except NotFound:
        raise
    except Refusal as refusal:
        return _sheet(request, public_id, status=form.refuse(refusal), send=form)
    messages.success(request, _("The lot is on the way. Print the minutes and put them into the bag."))
    return redirect("office:lot", public_id)


def _give_up(request: HttpRequest, public_id: UUID) -> HttpResponse:
    services.give_up_lot(lot_id=public_id, actor=request.actor, at=clock.now())  # type: ignore[attr-defined]
    messages.success(request, _("The lot is given up; its folders stay where they lie."))
    return redirect("office:lot", public_id)


def _settle(request: HttpRequest, public_id: UUID) -> HttpResponse:
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    key = whole(request.POST.get("line", ""))
    found = selectors.lot(actor=actor, public_id=public_id, at=at)
    line = next((row for row in found.lines if row.id == key), None)
    if line is None:
        raise NotFound
    form = SettleForm(request.POST, ways=line.ways, prefix=f"s{line.id}")
    status = 422
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.settle_difference(
                lot_id=public_id, line_id=line.id, how=given["how"], reason=given["reason"], actor=actor, at=at
            )
        except Refusal as refusal:
            status = form.refuse(refusal)
        else:
            messages.success(request, _("The difference is settled."))
            return redirect("office:lot", public_id)
    return _sheet(request, public_id, status=status, settle=form, line=line.id)


@act("custody.hand_over")
@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Tick what arrived, by hand or by scanner, and confirm it with the minute."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    found = selectors.lot(actor=actor, public_id=public_id, at=at)
    if request.method == "GET":
        return _receiving(request, found, at=at)
    said = _said(request, found)
    scanned = request.POST.get("codes", "")[:20_000]
    try:
        _check_all_said(found, said, scanned)
        done = services.receive_lot(lot_id=public_id, lines=said, extra=scanned, actor=actor, at=at)
    except NotFound:
        raise
    except Refusal as refusal:
        return _receiving(request, found, at=at, refusal=refusal)
    if done.unknown:
        messages.warning(request, _("No folder of this code: %(codes)s") % {"codes": ", ".join(done.unknown)})
    messages.success(request, _("Receipt confirmed. What differs waits below to be settled."))
    return redirect("office:lot", public_id)


def _said(request: HttpRequest, found: LotCard) -> dict[int, ReceivedLine]:
    rows = ((line.id, request.POST.get(f"line-{line.id}", "")) for line in found.lines)
    return {key: ReceivedLine(state, request.POST.get(f"note-{key}", "")) for key, state in rows if state}


def _check_all_said(found: LotCard, said: dict[int, ReceivedLine], scanned: str) -> None:
    """Ask for a word on every folder: one that nobody looked for is not missing yet."""
    codes = set(selectors.scanned_codes(scanned))
    wrong = {
        f"line-{line.id}": [_("Say whether it arrived, or scan it.")]
        for line in found.lines
        if line.id not in said and line.folder.code not in codes
    }
    if wrong:
        raise Invalid(wrong, _("Some folders of the list were neither ticked nor scanned."))


def _receiving(request: HttpRequest, found: LotCard, *, at: datetime, refusal: Refusal | None = None) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    lines = [
        {
            "line": line,
            "chosen": request.POST.get(f"line-{line.id}", ""),
            "note": request.POST.get(f"note-{line.id}", ""),
            "errors": [*fields.get(f"line-{line.id}", ()), *fields.get(f"note-{line.id}", ())],
        }
        for line in found.lines
    ]
    context = {
        "now": at,
        "lot": found,
        "lines": lines,
        "codes": request.POST.get("codes", ""),
        "choices": [(state.value, state.label) for state in (LineState.RECEIVED, LineState.MISSING, LineState.DAMAGED)],
        "may_receive": found.state == LotState.SENT and selectors.hands_for(actor=actor, unit_id=found.to_unit_id),
        "refusal": refusal,
        "tab": "lots",
    }
    status = refusal.http_status if refusal else 200
    return page(request, "office/custody/receive.html", context, here=HERE, status=status, at=at)


@act("custody.see")
@require_safe
def minutes(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Print the list and minutes of a lot, with the QR that opens its receipt."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    with translation.override("vi"):  # an official paper is Vietnamese, whatever the reader's language
        found = selectors.lot(actor=actor, public_id=public_id, at=at)
        content = document_services.render_paper(paper.PaperKind.HANDOVER_MINUTES, _minutes(found, at=at))
    name = f"bien-ban-ban-giao-{found.number.replace('/', '-')}.pdf"
    return documents.paper_response(content, name=name, download="download" in request.GET)


def _minutes(found: LotCard, *, at: datetime) -> paper.HandoverMinutes:
    address = reverse("office:lot-receive", args=[found.public_id])
    return paper.HandoverMinutes(
        letterhead=letterhead(found.agency_id, found.sent_at or at),
        number=found.number,
        tracking_url=f"{settings.MOTCUA_SITE_URL}{address}",
        from_unit=found.from_unit,
        to_unit=found.to_unit,
        lines=tuple(_printed_lines(found)),
        courier=", ".join(word for word in (found.courier_label, found.courier_name) if word),
        courier_name=found.courier_name,
        seal=found.seal,
        waybill=found.waybill,
        sent_at=found.sent_at,
        received_at=found.received_at,
        giver_name=found.sent_by,
        taker_name=found.received_by,
    )


def _printed_lines(found: LotCard) -> Iterator[paper.LotLine]:
    for line in found.lines:
        words = [] if line.state == LineState.LISTED else [line.state_label, line.note, line.settlement_label]
        yield paper.LotLine(
            code=line.folder.code,
            applicant=line.folder.applicant,
            originals=line.folder.originals,
            note="; ".join(word for word in (*words, line.reason) if word),
        )
