"""Signing and numbering: ink recorded by the clerk, certified copies, no result without or with two numbers."""

from datetime import timedelta

import pytest
from tests.world import CERTIFICATION, World

from motcua.casework.dossiers.models import BookLine, Dossier, Result
from motcua.casework.dossiers.types import (
    CertifiedItem,
    ResultIssued,
    ResultMissing,
    SignatureInput,
    State,
)
from motcua.foundation.core.types import Invalid, NotAllowed


def row(filed) -> Dossier:
    return Dossier.objects.get(pk=filed.dossier_id)


def test_clerk_records_ink_with_signer_time_and_scan(world: World) -> None:
    filed = world.take_in(code=CERTIFICATION)
    signed_at = world.now + timedelta(hours=1)
    with pytest.raises(NotAllowed):
        world.step(filed, "sign", by="canbo", signature=SignatureInput(how="paper", signer_name="A"))

    clerk = {"by": "vanthu"}
    with pytest.raises((Invalid, NotAllowed)):
        world.step(filed, "sign", **clerk, signature=SignatureInput(how="paper", signer_name=""))
    world.step(
        filed,
        "sign",
        by="lanhdao",
        at=signed_at,
        signature=SignatureInput(how="paper", signer_name="Trần Văn Lợi", capacity="KT.", signed_at=signed_at),
    )

    result = Result.objects.get(dossier_id=filed.dossier_id)
    assert (result.signed_how, result.capacity, result.signed_at) == ("paper", "KT.", signed_at)


def test_clerk_does_not_return_in_the_leaders_name(world: World) -> None:
    filed = world.take_in()
    world.lead_to(filed, "sign")
    ink = SignatureInput(how="paper", signer_name="Trần Văn Lợi", signed_at=world.now)

    with pytest.raises(NotAllowed):
        world.step(filed, "return", by="vanthu", note="Ghi rõ", signature=ink)

    assert [task.act for task in world.tasks(filed)] == ["sign"]


def test_certified_copies_get_one_number_an_original(world: World) -> None:
    items = tuple(CertifiedItem(description=f"Giấy {n}", pages=n, copies=n + 4) for n in (1, 2, 3))
    filed = world.take_in(code=CERTIFICATION, certified=items)
    assert row(filed).fee_vnd == 5 * 2000 + 6 * 4000 + 7 * 5000

    world.step(filed, "sign", by="lanhdao")
    world.step(filed, "issued", by="vanthu")

    dossier = row(filed)
    numbers = list(dossier.certified_originals.order_by("ordinal").values_list("number", flat=True))
    assert numbers == ["1/SCT-BS", "2/SCT-BS", "3/SCT-BS"]
    assert BookLine.objects.filter(dossier=dossier).count() == 3


def test_result_does_not_reach_the_desk_without_a_number(world: World) -> None:
    filed = world.take_in()
    world.lead_to(filed, "to_desk")
    Result.objects.filter(dossier_id=filed.dossier_id).update(number="", issued_at=None)

    with pytest.raises(ResultMissing):
        world.step(filed, "brought", by="vanthu")

    assert row(filed).state == State.IN_PROCESS


def test_numbered_result_is_not_signed_anew(world: World) -> None:
    filed = world.take_in()
    task = world.lead_to(filed, "sign")
    Result.objects.create(
        dossier_id=filed.dossier_id, title="Giấy phép", signed_how="digital", signer_name="A", signed_at=world.now,
        number="7/KQ", issued_at=world.now,
    )  # fmt: skip

    with pytest.raises(ResultIssued):
        world.step(filed, "sign", by="lanhdao")

    assert world.tasks(filed)[0].public_id == task.public_id
    assert Result.objects.get(dossier_id=filed.dossier_id).number == "7/KQ"
