"""Tries at the second factor are counted for the dossier, whichever of its two codes is typed, and per address."""

from django.test import Client
from django.urls import reverse
from tests.world import NOW, World

from motcua.casework.dossiers import services
from motcua.casework.dossiers.models import Dossier

PROVE = reverse("portal:track_prove")


def _try(code: str, *, address: str = "10.0.0.1") -> int:
    return Client(REMOTE_ADDR=address).post(PROVE, {"code": code, "number": "0999999999"}).status_code


def test_two_codes_of_one_dossier_share_their_tries(world: World, settings):
    settings.MOTCUA_TRACKING_ATTEMPTS_PER_CODE = 3
    filed = world.file_online()
    services.accept_filing(dossier_id=filed.dossier_id, actor=world.actor("tiepnhan"), at=NOW)
    row = Dossier.objects.get(pk=filed.dossier_id)

    answers = [_try(row.intake_number), _try(row.code), _try(row.intake_number.lower()), _try(row.code)]

    assert answers == [404, 404, 404, 429]
    assert _try(row.intake_number, address="10.0.0.2") == 429


def test_another_dossier_is_counted_apart_and_an_address_over_all(world: World, settings):
    settings.MOTCUA_TRACKING_ATTEMPTS_PER_CODE, settings.MOTCUA_TRACKING_ATTEMPTS_PER_ADDRESS = 2, 3
    first, second = world.take_in(), world.take_in()

    assert [_try(first.code), _try(first.code), _try(second.code), _try(second.code)] == [404, 404, 404, 429]
    assert _try(second.code, address="10.0.0.3") == 404
