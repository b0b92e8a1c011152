"""Drawings: BPMN with a diagram that other editors open, and the picture of it."""

from itertools import pairwise

import pytest
from lxml import etree

from motcua.casework.workflow import selectors, services
from motcua.casework.workflow.elements import BPMN, BPMNDI, DC, DI
from motcua.casework.workflow.picture import picture_of
from motcua.casework.workflow.services import DrawingError, draw
from motcua.casework.workflow.tests.drawings import LANES, PERMIT, PERMIT_TASKS, drawn, permit
from motcua.casework.workflow.tests.stage import published


@pytest.fixture(scope="module")
def root():
    return etree.fromstring(permit())


def bounds(element):
    found = element.find(f"{{{DC}}}Bounds")
    return tuple(int(found.get(name)) for name in ("x", "y", "width", "height"))


def test_every_element_has_a_shape_and_every_arrow_an_edge(root):
    drawn_ids = {shape.get("bpmnElement") for shape in root.iter(f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge")}
    process = root.find(f"{{{BPMN}}}process")

    meant = {element.get("id") for element in process if element.tag != f"{{{BPMN}}}laneSet"}
    meant |= {lane.get("id") for lane in root.iter(f"{{{BPMN}}}lane")} | {"Pool_test"}

    assert drawn_ids == meant


def test_shapes_do_not_overlap_and_stay_in_the_pool(root):
    shapes = {shape.get("bpmnElement"): bounds(shape) for shape in root.iter(f"{{{BPMNDI}}}BPMNShape")}
    pool = shapes.pop("Pool_test")
    nodes = [box for key, box in shapes.items() if not key.startswith("Lane_")]

    for number, (x, y, width, height) in enumerate(nodes):
        assert pool[0] < x
        assert x + width < pool[2]
        assert pool[1] < y
        assert y + height < pool[3]
        for x2, y2, width2, height2 in nodes[number + 1 :]:
            assert x + width <= x2 or x2 + width2 <= x or y + height <= y2 or y2 + height2 <= y


def test_arrows_are_right_angled_and_cross_no_shape(root):
    shapes = {shape.get("bpmnElement"): bounds(shape) for shape in root.iter(f"{{{BPMNDI}}}BPMNShape")}
    nodes = [box for key, box in shapes.items() if not key.startswith(("Lane_", "Pool_"))]
    for edge in root.iter(f"{{{BPMNDI}}}BPMNEdge"):
        points = [(int(point.get("x")), int(point.get("y"))) for point in edge.iter(f"{{{DI}}}waypoint")]
        for (x1, y1), (x2, y2) in pairwise(points):
            assert x1 == x2 or y1 == y2
            for x, y, width, height in nodes:
                inside_x = max(x1, x2) > x and min(x1, x2) < x + width
                inside_y = max(y1, y2) > y and min(y1, y2) < y + height
                assert not (inside_x and inside_y), edge.get("bpmnElement")


def test_toml_and_mapping_draw_the_same():
    text = """
        id = "ngan"
        name = "Ngắn"
        flows = ["start -> T1 -> E1"]
        [lanes.quay]
        name = "Quầy"
        role = "receptionist"
        [tasks.T1]
        name = "Tiếp nhận"
        lane = "quay"
        act = "intake"
        hours = 0.5
        outcomes = [["done", "Xong", "Done", "primary", true]]
        [ends.E1]
    """
    mapping = {
        "id": "ngan", "name": "Ngắn", "flows": ["start -> T1 -> E1"],
        "lanes": {"quay": {"name": "Quầy", "role": "receptionist"}},
        "tasks": {"T1": {"name": "Tiếp nhận", "lane": "quay", "act": "intake", "hours": 0.5,
                         "outcomes": [["done", "Xong", "Done", "primary", True]]}},
        "ends": {"E1": {}},
    }  # fmt: skip

    assert draw(text) == draw(mapping)
    assert services.check(draw(text)) == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"id": "có dấu"}, "id"),
        ({"lanes": {}}, "lanes"),
        ({"colour": "red"}, "colour"),
        ({"tasks": {"T1": {"nam": "x"}}}, "tasks.T1"),
        ({"tasks": {"T1": {"lane": "moon"}}}, "moon"),
        ({"tasks": {"T 1": {}}}, "T 1"),
        ({"tasks": {"T1": {"lane": "desk", "outcomes": ["done"]}}}, "tasks.T1"),
        ({"gateways": {"X1": {"kind": "or"}}}, "gateways.X1"),
        ({"flows": ["start -> T9"]}, "T9"),
        ({"flows": ["start"]}, "start"),
    ],
)
def test_wrong_description_is_named(change, named):
    right = {"id": "a", "name": "a", "lanes": LANES, "tasks": {"T1": {"lane": "desk"}}, "ends": {"E1": {}},
             "flows": ["start -> T1 -> E1"]}  # fmt: skip

    with pytest.raises(DrawingError, match=named):
        draw(right | change)


def test_broken_toml_is_refused():
    with pytest.raises(DrawingError, match="TOML"):
        draw("id = ")


def test_arrow_labels_are_the_buttons():
    examine = PERMIT_TASKS["T3"] | {"outcomes": [["enough", "Đủ điều kiện"], ["lacking", "x"], ["no", "y"]]}
    xml = drawn(PERMIT, PERMIT_TASKS | {"T3": examine}, xor="X1 X2 X3", both="P1 P2")
    flow = next(flow for flow in etree.fromstring(xml).iter(f"{{{BPMN}}}sequenceFlow") if flow.get("id") == "F_X1_P1")

    assert flow.get("name") == "Đủ điều kiện"


def test_picture_names_and_marks_where_it_stands():
    svg = etree.fromstring(picture_of(permit(), {"T3"}))
    space = {"s": "http://www.w3.org/2000/svg"}

    assert svg.get("role") == "img"
    assert svg.findtext("s:title", namespaces=space) == "Thủ tục thử"
    assert "T3" in svg.findtext("s:desc", namespaces=space)
    assert [group.get("data-id") for group in svg.iterfind("s:g[@class='is-now']", space)] == ["T3"]
    assert len(svg.findall(".//s:path[@class='mc-bpmn-flow']", space)) == 22
    assert not svg.xpath("//@style")


def test_picture_escapes_names():
    xml = drawn(["start -> T1 -> E1"]).replace(b'userTask id="T1" name="T1"', b'userTask id="T1" name="&lt;script&gt;"')

    assert "<script" not in picture_of(xml)
    assert "&lt;script&gt;" in picture_of(xml)


def test_file_without_a_diagram_has_no_picture():
    xml = permit()
    start, end = xml.index(b"<bpmndi:BPMNDiagram"), xml.index(b"</bpmndi:BPMNDiagram>")

    assert picture_of(xml[:start] + xml[end + len(b"</bpmndi:BPMNDiagram>") :]) == ""
    assert picture_of(b"<broken") == ""


@pytest.mark.django_db
def test_picture_of_a_version():
    assert selectors.picture(published(), highlight={"T1"}).startswith("<svg")
