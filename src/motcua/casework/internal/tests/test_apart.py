"""Internal work is no dossier's: no list, count or figure of dossiers ever holds it."""

from collections.abc import Callable
from datetime import timedelta

from tests.world import NOW, World

from motcua.casework.dossiers import selectors as dossiers
from motcua.casework.dossiers import services as dossier_services
from motcua.casework.internal import selectors
from motcua.casework.internal.models import InternalCase
from motcua.casework.internal.tests.stage import start, step
from motcua.casework.workflow import selectors as workflow
from motcua.casework.workflow.models import Timer, Token
from motcua.casework.workflow.types import Holder


def seen_everywhere(world: World) -> list[object]:
    """Return what lists and counts of dossiers tell everybody who might meet the task there."""
    told: list[object] = []
    for who in ("canbo", "truongphong", "lanhdao", "so.canbo", "lanhdao.tinh"):
        actor = world.actor(who)
        posts = [(unit_id, role) for unit_id in sorted(actor.scope_ids) for role in ("officer", "leader", "clerk")]
        told.append(dossiers.open_work(actor=actor, at=NOW))
        told.append(workflow.open_task_page(posts, person_id=None, holders=Holder.values, limit=100))
    return told


def test_no_list_or_count_of_dossiers_holds_a_step_of_an_internal_case(world: World):
    world.take_in()
    before = seen_everywhere(world)
    case = start(world)
    assert seen_everywhere(world) == before
    step(world, case, "send", "canbo", asked=(world.units["department"],))
    assert seen_everywhere(world) == before

    rows, count = selectors.cases(actor=world.actor("so.canbo"), at=NOW, mine=True)
    assert (count, rows[0].steps[0].is_mine) == (1, True)
    assert selectors.cases(actor=world.actor("canbo"), at=NOW, mine=True) == ([], 0)
    assert selectors.cases(actor=world.actor("xa.tiepnhan"), at=NOW) == ([], 0)


def test_every_open_step_of_every_internal_case_stands_apart(world: World):
    case = start(world)
    step(world, case, "send", "canbo", asked=(world.units["department"], world.units["other_commune"]))
    roles = Token.objects.filter(run_id__in=InternalCase.objects.values("run_id"), closed_at=None)
    assert sorted(roles.values_list("role", flat=True)) == ["in:officer", "in:officer"]


def test_the_clock_of_dossiers_leaves_the_timers_of_cases_alone(world: World):
    step(world, start(world), "send", "canbo", asked=(world.units["department"],))
    assert dossier_services.sweep_timers(at=NOW + timedelta(days=30)).due == 0
    assert Timer.objects.filter(closed_at=None).count() == 1


def test_the_list_of_cases_asks_as_often_for_many_as_for_few(world: World, assert_flat_queries: Callable[..., None]):
    actor = world.actor("canbo")

    def grow(number: int) -> None:
        for place in range(number):
            start(world, title=f"Văn bản {place}")

    assert_flat_queries(lambda: selectors.cases(actor=actor, at=NOW), grow=grow, at_most=6)
