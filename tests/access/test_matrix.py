"""Every address as everybody, with one's own and foreign objects, against the table of the registry."""

import pytest
from django.urls import reverse

from motcua.foundation.accounts import registry
from motcua.foundation.accounts.types import ActorKind
from tests.access.samples import SAMPLES, SKIPPED
from tests.access.scene import Scene
from tests.access.visiting import (
    MISSING,
    PDF,
    REFUSED,
    WRONG_METHOD,
    Address,
    Visitors,
    actor_before,
    addresses,
    forbidden_marks,
    in_both_languages,
    is_visible,
    visits,
)

EVERY = addresses()
SHOWN = [item for item in EVERY if item.name not in SKIPPED]
WITHOUT = sorted({item for item in SHOWN if not item.has_arguments}, key=lambda item: item.name)
WITH = sorted({item for item in SHOWN if item.has_arguments and item.name in SAMPLES}, key=lambda item: item.name)
SIGN_IN = "/office/sign-in/"
# Asked of every address without arguments: words, codes and filters that point at what is foreign.
QUESTIONS = ({}, {"q": "Người Đã", "scope": "agency", "period": "year", "measure": "received"})


def test_every_address_has_an_act_and_its_act_a_known_kind():
    lacking = [f"{item.route}: no act" for item in EVERY if item.act not in registry.acts()]
    lacking += [
        f"act {item.code}: kind {item.kind} is not registered; call registry.register_kinds in AppConfig.ready"
        for item in registry.acts().values()
        if item.kind not in registry.kinds()
    ]
    assert lacking == []


def test_every_address_with_arguments_is_visited():
    lacking = sorted({item.name for item in SHOWN if item.has_arguments and item.name not in SAMPLES})
    assert lacking == [], "add a line for each to SAMPLES in tests/access/samples.py, which says how"


def test_no_line_is_left_of_an_address_that_is_gone():
    assert sorted(set(SAMPLES) - {item.name for item in EVERY}) == []


def _may(address: Address, actor) -> bool:
    return registry.may(actor_before(address, actor) if address.face == "portal" else actor, address.act)


def _problem(address: Address, status: int, where: str, *, allowed: bool, seen: bool, also: frozenset[int]) -> str:
    """Return what is wrong with an answer to a GET, '' when it is as the table says."""
    if status >= 500:
        return f"broke with {status}"
    if status == WRONG_METHOD:
        return ""
    if not allowed:
        kept_out = status == REFUSED or (status == 302 and where.startswith((SIGN_IN, "/dang-nhap/", "/en/")))
        return "" if kept_out else f"let in somebody whom the table keeps out ({status})"
    if not seen:
        return "" if status in {MISSING, REFUSED} else f"showed a foreign object ({status})"
    if status in {MISSING, REFUSED} and status not in also:
        return f"refused somebody whom the table lets in ({status})"
    return ""


@pytest.mark.parametrize("address", WITHOUT, ids=lambda item: item.name)
def test_an_address_without_arguments_opens_for_those_of_the_table_and_shows_nothing_foreign(
    address: Address, scene: Scene, visitors: Visitors
):
    wrong: list[str] = []
    paths = in_both_languages(address, reverse(address.name))
    kind = registry.acts()[address.act].kind
    for who, whole in visitors.actors.items():
        actor, allowed = actor_before(address, whole), _may(address, whole)
        if address.face == "portal" and whole.kind == ActorKind.STAFF and who not in {"tiepnhan", "huongdan"}:
            continue  # staff are anybody on the portal
        marks = forbidden_marks(scene, who, actor, "desk_dossier" if kind == "desk_dossier" else "dossier")
        for path, query in [(path, query) for path in paths for query in (QUESTIONS if allowed else QUESTIONS[:1])]:
            status, text, where = visitors.ask(who, "GET", path, query)
            if problem := _problem(address, status, where, allowed=allowed, seen=True, also=frozenset({404})):
                wrong.append(f"{who} GET {path} {query}: {problem}")
            wrong += [f"{who} GET {path} {query}: leaked {mark}" for mark in marks if mark in text or mark in where]
        path = paths[0]
        status, text, where = visitors.ask(who, "POST", path)
        if status >= 500 or (not allowed and status not in {REFUSED, WRONG_METHOD, 302}):
            wrong.append(f"{who} POST {path}: {status}")
        wrong += [f"{who} POST {path}: leaked {mark}" for mark in marks if mark in text]
    assert wrong == []


@pytest.mark.parametrize("address", WITH, ids=lambda item: item.name)
def test_an_address_with_an_object_shows_it_to_those_of_the_table_only(
    address: Address, scene: Scene, visitors: Visitors
):
    sample, wrong = SAMPLES[address.name], []
    kind = registry.acts()[address.act].kind
    for visit in visits(scene, address, sample):
        for who, whole in visitors.actors.items():
            if address.face == "portal" and whole.kind == ActorKind.STAFF and who not in {"tiepnhan", "huongdan"}:
                continue
            actor, allowed = actor_before(address, whole), _may(address, whole)
            seen = is_visible(address, visit, who, actor, scene)
            marks = forbidden_marks(scene, who, actor, kind if kind == "desk_dossier" else "dossier")
            status, text, where = visitors.ask(who, "GET", visit.path)
            if status == 200 and visit.thing and text.startswith(PDF) and not visitors.names(text, visit.thing):
                wrong.append(f"{who} GET {visit.path}: a PDF that does not name what it is about")
            if address.face != "api":
                problem = _problem(address, status, where, allowed=allowed, seen=seen, also=sample.also)
                wrong += [f"{who} GET {visit.path}: {problem}"] if problem else []
            wrong += [f"{who} GET {visit.path}: leaked {m}" for m in marks if m in text and m not in visit.path]
            for path in in_both_languages(address, visit.path)[1:]:
                english, text, _where = visitors.ask(who, "GET", path)
                if english != status:
                    wrong.append(f"{who} GET {path}: {english}, in Vietnamese {status}")
                wrong += [f"{who} GET {path}: leaked {m}" for m in marks if m in text and m not in path]
            status, text, where = visitors.ask(who, "POST", visit.path)
            kept_out = {REFUSED, MISSING, WRONG_METHOD} | (set() if allowed else {302})
            if status >= 500 or ((not allowed or not seen) and status not in kept_out):
                wrong.append(f"{who} POST {visit.path}: {status}")
            wrong += [f"{who} POST {visit.path}: leaked {m}" for m in marks if m in text and m not in visit.path]
    assert wrong == []
