"""The two forms of a scope are one: whoever sees an object finds it in lists, and nobody else does."""

from dataclasses import replace

import pytest

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.models import Dossier
from motcua.foundation.accounts import registry
from motcua.foundation.accounts.models import InspectionOrder
from motcua.foundation.accounts.types import SYSTEM
from motcua.foundation.core.types import NotFound
from motcua.insight.simplification.models import Proposal
from tests.access.scene import Scene
from tests.access.visiting import Visitors

MODELS = {"dossier": Dossier, "inspection_order": InspectionOrder, "review_proposal": Proposal}


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_one_object_and_a_list_follow_the_same_rule(kind: str, scene: Scene, visitors: Visitors):
    rule, model = registry.kinds()[kind], MODELS[kind]
    everything = list(model.objects.all())

    for who, actor in {**visitors.actors, "system": SYSTEM}.items():
        if kind == "inspection_order" and who == "system":
            continue
        listed = set(model.objects.filter(registry.within(kind, actor)))
        assert listed == {item for item in everything if rule.sees(actor, item)}, who


def test_a_kind_with_a_rule_for_lists_has_one_for_one_and_is_compared_here():
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
