"""A visitor of the portal in tests: drafts filled in by requests, as a browser without JavaScript sends them."""

from typing import Any

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.world import BUSINESS, NOW, PASSWORD, World

from motcua.casework.documents.tests import samples
from motcua.foundation.organisations import selectors as organisations

PERSON = {
    "hand_in": "self", "people": "1", "p0-kind": "citizen", "p0-full_name": "Trần Thị Mỹ Duyên",
    "p0-identity": "0891 8700 4127", "p0-phone": "+84 913 000 128", "p0-email": "duyen@example.vn",
    "p0-address": "128/5 Lý Thái Tổ, phường Long Xuyên",
}  # fmt: skip
ANSWERS = {"ten_ho": "Cơm tấm Mỹ Duyên", "von": "50.000.000", "nganh": "5610"}


def pdf(name: str = "giay-de-nghi.pdf") -> SimpleUploadedFile:
    """Return a small sound PDF."""
    return SimpleUploadedFile(name, samples.pdf(), content_type="application/pdf")


def public_id_of(world: World, unit: str) -> str:
    """Return the public id of a unit of the world."""
    return organisations.directory(on=world.now.date()).agencies[world.units[unit]].public_id


class Visitor:
    """One browser with its session."""

    def __init__(self, world: World, at: Any = NOW, username: str = "") -> None:
        self.world, self.at, self.client = world, at, Client()
        self.draft = ""
        if username:
            assert self.client.login(username=username, password=PASSWORD)

    def get(self, path: str, **data: Any) -> Any:
        """Ask for a page."""
        with time_machine.travel(self.at, tick=False):
            return self.client.get(path, data)

    def post(self, path: str, **data: Any) -> Any:
        """Send a form."""
        with time_machine.travel(self.at, tick=False):
            return self.client.post(path, data)

    def url(self, name: str, **more: Any) -> str:
        """Return the address of a page of the draft."""
        return reverse(f"portal:{name}", kwargs={"draft": self.draft, **more})

    def start(self, code: str = BUSINESS) -> Any:
        """Begin a draft in the commune."""
        place = public_id_of(self.world, "commune")
        case = self.world.choice(code).cases[0].id
        answer = self.post(f"{reverse('portal:apply_start', args=[code])}?noi={place}", case=case)
        assert answer.status_code == 302, answer.status_code
        self.draft = answer["Location"].split("/nhap/")[1].split("/")[0]
        return answer

    def fill(self) -> None:
        """Fill in every page up to the check."""
        assert self.post(self.url("apply_who"), **PERSON).status_code == 302
        assert self.post(self.url("apply_form", section="ho-kinh-doanh"), **ANSWERS).status_code == 302
        assert self.post(self.url("apply_papers"), **{self.paper(): pdf()}).status_code == 302
        assert self.post(self.url("apply_delivery"), delivery="desk").status_code == 302

    def paper(self, place: int = 0, code: str = BUSINESS) -> str:
        """Return the name of the file input of a paper."""
        return f"giay-{self.world.choice(code).cases[0].submit[place].id}"

    def submit(self) -> Any:
        """Press the last button."""
        return self.post(self.url("apply_check"), declared="on")
