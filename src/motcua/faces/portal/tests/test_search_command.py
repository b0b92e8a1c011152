"""`motcua search` prints the portal's list."""

import html
import json
import re
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from tests.world import NOW, make_world

pytestmark = pytest.mark.django_db


def printed(*arguments: str) -> tuple[str, str]:
    out, beside = StringIO(), StringIO()
    call_command("search", *arguments, stdout=out, stderr=beside)
    return out.getvalue(), beside.getvalue()


def test_the_command_prints_exactly_the_list_of_the_portal(client):
    make_world()
    with time_machine.travel(NOW, tick=False):
        for text in ("khai sinh", "ho kih doanh", "", "qwerty zxcvb"):
            page = html.unescape(client.get("/thu-tuc/", {"q": text}).content.decode())
            words = re.sub(r"</?mark>", "", page)
            shown = re.findall(r"mc-card mc-proc.*?/thu-tuc/([0-9.]+)/", page, re.S)
            lines = json.loads(printed("--json", text)[0])
            plain, beside = printed(text)

            assert [line["code"] for line in lines] == shown
            assert all(set(line) == {"code", "name"} and line["name"] in words for line in lines)
            assert plain.splitlines() == [f"{line['code']}  {line['name']}" for line in lines]
            assert ("No procedure fits." in beside) == (not lines)

    assert len(shown) == 0


def test_a_page_beyond_the_portal_s_is_refused():
    with pytest.raises(CommandError):
        printed("--page", "0", "khai sinh")
