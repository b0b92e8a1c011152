"""Colours stay readable, vendored files stay what they were, preferences stay within what is offered."""

import hashlib
from pathlib import Path

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory

from motcua.faces.design import brand, preferences

VENDOR = Path(__file__).parents[1] / "static/design/vendor"


def test_vendored_files_are_those_of_the_lock():
    listed = dict(reversed(line.split("  ")) for line in (VENDOR / "vendor.lock").read_text().splitlines())
    found = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.suffix in {".css", ".js", ".woff2"}
    }

    assert found == listed


def test_own_scripts_weigh_less_than_four_kilobytes_compressed():
    import gzip

    scripts = b"".join(path.read_bytes() for path in (VENDOR.parent / "js").glob("*.js"))

    assert len(gzip.compress(scripts, 9)) < 4096


def test_house_colours_are_readable():
    assert brand.unreadable({}) == []


def test_a_pale_brand_is_refused_naming_the_pair(settings):
    settings.MOTCUA_BRAND = {"colours": {"brand_700": "#88cccc"}}

    faults = brand.check_brand()

    assert any("brand_700" in str(fault.msg) for fault in faults)


def test_a_province_puts_its_own_name_and_colours(settings):
    settings.MOTCUA_BRAND = {"name": "Một cửa Tuyên Quang", "colours": {"accent": "#f2b84b"}}

    html = render_to_string("design/portal_base.html", {"CSP_NONCE": "n1"})

    assert "Một cửa Tuyên Quang" in html
    assert '<style nonce="n1">:root{--mc-accent:#f2b84b}</style>' in html


def test_preferences_ignore_what_is_not_offered():
    request = RequestFactory().get("/x", {"text": "lg", "contrast": "<script>"})
    response = preferences.remember(request, HttpResponse())

    later = RequestFactory().get("/y")
    later.COOKIES[preferences.COOKIE] = response.cookies[preferences.COOKIE].value

    assert preferences.preferences_of(later) == preferences.Preferences(text="lg")
