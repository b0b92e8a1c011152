"""A guide at a kiosk helps to hand in and is never the applicant; the next citizen finds nothing of the one before."""

import pytest
from django.urls import reverse
from tests.world import NOW, World

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.models import Dossier, JournalEntry, Party
from motcua.casework.dossiers.types import HelperIsApplicant
from motcua.faces.portal.tests.acting import Visitor
from motcua.foundation.accounts.models import Person
from motcua.foundation.core import personal_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def kiosk(world: World) -> Visitor:
    return Visitor(world, username="huongdan")


def hand_in(kiosk: Visitor) -> Dossier:
    kiosk.start()
    kiosk.fill()
    assert kiosk.submit().status_code == 302
    return Dossier.objects.latest("pk")


def test_the_citizen_is_the_applicant_and_the_guide_the_helper(world: World, kiosk: Visitor):
    kiosk.start()
    kiosk.fill()
    assert "Quách Bảo Ngân" in kiosk.get(kiosk.url("apply_check")).content.decode()
    kiosk.submit()
    dossier = Dossier.objects.get()

    assert dossier.citizen_id is None
    names = set(Party.objects.filter(dossier=dossier).values_list("role", flat=True))
    assert names == {"applicant"}, "the guide is no party, not even who hands in"
    facts = JournalEntry.objects.get(dossier_id=dossier.pk, act="filed").facts
    assert (facts["helper"], facts["helper_post"]) == (world.people["huongdan"], world.posts["huongdan"][0])
    view = dossiers.dossier_view(actor=world.actor("tiepnhan"), public_id=dossier.public_id, at=NOW)
    filed = next(item for item in view.timeline if item.kind == "filed")
    assert filed.outcome == "Có Quách Bảo Ngân, người hướng dẫn tại ki-ốt, hỗ trợ"


def test_the_guide_sees_nothing_of_it_in_the_office_and_the_next_citizen_nothing_at_the_kiosk(kiosk: Visitor):
    dossier = hand_in(kiosk)
    own = reverse("portal:dossier", args=[dossier.public_id])
    assert kiosk.get(reverse("office:dossier", args=[dossier.public_id])).status_code == 403
    assert kiosk.get(own).status_code == 200, "the number and what comes next are read to the citizen"

    kiosk.start()

    assert kiosk.get(own).status_code == 404


def test_a_guide_hands_nothing_in_for_themselves(world: World, kiosk: Visitor):
    own = personal_data.encrypt("089187004127", purpose="person.identity")
    Person.objects.filter(pk=world.people["huongdan"]).update(identity_cipher=own)
    kiosk.start()
    kiosk.fill()

    answer = kiosk.submit()

    assert answer.status_code == 409
    assert str(HelperIsApplicant()) in answer.content.decode()
    assert not Dossier.objects.exists()


def test_other_staff_at_the_portal_are_nobody(world: World):
    dossier = hand_in(Visitor(world, username="canbo"))

    assert "helper" not in JournalEntry.objects.get(dossier_id=dossier.pk, act="filed").facts
