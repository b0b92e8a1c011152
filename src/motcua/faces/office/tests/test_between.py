"""A dossier between agencies in the office: what others do for it, whom it is for, a call that could not be opened."""

from django.urls import reverse
from tests.world import CERTIFICATION, NOW

from motcua.casework.dossiers import services
from motcua.casework.dossiers.models import ChildDossier, Dossier
from motcua.casework.dossiers.tests.test_children import file_parent, grant, open_calls, refuse
from motcua.casework.procedures import selectors as procedures
from motcua.casework.procedures.models import Offer


def page_of(client, dossier_id):
    public_id = Dossier.objects.values_list("public_id", flat=True).get(pk=dossier_id)
    return client.get(reverse("office:dossier", args=[public_id])).content.decode()


def test_both_sides_see_each_other_and_a_result_shows_at_once(sign_in, world):
    parent = file_parent(world)
    first, second = open_calls()
    client = sign_in("canbo")
    page = page_of(client, parent.dossier_id)
    for child in Dossier.objects.filter(pk__in=(first, second)):
        assert child.intake_number in page
        assert reverse("office:dossier", args=[child.public_id]) in page
    assert parent.code in page_of(sign_in("tiepnhan"), first)
    assert "Trung tâm" in page

    grant(world, second)
    refuse(world, first)
    page = page_of(client, parent.dossier_id)
    link = ChildDossier.objects.get(child_id=second)
    assert link.result_number == ""
    result = Dossier.objects.get(pk=second).result
    assert result.number in page
    address = reverse("office:file", args=[parent.public_id, result.file.public_id])
    assert address in page
    assert client.get(address).status_code == 200
    services.answer_parent(child_id=first, at=NOW)
    services.answer_parent(child_id=second, at=NOW)
    assert f"kết quả số {result.number}" in page_of(client, parent.dossier_id)
    assert client.get(address).status_code == 200


def test_queries_do_not_grow_with_the_agencies_called(sign_in, world, assert_flat_queries):
    parent = file_parent(world)
    open_calls()
    links = list(ChildDossier.objects.order_by("pk"))
    ChildDossier.objects.filter(pk=links[1].pk).update(parent_id=links[0].child_id)
    client = sign_in("canbo")

    def grow(count):
        if count > 1:
            ChildDossier.objects.filter(pk=links[1].pk).update(parent_id=parent.dossier_id)

    assert_flat_queries(lambda: page_of(client, parent.dossier_id), grow=grow, rows=(1, 3), at_most=90)


def test_a_call_that_could_not_be_opened_is_said_and_tried_again(sign_in, world):
    offers = Offer.objects.filter(procedure__code=CERTIFICATION)
    offers.update(process_code="chua_co")
    parent = file_parent(world)
    open_calls()
    task = world.tasks(parent)[0]
    client, url = sign_in("canbo"), reverse("office:task", args=[world.tasks(parent)[0].public_id])
    again = reverse("office:task-retry", args=[task.public_id])
    page = client.get(url).content.decode()
    assert again in page
    assert "chưa có quy trình" in page
    assert "vẫn chưa" in client.post(again, follow=True).content.decode()

    offers.update(process_code="chung_thuc")
    procedures.forget_choices()
    client.post(again)
    page = client.post(again, follow=True).content.decode()

    assert again not in page
    assert Dossier.objects.exclude(pk=parent.dossier_id).count() == 1
