"""The packaged process: sound, drawn from its description, in force once."""

import json
from datetime import date

from tests.world import NOW, World

from motcua.casework.internal import selectors, services
from motcua.casework.internal.services.procedures import DATA, drawing, redrawn
from motcua.casework.procedures.selectors import check_schema
from motcua.casework.workflow.services import check

CODE = "legal_document"


def test_the_packaged_process_is_sound_and_drawn_from_its_description():
    assert drawing(CODE) == redrawn(CODE)
    assert check(drawing(CODE)) == []
    check_schema(json.loads((DATA / f"{CODE}.json").read_text(encoding="utf-8")))


def test_it_is_put_in_force_once(world: World):
    for new in (1, 0):
        assert services.load_packaged(decision_number="03", valid_from=date(2026, 1, 1), at=NOW) == new
    assert CODE in [item.code for item in selectors.procedures()]
