"""Leaks that were found by looking: each has its test."""

from dataclasses import replace

import pytest
from django.urls import reverse

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.models import AccessLog
from tests.access.scene import Scene
from tests.access.visiting import Visitors
from tests.world import CERTIFICATION


def _readings(scene: Scene, thing) -> list[tuple[str, str]]:
    return list(AccessLog.objects.filter(dossier_id=thing.dossier.pk).order_by("pk").values_list("what", "purpose"))


def test_a_post_that_stands_apart_opens_no_list_of_its_agency(scene: Scene, visitors: Visitors):
    """A guide, or a postal receptionist, in one commune who is also an officer elsewhere saw its certified copies."""
    scene.world.take_in(code=CERTIFICATION)
    foreign = visitors.actors["xa.tiepnhan"]
    both = replace(foreign, posts=(*foreign.posts, *visitors.actors["huongdan"].posts))

    assert dossiers.certifications(actor=visitors.actors["tiepnhan"])
    assert dossiers.certifications(actor=both) == ()
    assert not dossiers.extensions_decided(actor=both)


def test_a_dossier_that_an_agency_helped_with_stands_in_its_lists_too(scene: Scene, visitors: Visitors):
    """One object and the list disagreed about the helping agency."""
    thing = next(item for item in scene.things if item.sort == "taken" and item.side == "other_commune")
    thing.dossier.helping_agency_id = scene.world.units["commune"]
    thing.dossier.save(update_fields=["helping_agency"])

    found = dossiers.register(actor=visitors.actors["canbo"], at=scene.world.now, text=thing.words["code"])
    assert [row.code for row in found.rows] == [thing.words["code"]]

    thing.dossier.helping_agency_id = None
    thing.dossier.save(update_fields=["helping_agency"])


@pytest.mark.parametrize(
    ("name", "args", "what"),
    [
        ("office:file-page", ("dossier", "file", 1), "file"),
        ("office:paper", ("dossier", "control"), "paper"),
        ("office:taken-in", ("dossier",), "dossier"),
        ("office:dossier-process", ("dossier",), "dossier"),
        ("office:ledger", ("dossier",), "dossier"),
    ],
)
def test_no_page_of_a_dossier_is_read_unseen(name: str, args: tuple, what: str, scene: Scene, visitors: Visitors):
    """Pages of a file, printed papers, the receipt's page and the process were opened without a trace."""
    thing = next(item for item in scene.things if item.sort == "taken" and item.side == "commune")
    who = {"office:dossier-process": "canbo", "office:ledger": "truongphong"}.get(
        name, "tiepnhan"
    )  # twice in ten minutes is one reading
    client = visitors.clients[who]
    client.cookies = visitors.cookies[who].copy()
    before = len(_readings(scene, thing))

    client.get(reverse(name, args=[thing.words.get(word, word) for word in args]))

    assert [row[0] for row in _readings(scene, thing)[before:]] == [what]


def test_taking_people_over_from_a_dossier_is_a_reading(scene: Scene, visitors: Visitors):
    """`?same=` filled the form with the people of another dossier and left no trace."""
    thing = next(item for item in scene.things if item.sort == "filing" and item.side == "commune")
    client = visitors.clients["tiepnhan"]
    client.cookies = visitors.cookies["tiepnhan"].copy()

    client.get(reverse("office:intake", args=[scene.shared["offer"]]), {"same": thing.words["dossier"]})

    assert _readings(scene, thing)[-1] == ("lookup", "lookup")


def test_pages_of_one_file_are_one_reading(scene: Scene, visitors: Visitors):
    thing = next(item for item in scene.things if item.sort == "ready")
    client = visitors.clients["tiepnhan"]
    client.cookies = visitors.cookies["tiepnhan"].copy()
    for _page in range(3):
        client.get(reverse("office:file", args=[thing.words["dossier"], thing.words["file"]]))

    assert len([row for row in _readings(scene, thing) if row[0] == "file"]) == 1
