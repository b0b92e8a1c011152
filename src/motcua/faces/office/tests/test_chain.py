"""From the counter to the result through the pages, as people click."""

import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from tests.world import World


def _hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page).group(1)


def _task_url(client: Client) -> str:
    page = client.get(reverse("office:home")).content.decode()
    return re.search(r'href="(/office/tasks/[^"]+)"', page).group(1)


def test_a_dossier_goes_from_the_counter_to_its_result(world: World, sign_in: Callable[[str], Client]):
    desk = sign_in("tiepnhan")
    offer = world.choice().offer.public_id
    page = desk.get(reverse("office:intake", args=[offer])).content.decode()
    papers = re.findall(r'name="(c\d+)-shown"', page)
    data = {
        "key": _hidden(page, "key"), "people": "1", "case_id": _hidden(page, "case_id"),
        "competent": world.units["commune"], "channel": "counter", "delivery": "desk", "p0-full_name": "Lâm Sà Rây",
        "p0-phone": "0913 000 128", "p0-role": "applicant", "p0-kind": "citizen", "take_in": "1",
        f"{papers[0]}-taken": "on", f"{papers[0]}-originals": "1",
    } | {f"{paper}-shown": "1" for paper in papers}  # fmt: skip

    answer = desk.post(reverse("office:intake", args=[offer]), data)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    again = desk.post(reverse("office:intake", args=[offer]), data)
    assert again.url == answer.url
    receipt = desk.get(answer.url).content.decode()
    assert "T01.34-261123-0001" in receipt

    officer = sign_in("canbo")
    url = _task_url(officer)
    assert officer.get(url).status_code == 200
    assert officer.post(f"{url}do/", {"outcome": "enough"}).status_code == 302
    for name, data in (
        ("truongphong", {"outcome": "agreed"}),
        ("lanhdao", {"outcome": "sign", "how": "digital", "capacity": "KT."}),
        ("vanthu", {"outcome": "issued"}),
        ("vanthu", {"outcome": "brought"}),
        ("tiepnhan", {"outcome": "returned", "recipient_name": "Lâm Sà Rây"}),
    ):
        client = sign_in(name)
        url = _task_url(client)
        page = client.get(f"{url}?outcome={data['outcome']}")
        assert page.status_code == 200
        done = client.post(f"{url}do/", data)
        assert done.status_code == 302, done.content.decode()
    page = desk.get(reverse("office:find"), {"q": "T01.34-261123-0001"}, follow=True)
    assert "Lâm Sà Rây" in page.content.decode()
