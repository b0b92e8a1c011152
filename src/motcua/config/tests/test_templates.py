"""Constant tags of templates are written out per language; everything else is drawn as ever."""

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from motcua.config.templates import written_out


def drawn(source: str, language: str) -> str:
    with translation.override(language):
        return engines["django"].from_string(source).render({"name": "<b>"})


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "source",
    [
        '{% trans "Sign out" %}',
        "{% translate 'Sign out' %}",
        '{% load mc %}{% icon "x" %} {{ name }}',
        '<link href="{% static "design/css/office.css" %}">',
        '{% trans "Sign out" as words %}{{ words }}',
        '{% trans "A sentence of 5% that nobody translated" %}',
        "{% language 'en' %}{% trans \"Sign out\" %}{% endlanguage %}",
    ],
)
def test_what_is_written_out_is_what_the_tags_draw(language, source):
    with translation.override(language):
        folded = written_out(source)

    assert drawn(folded, language) == drawn(source, language)


def test_literals_are_gone_from_the_source():
    with translation.override("vi"):
        assert written_out('{% trans "Sign out" %}') == "Đăng xuất"


def test_one_template_speaks_both_languages():
    pages = []
    for language in ("vi", "en", "vi"):
        with translation.override(language):
            pages.append(render_to_string("design/errors/404.html", {"title": "", "request_id": ""}))

    assert pages[0] == pages[2] != pages[1]


@pytest.mark.parametrize("name", ["portal:search", "office:login"])
def test_an_address_without_arguments_is_that_of_the_language(name):
    page = engines["django"].from_string(f'{{% url "{name}" as x %}}{{{{ x }}}} {{% url "{name}" %}}')

    for language in ("vi", "en", "vi"):
        with translation.override(language):
            assert page.render() == f"{reverse(name)} {reverse(name)}"


def test_an_address_that_is_not_there_is_empty_or_an_error():
    assert engines["django"].from_string('{% url "nobody" as x %}[{{ x }}]').render() == "[]"
    with pytest.raises(NoReverseMatch):
        engines["django"].from_string('{% url "nobody" %}').render()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_part_is_drawn_in_the_context_of_its_place(language):
    source = '{% load mc %}{% for n in "ab" %}{% include "design/parts/mark.html" with x=n %}[{{ x }}]{% endfor %}'
    with translation.override(language):
        mark = render_to_string("design/parts/mark.html")

        assert engines["django"].from_string(source).render() == f"{mark}[]{mark}[]"
