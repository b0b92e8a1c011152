"""The drawings to begin with: all are there, sound, as long as their source says, and the same when drawn again."""

from decimal import Decimal

import pytest

from motcua.casework.workflow import library, selectors
from motcua.casework.workflow.drawing import draw
from motcua.casework.workflow.rules import checked_process

CODES = [template.code for template in library.templates()]


def test_every_process_of_the_source_has_its_drawing() -> None:
    assert len(CODES) == 79 == len(set(CODES))
    assert {path.stem for path in library.FOLDER.glob("*.bpmn")} == set(CODES)


def test_every_drawing_could_be_published_and_is_as_long_as_its_source_says() -> None:
    for template in library.templates():
        graph, problems = checked_process(library.template(template.code))
        assert not problems, (template.code, problems)
        assert graph is not None
        if template.days is not None:
            assert selectors.longest_path(graph).hours == template.days * library.HOURS_A_DAY, template.code


def test_every_third_drawing_is_the_same_when_drawn_again() -> None:
    for code in CODES[::3]:
        assert draw(library.description(code)) == library.template(code)


def test_a_drawing_tells_its_days_only_when_every_step_has_them() -> None:
    days = {template.code: template.days for template in library.templates()}
    assert days["cap_giay_phep_xay_dung_nha_o_rieng_le"] == Decimal(15)
    assert days["cap_giay_gioi_thieu_di_chuyen_che_do_doi_voi"] is None


@pytest.mark.parametrize("code", ["../facts", "unknown", ""])
def test_nothing_but_the_library_is_read(code: str) -> None:
    with pytest.raises(KeyError):
        library.template(code)
