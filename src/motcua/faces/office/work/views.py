"""The work list: every task of every post held, by deadline."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.types import WorkPage, WorkRow
from motcua.casework.workflow.types import WorkKey
from motcua.faces.office import exporting
from motcua.faces.office.access.homes import home_of
from motcua.faces.office.shell import page
from motcua.faces.office.work import bulk, saved
from motcua.faces.office.work.counts import count_tiles
from motcua.faces.office.work.rows import draw_rows
from motcua.foundation.accounts.registry import act
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core import clock
from motcua.foundation.organisations.types import Role

PAGE_ROWS = 25
_DUES = ("overdue", "today", "soon", "new")
BODIES = ("tax", "police", "insurance", "bank", "asked_agency", "posting", "survey", "court")
_HOLDERS = {"": ("staff",), "citizen": ("citizen",), "bodies": BODIES}
_SCOPES = ("mine", "unit", "agency")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address asks for: the address is the whole state of the list."""

    due: str
    wait: str
    scope: str
    text: str
    after: WorkKey | None
    given: str = ""
    rows: int = PAGE_ROWS

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Wish":
        """Read the query; words that are not known count as not said."""
        due, wait, scope = query.get("due", ""), query.get("wait", ""), query.get("scope", "mine")
        return cls(
            due=due if due in _DUES else "",
            wait=wait if wait in _HOLDERS else "",
            scope=scope if scope in _SCOPES else "mine",
            text=query.get("q", "").strip()[:100],
            after=_key_of(query.get("after", "")),
            given="me" if query.get("given") == "me" else "",
            rows=100 if query.get("rows") == "100" else PAGE_ROWS,
        )

    def read(self, *, actor: Actor, at: datetime, after: WorkKey | None, limit: int) -> WorkPage:
        """Ask for a page of it."""
        return dossiers.work_list(
            actor=actor, at=at, holders=_HOLDERS[self.wait], after=after, limit=limit, scope=self.scope,
            due=self.due or None, mine_only=self.given == "me",
        )  # fmt: skip


def _key_of(text: str) -> WorkKey | None:
    moment, _sep, number = text.partition("_")
    try:
        return WorkKey(datetime.fromisoformat(moment), int(number))
    except ValueError:
        return None


def key_text(key: WorkKey | None) -> str:
    """Return a key as it stands in an address."""
    return f"{key.sort_at.isoformat()}_{key.token_id}" if key else ""


@act("office.home")
@require_http_methods(["GET", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """Show the list, or send whoever has none to their own page; a POST takes the picked tasks on."""
    if elsewhere := home_of(request.actor):  # type: ignore[attr-defined]
        return redirect(elsewhere)
    if request.method == "POST":
        return bulk.take_on(request, at=clock.now())
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    chosen = saved.chosen_of(request, actor)
    wish, columns = Wish.of(chosen.query), chosen.view.columns if chosen.view else ()
    work_page = wish.read(actor=actor, at=at, after=wish.after, limit=wish.rows)
    rows: tuple[WorkRow, ...] = work_page.rows
    if wish.text:
        rows = dossiers.search_work(
            actor=actor, at=at, text=wish.text, scope=wish.scope, holders=_HOLDERS[wish.wait], limit=100
        )
    desk = dossiers.desk_counts(actor=actor, at=at)
    context = {
        "now": at,
        "wish": wish,
        "rows": draw_rows(rows, actor=actor, at=at, columns=columns),
        "heads": [saved.column_words()[key] for key in columns],
        "chosen": chosen,
        "views": saved.bar(actor, chosen),
        "form": saved.form_of(asdict(wish) | {"q": wish.text}, columns, name=chosen.view.name if chosen.view else ""),
        "count": len(rows),
        "tiles": count_tiles(actor, work_page.work, desk, due=wish.due, wait=wish.wait),
        "tabs": _tabs(actor, wish, work_page),
        "shown": _shown(wish, rows, work_page),
        "next_key": "" if wish.text else key_text(work_page.next_key),
        "receives": actor.has_role(Role.RECEPTIONIST),
        "nearest": min((row.due_at for row in rows if row.due_at), default=None),
        "has_posts": bool(actor.posts),
        "signs": actor.has_role(Role.LEADER, Role.DIVISION_HEAD),
        "leads": actor.has_role(Role.DIVISION_HEAD, Role.LEADER),
    }
    here = {"overdue": "overdue"}.get(wish.due, "citizen" if wish.wait == "citizen" else "office:home")
    return page(
        request, "office/work/home.html", context, here=here, hints=_hints(), work=work_page.work, desk=desk, at=at
    )


def _tabs(actor: Actor, wish: Wish, work_page: WorkPage) -> list[dict[str, Any]]:
    mine = {"": work_page.work.staff, "citizen": work_page.work.citizen, "bodies": work_page.work.bodies}[wish.wait]
    labels = {"mine": _("Mine"), "unit": _("My unit"), "agency": _("Whole agency")}
    return [
        {
            "label": label,
            "url": "?" + urlencode({key: value for key, value in (("scope", scope), ("wait", wish.wait)) if value}),
            "count": mine.total if scope == "mine" else None,
            "current": wish.scope == scope,
        }
        for scope, label in labels.items()
    ]


def _shown(wish: Wish, rows: tuple[WorkRow, ...], work_page: WorkPage) -> str:
    counts = {"": work_page.work.staff, "citizen": work_page.work.citizen, "bodies": work_page.work.bodies}[wish.wait]
    exact = {"overdue": counts.overdue, "today": counts.due_today, "soon": counts.due_soon, "new": counts.new}
    if wish.scope == "mine" and not wish.text and not wish.given:
        total = exact.get(wish.due, counts.total)
        return ngettext("%(shown)s of %(total)s task", "%(shown)s of %(total)s tasks", total) % {
            "shown": len(rows),
            "total": total,
        }
    return ngettext("%(shown)s task shown", "%(shown)s tasks shown", len(rows)) % {"shown": len(rows)}


def _hints() -> list[tuple[list[str], str]]:
    return [
        (["J", "K"], _("down, up")),
        (["Enter"], _("open")),
        (["X"], _("pick")),
        (["N"], _("take in")),
        (["/"], _("find")),
    ]


@act("office.work")
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """Download the list as it is filtered, at most 5,000 rows; each line is written down as a reading."""
    actor, at = request.actor, clock.now()  # type: ignore[attr-defined]
    wish = Wish.of(saved.chosen_of(request, actor).query)
    head = [
        _("Due"), _("Code"), _("Procedure"), _("Applicant"), _("Step"), _("Post"), _("Given to"), _("Channel"),
        _("Due date of the dossier"),
    ]  # fmt: skip
    name = f"motcua-{_('work')}-{at:%Y%m%d-%H%M}"
    return exporting.answer(kind, name=name, head=head, rows=_export_rows(actor, at, wish))


def _export_rows(actor: Actor, at: datetime, wish: Wish) -> Iterator[list[Any]]:
    after: WorkKey | None = None
    while True:
        work_page = wish.read(actor=actor, at=at, after=after, limit=500)
        dossier_services.log_list(
            public_ids=[row.dossier_public_id for row in work_page.rows], actor=actor, what="export", at=at
        )
        for row in work_page.rows:
            yield [
                row.due_at, row.code, row.procedure_name, row.applicant_name, row.step_name,
                row.post_title or row.unit_name, row.assignee, row.channel, row.dossier_due_at,
            ]  # fmt: skip
        after = work_page.next_key
        if after is None:
            return
