"""Drafts, publishing, validity, and what the database guards."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from motcua.casework.workflow import selectors, services
from motcua.casework.workflow.models import ProcessVersion
from motcua.casework.workflow.tests.drawings import drawn, permit
from motcua.casework.workflow.tests.stage import AT, OFFICER, published, started
from motcua.casework.workflow.types import (
    ProcessNotSound,
    ValidityTaken,
    VersionNotFound,
    VersionNotPublished,
    VersionPublished,
    VersionState,
)

pytestmark = pytest.mark.django_db


def draft(xml=None, code="permit"):
    return services.save_draft(code=code, name="Cấp phép", name_en="Permit", xml=xml or permit(), at=AT)


def publish(version, valid_from=date(2026, 1, 1), **more):
    more = {"decision_number": "02/QĐ-UBND"} | more
    return services.publish(version_id=version, actor_person_id=OFFICER, at=AT, valid_from=valid_from, **more)


def test_published_version_keeps_the_file_byte_for_byte():
    version = publish(draft(), decision_number="12/QĐ-UBND", decision_on=date(2025, 12, 30), signer="Chủ tịch")

    row = ProcessVersion.objects.get(pk=version)
    assert bytes(row.xml) == permit()
    assert (row.state, row.number, row.published_by, row.format_number) == (VersionState.PUBLISHED, 1, OFFICER, 1)
    assert row.graph_hash == selectors.graph(version).hash
    card = selectors.version_card(version)
    assert (card.code, card.name_en) == ("permit", "Permit")
    assert (card.decision_number, card.signer) == ("12/QĐ-UBND", "Chủ tịch")
    assert (card.valid_from, card.valid_until) == (date(2026, 1, 1), None)


def test_draft_is_replaced_until_it_is_published():
    first = draft(b"<not even xml")

    assert draft() == first
    publish(first)
    assert draft() != first
    with pytest.raises(VersionPublished):
        publish(first)


def test_version_in_force_changes_on_its_day():
    one = published()
    two = publish(draft(), valid_from=date(2026, 3, 1))

    assert selectors.published_version("permit", on=date(2025, 12, 31)) is None
    assert selectors.published_version("permit", on=date(2026, 2, 28)) == one
    assert selectors.published_version("permit", on=date(2026, 3, 1)) == two
    assert selectors.published_version("unknown", on=date(2026, 3, 1)) is None
    three = draft()
    with pytest.raises(ValidityTaken, match="01/03/2026"):
        publish(three, valid_from=date(2026, 3, 1))


def test_unsound_process_is_never_published():
    version = draft(drawn(["start -> T1 -> T2 -> T3 -> T2"]))

    with pytest.raises(ProcessNotSound) as refused:
        publish(version)

    assert {problem.code for problem in refused.value.problems} == {"end-unreachable"}
    assert set(refused.value.fields) == {"T1", "T2", "T3"}
    assert ProcessVersion.objects.get().state == VersionState.DRAFT


def test_unknown_versions_are_not_found():
    for act in (
        lambda: publish(10**12),
        lambda: selectors.graph(10**12),
        lambda: selectors.version_card(10**12),
        lambda: selectors.picture(10**12),
    ):
        with pytest.raises(VersionNotFound):
            act()


def test_draft_can_be_looked_at_but_not_compiled_when_broken():
    with pytest.raises(ProcessNotSound):
        selectors.graph(draft(b"<broken"))


@pytest.mark.parametrize(
    "change", [{"xml": b"<other/>"}, {"sha256": "0"}, {"graph_hash": "0"}, {"number": 9}, {"signer": "khác"}]
)
def test_database_keeps_published_versions_as_they_are(change):
    version = published()

    with pytest.raises(IntegrityError, match="immutable"), transaction.atomic():
        ProcessVersion.objects.filter(pk=version).update(**change)
    with pytest.raises(IntegrityError, match="immutable"), transaction.atomic():
        ProcessVersion.objects.filter(pk=version).delete()


def test_recompiled_versions_run_as_they_were_published():
    published()

    assert selectors.versions_that_changed() == []


def test_a_draft_starts_no_run():
    version = draft()

    with pytest.raises(VersionNotPublished):
        started(version)
    publish(version)
    assert started(version).opened
