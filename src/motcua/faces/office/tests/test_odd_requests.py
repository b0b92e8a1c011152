"""Addresses that nobody was given, names in headers, and people's names at rest."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.urls import reverse
from tests.world import CERTIFICATION, World

from motcua.casework.dossiers.models import Dossier
from motcua.faces.design.templatetags.mc import other_language_url

ODD = ("²", "1_²", "1e400_1", "9" * 30 + "_1", "99999999999999_1", "2026-11-23_x", "%00", "9" * 25)


@pytest.mark.parametrize("after", ODD)
@pytest.mark.parametrize("page", ["home", "inbox", "results", "register", "figures"])
def test_a_made_up_place_in_a_list_is_no_error(world: World, sign_in: Callable[[str], Client], page: str, after: str):
    client = sign_in("tiepnhan")

    answer = client.get(reverse(f"office:{page}"), {"after": after, "agency": after, "page": after})

    assert answer.status_code == 200


def test_an_export_is_named_in_any_language(world: World, sign_in: Callable[[str], Client]):
    answer = sign_in("tiepnhan").get(reverse("office:register-export", args=["csv"]))

    assert answer["Content-Disposition"].startswith("attachment; filename")


def test_the_outcome_of_a_batch_names_nobody_in_the_session(world: World, sign_in: Callable[[str], Client]):
    filed = world.take_in(code=CERTIFICATION, name="Nguyễn Thị Ngọc Ánh")
    leader, url = sign_in("lanhdao"), reverse("office:certification-batch")

    leader.post(url, {"how": "digital", "pick": [str(filed.public_id)]})

    kept = Session.objects.get(pk=leader.session.session_key).get_decoded()
    assert "batch" in kept
    assert "Ánh" not in str(kept)
    assert "Nguyễn Thị Ngọc Ánh" in leader.get(url).content.decode()


def test_support_sees_no_name_of_a_party(world: World):
    filed = world.take_in(name="Nguyễn Thị Ngọc Ánh", summary="Của bà Ngọc Ánh")
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("support", "correct-horse-9"))

    answer = client.get(f"/support/dossiers/dossier/{filed.dossier_id}/change/")

    assert answer.status_code == 200
    assert Dossier.objects.get().code in answer.content.decode()
    assert "Ánh" not in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/en//evil.example/", "/evil.example/"),
        ("//evil.example/", "/en/evil.example/"),
        ("/en/", "/"),
        ("/tra-cuu/?ma=1", "/en/tra-cuu/?ma=1"),
    ],
)
def test_the_other_language_never_leads_elsewhere(path: str, other: str):
    request = RequestFactory().get("/")
    request.path = request.path_info = path.partition("?")[0]
    request.META["QUERY_STRING"] = path.partition("?")[2]

    assert other_language_url({"request": request}) == other
