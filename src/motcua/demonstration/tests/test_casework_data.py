"""Processes, forms and pairings of the package: sound, complete, within the law's time, done by somebody."""

from collections import defaultdict
from functools import cache

import pytest

from motcua.casework.workflow import selectors as workflow_read
from motcua.casework.workflow.rules import checked_process
from motcua.casework.workflow.types import Act
from motcua.demonstration import packaged, pairing, processes, province

CODES = [item.code for item in pairing.pairings()]


@cache
def graph_of(code):
    graph, problems = checked_process(processes.drawing(code))
    assert not problems, [(problem.code, problem.element_id) for problem in problems]
    return graph


def test_twelve_processes_each_with_drawing_and_form():
    assert sorted(CODES) == processes.codes()
    assert len(CODES) == 12
    assert {path.stem for path in (packaged.DATA / "eforms").glob("*.json")} == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_drawing_runs_as_its_description_says(code):
    again, packaged_one = processes.redrawn(code), processes.drawing(code)

    # The layout may have been made better since; what runs must be the same.
    if again != packaged_one:
        redrawn, _problems = checked_process(again)
        assert redrawn.hash == graph_of(code).hash, "run `motcua draw_demonstration`"


@pytest.mark.parametrize("item", pairing.pairings(), ids=CODES)
def test_hours_add_up_to_the_legal_limit(item):
    hours = float(workflow_read.longest_path(graph_of(item.code)).hours)

    if item.slack:
        assert hours < item.legal_hours
    else:
        assert hours == item.legal_hours


@pytest.mark.parametrize("code", CODES)
def test_process_has_the_common_start_and_tail(code):
    graph = graph_of(code)
    acts = {node.act for node in graph.tasks}

    assert graph.tasks[0].act == Act.INTAKE
    assert len(graph.tasks[0].outcomes) == 1
    assert {Act.DRAFT, Act.SIGN, Act.ISSUE, Act.TO_DESK, Act.RETURN_RESULT} <= acts
    assert acts & {Act.SIGN_REFUSAL, Act.REFUSE_AT_DESK}
    assert all(node.name_en for node in graph.tasks)
    assert all(outcome.label_en for node in graph.tasks for outcome in node.outcomes)


@pytest.mark.parametrize("code", CODES)
def test_supplement_waits_for_the_citizen_without_the_clock(code):
    for node in graph_of(code).tasks:
        if node.act == Act.WAIT_SUPPLEMENT:
            assert (node.role, node.holder, node.pauses) == ("receptionist", "citizen", True)
            assert [outcome.code for outcome in node.outcomes] == ["supplemented", "not_supplemented"]
            assert [outcome.code for outcome in node.lapses] == ["no_answer"]


@pytest.mark.parametrize("item", pairing.pairings(), ids=CODES)
def test_every_step_has_somebody_to_do_it_wherever_it_is_offered(item):
    plan = province.plan()
    roles, children = defaultdict(set), defaultdict(dict)
    for appointment in plan.appointments:
        roles[appointment.unit].add(appointment.role)
    for agency in plan.agencies:
        children[agency.parent][agency.division_kind] = agency.code
    communes = [code for _row, code in province.communes()]
    offering = [code for given in item.agency_codes() for code in ([given] if given else communes)]

    for competent in offering:
        receiving = competent if item.level == "commune" else "H01.18"
        for node in graph_of(item.code).tasks:
            if node.several:
                continue
            base = {"receiving": receiving, "province": "H01"}.get(node.place, competent)
            wanted = node.division or ("centre" if node.role == "receptionist" else "")
            unit = children[base].get(wanted, base) if wanted else base
            assert node.role in roles[unit], (competent, node.id, node.role, unit)
    table = packaged.table("arrivals.toml")["asks"].get(item.code, {})
    later = [code for codes in table.get("after", {}).values() for code in codes]
    named = [*table.get("always", []), *table.get("some", []), *later]
    for node in graph_of(item.code).tasks:
        for asked in (code for given in named for code in (communes if given == "commune" else [given])):
            assert not node.several or node.role in roles[children[asked].get(node.division, asked)], asked
        assert named or not node.several


@pytest.mark.parametrize("code", CODES)
def test_form_speaks_both_languages_and_asks_for_the_applicant(code):
    schema = pairing.eform(code)

    for name, prop in schema["properties"].items():
        assert prop["title"], name
        assert prop["x-title-en"], name
        assert set(prop.get("x-labels", {})) == set(prop.get("x-labels-en", {}))
    assert all(section["title"] and section["title-en"] for section in schema["x-sections"])
    assert any(prop.get("x-prefill") == "full_name" for prop in schema["properties"].values())


def test_papers_fixed_by_hand_are_of_paired_procedures():
    assert {row["procedure"] for row in packaged.rows("papers.csv")} <= set(pairing.paired_procedures())


def test_the_page_for_readers_tells_every_pairing():
    page = (packaged.DATA.parents[3] / "docs" / "demonstration.md").read_text(encoding="utf-8")

    for item in pairing.pairings():
        row = next(line for line in page.splitlines() if line.startswith(f"| `{item.code}` |"))
        assert all(code in row for code in item.procedures)
