"""A limit that can be read in more than one way is promised by nobody before a person has settled it."""

from django.urls import reverse
from tests.world import NOW, World

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers.models import Dossier
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.models import TimeLimit


def _doubt(world: World) -> None:
    TimeLimit.objects.filter(version_id=world.choice().version_id).update(needs_review=True)
    procedures.forget_choices()


def test_the_desk_promises_no_date_and_the_receipt_holds_none(world, sign_in):
    _doubt(world)

    page = sign_in("tiepnhan").get(reverse("office:intake", args=[world.choice().offer.public_id])).content.decode()
    filed = world.take_in()

    assert "Thời hạn đã công bố có thể hiểu theo nhiều cách" in page
    assert Dossier.objects.get(pk=filed.dossier_id).due_at is None
    assert dossiers.receipt_data(dossier_id=filed.dossier_id, at=NOW).due_at is None


def test_a_settled_limit_is_promised_again(world):
    filed = world.take_in()

    assert dossiers.receipt_data(dossier_id=filed.dossier_id, at=NOW).due_at is not None
