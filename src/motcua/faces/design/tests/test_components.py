"""Every component renders, and says what it must."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from motcua.faces.design import icons, marks
from motcua.faces.design.tests import specimen

TEMPLATES = Path(__file__).parents[1] / "templates"


@pytest.fixture
def guide() -> str:
    with translation.override("en"):
        return specimen.guide()


def test_each_tag_of_the_library_is_in_the_guide():
    source = specimen.GUIDE.read_text(encoding="utf-8")
    library = (TEMPLATES.parent / "templatetags/mc.py").read_text(encoding="utf-8")
    tags = re.findall(r'inclusion_tag\("[^"]+"[^)]*\)\ndef (\w+)|simple_block_tag\ndef (\w+)', library)

    missing = [
        name
        for pair in tags
        for name in pair
        if name and f"{{% {name} " not in source and f"{{% {name} %" not in source
    ]

    assert tags
    assert missing == []


def test_error_stands_above_its_input_and_is_spoken_with_it(guide):
    field = guide[guide.index('for="id_name"') :]

    assert field.index('id="id_name-e"') < field.index("<input")
    assert 'aria-describedby="id_name-h id_name-e"' in field
    assert 'aria-invalid="true"' in field


def test_summary_repeats_the_words_at_the_field_and_leads_there(guide):
    summary = guide[guide.index("mc-errorsum") : guide.index("<h1>")]

    assert 'href="#id_name"' in summary
    assert 'href="#id_case_0"' in summary
    assert "autofocus" in summary
    words = re.search(r'href="#id_name">([^<]+)<', summary).group(1)
    assert guide.count(words) == 2


def test_optional_fields_are_marked_and_required_ones_are_not(guide):
    assert guide.count("(optional)") == 2


def test_no_inline_style_and_no_inline_script_anywhere():
    faces = Path(__file__).parents[2]
    pages = list(faces.rglob("templates/**/*.html"))

    offenders = [
        page.name
        for page in pages
        if re.search(r'\sstyle="|<script(?![^>]*\ssrc=)|\son\w+="', page.read_text(encoding="utf-8"))
    ]

    assert pages
    assert offenders == []


def test_each_icon_named_in_a_template_exists():
    faces = Path(__file__).parents[2]
    known = set(icons.names())
    used = {
        name
        for page in faces.rglob("templates/**/*.html")
        for name in re.findall(r'{% icon "([^"]+)"', page.read_text(encoding="utf-8"))
    }

    assert used - known == set()
    assert {picture for _tone, picture, _words in marks.STATES.values()} <= known


@pytest.mark.parametrize(
    "page", sorted(p.stem for p in (TEMPLATES / "design/errors").glob("*.html") if p.stem != "base")
)
def test_error_page_renders_alone_with_its_request_id(page):
    html = render_to_string(f"design/errors/{page}.html", {"request_id": "r-123"})

    assert html.count("<h1>") == 1
    assert "r-123" in html


def test_office_page_renders_with_rail_hints_and_posts():
    rail = [
        {
            "title": "Việc của tôi",
            "entries": [{"label": "Quá hạn", "url": "#", "icon": "pause", "count": 3, "bad": True}],
        }
    ]

    html = render_to_string("design/office_base.html", {"rail": rail, "hints": [(["T"], "trình")], "place": "Phường"})

    assert 'class="n bad">3<' in html
    assert "<kbd>T</kbd>" in html
