"""Handing in from the first page to the number, by plain requests."""

from tests.world import BUSINESS, World

from motcua.casework.dossiers.models import Dossier, Draft
from motcua.faces.portal.tests.acting import Visitor


def test_from_the_start_to_the_number(visitor: Visitor, world: World) -> None:
    visitor.start()
    visitor.fill()

    check = visitor.get(visitor.url("apply_check"))
    assert check.status_code == 200
    assert "Cơm tấm Mỹ Duyên" in check.content.decode()

    answer = visitor.submit()
    assert answer.status_code == 302
    done = visitor.get(answer["Location"])
    dossier = Dossier.objects.get()
    assert done.status_code == 200
    assert dossier.intake_number in done.content.decode()
    assert dossier.competent_agency_id == world.units["commune"]
    assert Draft.objects.get().dossier_id == dossier.pk
