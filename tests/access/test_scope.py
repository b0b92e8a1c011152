"""The two forms of a scope are one: whoever sees an object finds it in lists, and nobody else does."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from motcua.casework.custody.models import Folder, Lot
from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.models import (
    CertifiedOriginal,
    DeskNotice,
    Dossier,
    Draft,
    Extension,
    Handover,
    InspectionSample,
    RegisterBook,
    SupplementApproval,
    UnusualReading,
)
from motcua.casework.internal.models import InternalCase
from motcua.casework.workflow.models import Token
from motcua.foundation.accounts import registry
from motcua.foundation.accounts.models import Absence, CorrectionRequest, InspectionOrder, Person
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core.types import NotFound
from motcua.foundation.organisations.models import Agency
from motcua.insight.simplification.models import Proposal
from tests.access.scene import Scene
from tests.access.visiting import Visitors
from tests.world import NOW

ON = NOW.date()
MODELS = {
    "absence": Absence,
    "book": RegisterBook,
    "certified_copy": CertifiedOriginal,
    "correction": CorrectionRequest,
    "desk_dossier": Dossier,
    "desk_notice": DeskNotice,
    "dossier": Dossier,
    "draft": Draft,
    "extension_to_decide": Extension,
    "filing": Dossier,
    "folder": Folder,
    "handover": Handover,
    "inspection_order": InspectionOrder,
    "internal_case": InternalCase,
    "inspection_sample": InspectionSample,
    "lot": Lot,
    "own_dossier": Dossier,
    "review_proposal": Proposal,
    "second_supplement": SupplementApproval,
    "staff_account": Person,
    "staff_person": Person,
    "staff_unit": Agency,
    "task": Token,
    "unusual_reading": UnusualReading,
}


def _as_asked(kind: str, item: Any) -> Any:
    """Return an object as its rule looks at it: people of the staff by the units of their posts."""
    if kind != "staff_person":
        return item
    return SimpleNamespace(unit_ids=frozenset(item.holdings.values_list("post__unit_id", flat=True)))


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_one_object_and_a_list_follow_the_same_rule(kind: str, scene: Scene, visitors: Visitors):
    model = MODELS[kind]
    everything = list(model.objects.filter(is_officer=True) if kind == "staff_person" else model.objects.all())
    found: list[int] = []
    assert everything, "nothing to compare: make one in tests/access/scene.py"

    for who, actor in ({**visitors.actors, "system": SYSTEM} if kind == "dossier" else visitors.actors).items():
        listed = set(model.objects.filter(registry.within(kind, actor, on=ON)))
        assert listed == {item for item in everything if registry.sees(kind, actor, _as_asked(kind, item), on=ON)}, who
        found.append(len(listed))
    assert min(found) == 0, "somebody sees none"
    assert max(found) > 0, "and somebody sees one"


def test_every_kind_with_a_rule_for_lists_is_compared_here():
    assert {kind.code for kind in registry.kinds().values() if kind.within} == set(MODELS)
    assert [kind.code for kind in registry.kinds().values() if kind.within and not kind.sees] == []


def test_can_asks_for_role_and_object(scene: Scene, visitors: Visitors):
    own = next(thing.dossier for thing in scene.things if thing.sort == "taken" and thing.side == "commune")
    foreign = next(thing.dossier for thing in scene.things if thing.sort == "taken" and thing.side == "other_commune")
    actor = visitors.actors["canbo"]

    assert registry.can(actor, "dossiers.see", own)
    assert not registry.can(actor, "dossiers.see", foreign)
    assert not registry.can(visitors.actors["huongdan"], "dossiers.see", own)
    assert registry.can(visitors.actors["thanhtra"], "dossiers.see", foreign)
    assert not registry.can(visitors.actors["thanhtra"], "dossiers.see", own)


def test_a_search_by_identity_or_code_finds_nothing_foreign(scene: Scene, visitors: Visitors):
    foreign = [thing for thing in scene.things if thing.side == "other_commune" and thing.dossier]

    for words in ("079191009555", "0909000555", foreign[0].words["code"], "Người Đã Nộp other"):
        found = dossiers.register(actor=visitors.actors["tiepnhan"], at=scene.world.now, text=words)
        assert found.rows == ()
        assert found.total == 0, "a count tells too"


def test_nobody_reaches_a_foreign_sample_or_order(scene: Scene, visitors: Visitors):
    drawn = next(thing for thing in scene.things if thing.sort == "sample")

    stranger = replace(visitors.actors["thanhtra"], orders=())
    with pytest.raises(NotFound):
        dossiers.sample(actor=stranger, public_id=drawn.words["sample"], at=scene.world.now)
