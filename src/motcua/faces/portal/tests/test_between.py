"""What other agencies do for a dossier, told to its party: one silent agency hides nobody's result."""

from django.urls import reverse
from tests.world import NOW, World

from motcua.casework.dossiers import services
from motcua.casework.dossiers.models import Dossier
from motcua.casework.dossiers.tests.test_children import file_parent, grant, open_calls
from motcua.faces.portal.tests.acting import Visitor
from motcua.faces.portal.tests.test_follow import proved


def test_each_agency_is_told_with_its_date_lateness_and_result(visitor: Visitor, world: World) -> None:
    parent = file_parent(world)
    silent, quick = open_calls()
    grant(world, quick)
    services.accept_filing(dossier_id=silent, actor=world.actor("tiepnhan"), at=NOW)
    Dossier.objects.filter(pk=silent).update(due_at=NOW.replace(day=20))

    page = visitor.get(proved(visitor, parent.code)).content.decode()

    result = Dossier.objects.get(pk=quick).result
    assert result.number in page
    assert Dossier.objects.get(pk=silent).code in page
    assert "Chậm trễ là của riêng cơ quan này" in page
    address = reverse("portal:dossier_file", args=[parent.public_id, result.file.public_id])
    assert address in page
    assert visitor.get(address).status_code == 200
