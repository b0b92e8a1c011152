"""The whole loader: it says what it does, and does it once."""

from datetime import date
from functools import partial
from io import StringIO

import pytest
from django.core.management import call_command

from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.models import CaseComponent, Offer, ProcedureVersion
from motcua.casework.workflow.models import ProcessVersion
from motcua.demonstration import pairing, processes
from motcua.foundation.organisations import selectors as organisations

ON = date(2026, 11, 2)


@pytest.mark.django_db
def test_loading_twice_changes_nothing_the_second_time(small_province, tmp_path):
    for force in (False, True):  # the second time as if the package had changed
        out = StringIO()
        call_command("load_demonstration", accounts_file=tmp_path / "accounts.json", force=force, stdout=out)

    assert "0 published" in out.getvalue()
    assert "0 new" in out.getvalue()
    assert "0 turns, 0 downtime" in out.getvalue()
    assert ProcedureVersion.objects.count() >= 300
    assert ProcessVersion.objects.count() == 13
    assert not CaseComponent.objects.filter(
        case__version__procedure__code__in=list(pairing.paired_procedures()), is_confirmed=False
    ).exists()
    _check_offers()
    _check_second_start_is_quick(tmp_path)


def _check_second_start_is_quick(folder) -> None:
    out = StringIO()
    call_command("load_demonstration", accounts_file=folder / "accounts.json", stdout=out)

    assert out.getvalue() == "The demonstration province is loaded as packaged.\n"


def _check_offers() -> None:
    listing = organisations.directory(on=ON)
    branch = procedures.offer_for(code="1.013980", agency_id=listing.by_code["H01.17.08"], on=ON)
    ward = procedures.offer_for(code="2.000815", agency_id=listing.by_code["H01.155"], on=ON)
    limit = procedures.intake_choice(
        procedures.offer_for(code="1.013225", agency_id=listing.by_code["H01.155"], on=ON).id, on=ON
    ).limits[0]

    assert branch.process_code == "land_change"
    assert (ward.agency_id, ward.quick_form) == (None, "certification")
    assert (limit.value, limit.statutory_value) == (7, 10)
    assert Offer.objects.count() == sum(len(item.procedures) * len(item.agency_codes()) for item in pairing.pairings())


@pytest.mark.django_db
def test_a_changed_package_goes_in_force_from_today(small_province, few_procedures, tmp_path, monkeypatch):
    load = partial(call_command, "load_demonstration", accounts_file=tmp_path / "accounts.json", force=True)
    load(stdout=StringIO())
    packaged_drawing = processes.drawing
    monkeypatch.setattr(processes, "drawing", lambda code: packaged_drawing(code).replace(b'hours="8"', b'hours="9"'))

    for _time in range(2):
        load(stdout=StringIO())

    versions = ProcessVersion.objects.filter(definition__code="funeral_support", state="published").order_by("number")
    assert [version.number for version in versions] == [1, 2]
    assert versions[0].valid.upper == versions[1].valid.lower
