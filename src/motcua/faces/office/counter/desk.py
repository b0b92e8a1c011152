"""The intake form as a whole: its parts read from what was sent, kept over every change, and turned into a filing."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from motcua.casework.documents.types import FileCard
from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.dossiers.selectors import Promise
from motcua.casework.dossiers.types import FilingInput, NotOffered, PaperInput, PartyInput
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures import services as eforms
from motcua.casework.procedures.types import CaseCard, IntakeChoice
from motcua.faces.office.counter import places
from motcua.faces.office.counter.cards import read_card
from motcua.faces.office.counter.forms import IntakeForm, PaperForm, PartyForm, echo
from motcua.faces.office.forming import keep_files, kept_by_owner, owner_key
from motcua.foundation.accounts.types import Actor
from motcua.foundation.core.clock import civil_day
from motcua.foundation.organisations.types import AT_THE_DESK

MOST_PEOPLE = 12


class IntakeDesk:
    """Everything of one intake.

    Attributes:
        bound: the parts are to be checked, not only shown; lean: only those that the intake needs, none to be drawn.
    """

    def __init__(
        self,
        request: HttpRequest,
        choice: IntakeChoice,
        *,
        actor: Actor,
        at: datetime,
        bound: bool,
        known: tuple[PartyInput, ...] = (),
        lean: bool = False,
    ) -> None:
        self.lean = lean
        self.request, self.choice, self.actor, self.at, self.bound = request, choice, actor, at, bound
        self.on = civil_day(at)
        self.data = request.POST if request.method == "POST" else None
        self.communes = self._communes()
        self.main = self._main()
        self.key = self.data.get("key", "") if self.data else str(self.main.initial["key"])
        self.case = self._case()
        self.people = self._people(known)
        self.kept = self._kept_files()
        self.papers = [self._paper(line) for line in self.case.papers if not lean or self._is_brought(line)]
        self.sections = self._sections()
        self._attach_kept()

    def _main(self) -> IntakeForm:
        cases = [(case.id, case.name or _("The usual case")) for case in self.choice.cases]
        here = places.places(self.actor)

        def make(*args: Any) -> IntakeForm:
            form = IntakeForm(*args, cases=cases, communes=self.communes)
            form.offer_posts(self._posts(), preferred=self.request.session.get("post"))
            return form

        if self.data is not None:
            return make(self.data) if self.bound else echo(make, self.data)
        form = make()
        own = next((agency for agency, _name in self.communes if agency in here), None)
        form.initial = {"key": uuid4().hex, "case_id": cases[0][0], "competent": own}
        return form

    def _communes(self) -> list[tuple[int, str]]:
        """Return the communes to choose from; where nothing is drawn, the chosen one is enough to check the choice."""
        every = places.communes(self.choice.offer, on=self.on)
        wanted = self.data.get("competent") if self.lean and self.data else None
        return [pair for pair in every if str(pair[0]) == wanted] or every

    def _posts(self) -> list[tuple[int, str, str]]:
        return [(post.post_id, post.title, post.unit_name) for post in self.actor.posts if post.role in AT_THE_DESK]

    def value(self, name: str) -> str:
        """Return what a field of the main part holds now, entered or proposed."""
        if self.data is not None:
            return str(self.data.get(name, "") or "")
        return str(self.main.initial.get(name) or self.main.fields[name].initial or "")

    def _case(self) -> CaseCard:
        wanted = self.value("case_id")
        found = self.choice.case(int(wanted)) if wanted.isdecimal() else None
        return found or self.choice.cases[0]

    def _people(self, known: tuple[PartyInput, ...]) -> list[PartyForm]:
        if self.data is None:
            return [
                PartyForm(prefix=f"p{place}", initial={name: getattr(party, name) for name in PartyForm.base_fields})
                for place, party in enumerate(known)
            ] or [PartyForm(prefix="p0")]
        count = self.data.get("people", "1")
        number = min(MOST_PEOPLE, max(1, int(count) if count.isdecimal() else 1))
        if self.bound:
            return [PartyForm(self.data, prefix=f"p{place}") for place in range(number)]
        return [
            echo(lambda place=place: PartyForm(prefix=f"p{place}"), self.data)  # type: ignore[misc]
            for place in range(number)
        ]

    def _kept_files(self) -> dict[str, list[FileCard]]:
        """Return the files that were attached while the form was being filled in."""
        if self.data is None:
            return {}
        return kept_by_owner(self.owner_of(line.id) for line in self.case.papers)

    def _is_brought(self, line: Any) -> bool:
        return bool(f"c{line.id}-taken" in self.request.POST or self.kept.get(self.owner_of(line.id)))

    def _paper(self, line: Any) -> PaperForm:
        if self.data is None or f"c{line.id}-shown" not in self.data:
            return PaperForm(line=line)
        if self.bound:
            return PaperForm(self.data, line=line)
        return echo(lambda: PaperForm(line=line), self.data)

    def _sections(self) -> list[Any]:
        """Return the sections of the e-form; it is optional at the counter, so it is checked only once begun."""
        if not self.choice.schema:
            return []
        begun = self.data is not None and procedures.is_begun(self.choice.schema, self.data)
        if self.lean and not begun:
            return []
        return _drawn(self.choice.schema, self.data if begun else None, on=self.on, judged=self.bound)

    # ---- changes of the form that are not yet the intake

    def add_person(self) -> None:
        """Ask for one more person, with the role that is still missing most often."""
        if len(self.people) < MOST_PEOPLE:
            self.people.append(PartyForm(prefix=f"p{len(self.people)}"))

    def remove_person(self, place: int) -> None:
        """Take a person out and close the gap."""
        if 0 <= place < len(self.people) and len(self.people) > 1:
            del self.people[place]
            for number, form in enumerate(self.people):
                form.prefix = f"p{number}"

    def find_person(self, place: int) -> str:
        """Fill a person in from their card or from an earlier dossier; return what to say about it."""
        if not 0 <= place < len(self.people):
            return ""
        form = self.people[place]
        typed = str(form.initial.get("identity") or form.initial.get("phone") or "")
        if card := read_card(typed):
            form.initial.update(card)
            return _("Read from the card.")
        found = dossier_services.look_people_up(actor=self.actor, text=typed, at=self.at) if typed else []
        if not found:
            return _("Nobody with this identity or phone number has handed in here before. Enter the name.")
        for name in PartyForm.base_fields:
            if name != "role" and not form.initial.get(name) and getattr(found[0], name):
                form.initial[name] = getattr(found[0], name)
        form.initial["full_name"], form.initial["identity"] = found[0].full_name, found[0].identity
        return _("Filled in from an earlier dossier. Compare with the identity card.")

    def tick_all(self) -> None:
        """Tick every paper that is to be handed in."""
        for paper in self.papers:
            paper.initial["taken"] = True

    # ---- files

    def owner_of(self, component_id: int) -> str:
        """Return whose the files of a component are until the dossier takes them."""
        return owner_key(self.actor, f"{self.key}:{component_id}")

    def _attach_kept(self) -> None:
        if self.data is None:
            return
        for paper in self.papers:
            paper.kept = self.kept.get(self.owner_of(paper.line.id), [])

    def keep_uploads(self) -> None:
        """Store the scans that came with this request; what is refused is said at the form."""
        if not self.request.FILES:
            return
        for paper in self.papers:
            uploads = self.request.FILES.getlist(paper.file_name)
            if uploads:
                target = paper if paper.is_bound else self.main
                keep_files(
                    target, "taken", uploads, purpose="component", owner=self.owner_of(paper.line.id),
                    actor=self.actor, at=self.at,
                )  # fmt: skip
        self.kept = self._kept_files()
        self._attach_kept()

    # ---- the intake

    def is_valid(self) -> bool:
        """Check every part and say everything that is wrong at once."""
        parts = [self.main, *self.people, *self.papers, *(form for form in self.sections if form.is_bound)]
        fine = not [part for part in parts if not part.is_valid()]  # every part says what is wrong with it
        if fine and self.case.submit and not self._papers():
            self.main.add_error(None, _("Tick the papers that were handed in"))
            return False
        return fine

    def forms(self) -> list[Any]:
        """Return every part, for the summary of what is to be mended."""
        return [self.main, *self.people, *self.papers, *self.sections]

    def _papers(self) -> tuple[PaperInput, ...]:
        taken: list[PaperInput] = []
        for form in self.papers:
            files: tuple[FileCard, ...] = tuple(form.kept)
            paper = form.paper(tuple(card.id for card in files))
            if paper is not None:
                taken.append(paper)
        extra = self.main.cleaned_data.get("extra_name", "").strip() if self.main.is_bound else ""
        return (*taken, PaperInput(name=extra, originals=1)) if extra else tuple(taken)

    def filing(self) -> FilingInput:
        """Return the checked form as the service takes it."""
        entered = self.main.cleaned_data
        answers: dict[str, Any] = {}
        for section in self.sections:
            if section.is_bound:
                answers |= section.answers
        return FilingInput(
            offer_id=self.choice.offer.id,
            case_id=entered["case_id"],
            channel=entered["channel"],
            parties=tuple(form.party() for form in self.people),
            papers=self._papers(),
            key=entered["key"],
            answers=answers,
            delivery=entered["delivery"],
            delivery_address=entered["delivery_address"],
            competent_agency_id=entered.get("competent"),
            receiving_agency_id=self.receiving_id,
            summary=entered["summary"],
        )

    @property
    def receiving_id(self) -> int | None:
        """The agency whose desk this is: the one of the chosen post, else of the first."""
        chosen = self.main.post_id
        posts = [post for post in self.actor.posts if post.role in AT_THE_DESK and chosen in {None, post.post_id}]
        return posts[0].agency_id if posts else None

    def promise(self) -> Promise | None:
        """Return what the receipt would promise with what is chosen so far."""
        competent = self.value("competent") if self.communes else ""
        filing = FilingInput(
            offer_id=self.choice.offer.id,
            case_id=self.case.id,
            channel=self.value("channel") or "counter",
            parties=(),
            papers=(),
            key="",
            competent_agency_id=int(competent) if competent.isdecimal() else None,
            receiving_agency_id=places.places(self.actor)[0],
        )
        try:
            return dossiers.promise(filing=filing, at=self.at)
        except NotOffered:
            return None


def _drawn(schema: dict[str, Any], data: QueryDict | None, *, on: date, judged: bool) -> list[Any]:
    """Return all sections that are asked, each knowing the answers before it; rows as the buttons left them."""
    if data is None:
        sections = procedures.eform_sections(schema, {})
        return [eforms.eform_form(schema, None, view.code, stored={}, on=on) for view in sections]
    changed = procedures.with_rows(schema, data)
    found: list[Any] = []
    answers: dict[str, Any] = {}
    for section in schema["x-sections"]:
        drawn = eforms.eform_form(
            schema, changed or data, section["code"], stored=answers, on=on, quiet=not judged or changed is not None
        )
        answers = answers | procedures.entered_answers(schema, drawn)
        if drawn.section.fields:
            found.append(drawn)
    return found
