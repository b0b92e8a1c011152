"""Places a process on a sheet, left to right: ranks as columns, lanes as bands of rows, right-angled arrows.

Arrows run in the gaps between columns and in the channels under rows, where no element stands.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from motcua.casework.workflow.types import NodeKind

TASK_WIDTH, TASK_HEIGHT = 136, 80
GATEWAY, EVENT = 50, 36
PITCH, ROW = 236, 132
POOL_LABEL, LANE_LABEL, MARGIN = 30, 30, 44
Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in drawing units."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow to be routed."""

    id: str
    source: str
    target: str
    label: str = ""


@dataclass(slots=True)
class Sheet:
    """Where everything lies."""

    pool: Box
    lanes: dict[str, Box] = field(default_factory=dict)
    boxes: dict[str, Box] = field(default_factory=dict)
    ways: dict[str, list[Point]] = field(default_factory=dict)
    labels: dict[str, Box] = field(default_factory=dict)


def lay_out(
    nodes: Mapping[str, tuple[str, str]],
    arrows: Sequence[Arrow],
    lanes: Sequence[str],
    start: str,
    attached: Mapping[str, str] | None = None,
) -> Sheet:
    """Lay out `nodes` (id -> kind, lane) in `lanes` (top to bottom), beginning at `start`.

    Args:
        attached: events that stand on the edge of a node, by id: event -> node.
    """
    return _Layout(nodes, arrows, lanes, start, attached or {}).run()


class _Layout:
    def __init__(
        self,
        nodes: Mapping[str, tuple[str, str]],
        arrows: Sequence[Arrow],
        lanes: Sequence[str],
        start: str,
        attached: Mapping[str, str],
    ) -> None:
        self.nodes = {key: node for key, node in nodes.items() if key not in attached}
        self.attached = attached
        # For ranks and rows an arrow of an event leaves the node that it stands on.
        self.arrows = [replace(arrow, source=attached.get(arrow.source, arrow.source)) for arrow in arrows]
        self.events = {arrow.id: arrow.source for arrow in arrows if arrow.source in attached}
        self.lanes, self.start = lanes, start
        # Events on edges, and their names, need room below.
        self.row = ROW + 34 if attached else ROW
        self.outgoing: dict[str, list[Arrow]] = defaultdict(list)
        for arrow in self.arrows:
            self.outgoing[arrow.source].append(arrow)
        self.backward: set[str] = set()
        self.ranks: dict[str, int] = {}
        self.ahead: dict[str, int] = {}
        self.rows: dict[str, int] = {}
        self.occupied: set[tuple[str, int, int]] = set()
        self.used: dict[object, int] = defaultdict(int)

    def run(self) -> Sheet:
        order = self._find_backward()
        self._rank(order)
        self._choose_rows()
        sheet = self._place()
        for arrow in self.arrows:
            sheet.ways[arrow.id] = self._route(sheet, arrow)
            if arrow.label:
                sheet.labels[arrow.id] = _label_box(sheet.ways[arrow.id], arrow.label)
        return sheet

    def _find_backward(self) -> list[str]:
        """Note the arrows that close loops; return all nodes in topological order without them."""
        order: list[str] = []
        state: dict[str, int] = {}
        for root in [self.start, *self.nodes]:
            stack = [(root, iter(self.outgoing[root]))] if root not in state else []
            state.setdefault(root, 1)
            while stack:
                key, arrows = stack[-1]
                arrow = next(arrows, None)
                if arrow is None:
                    stack.pop()
                    if state[key] == 1:
                        order.append(key)
                    state[key] = 2
                elif state.get(arrow.target) == 1:
                    self.backward.add(arrow.id)
                elif arrow.target not in state:
                    state[arrow.target] = 1
                    stack.append((arrow.target, iter(self.outgoing[arrow.target])))
        return order[::-1]

    def _rank(self, order: list[str]) -> None:
        self.ranks = dict.fromkeys(self.nodes, 0)
        for key in order:
            for arrow in self.outgoing[key]:
                if arrow.id not in self.backward:
                    self.ranks[arrow.target] = max(self.ranks[arrow.target], self.ranks[key] + 1)
        self.ahead = dict.fromkeys(self.nodes, 0)
        for key in reversed(order):
            following = [arrow.target for arrow in self.outgoing[key] if arrow.id not in self.backward]
            self.ahead[key] = max((self.ahead[target] + 1 for target in following), default=0)

    def _choose_rows(self) -> None:
        """Keep a node in the row of the one before it in its lane, else take the first free row of its column.

        Of several branches the longest chooses first: the main way stays straight.
        """
        before: dict[str, list[str]] = defaultdict(list)
        for arrow in self.arrows:
            if arrow.id not in self.backward:
                before[arrow.target].append(arrow.source)
        position = {key: index for index, key in enumerate(self.nodes)}
        for key in sorted(self.nodes, key=lambda item: (self.ranks[item], -self.ahead[item], position[item])):
            lane, rank = self.nodes[key][1], self.ranks[key]
            same = [
                self.rows[source] for source in before[key] if self.nodes[source][1] == lane and source in self.rows
            ]
            row = min(same, default=0)
            while (lane, row, rank) in self.occupied:
                row += 1
            self.rows[key] = row
            self.occupied.add((lane, row, rank))

    def _place(self) -> Sheet:
        width = POOL_LABEL + LANE_LABEL + 2 * MARGIN + max(self.ranks.values()) * PITCH + TASK_WIDTH
        sheet = Sheet(Box(0, 0, width, 0))
        top = 0
        for lane in self.lanes:
            rows = max((self.rows[key] + 1 for key, (_kind, own) in self.nodes.items() if own == lane), default=1)
            sheet.lanes[lane] = Box(POOL_LABEL, top, width - POOL_LABEL, rows * self.row)
            top += rows * self.row
        sheet.pool = Box(0, 0, width, top)
        for key, (kind, lane) in self.nodes.items():
            middle = self._column(self.ranks[key]) + TASK_WIDTH // 2
            centre = sheet.lanes[lane].y + self.rows[key] * self.row + ROW // 2 - 6
            wide, high = _size(kind)
            sheet.boxes[key] = Box(middle - wide // 2, centre - high // 2, wide, high)
        for number, (key, host) in enumerate(self.attached.items()):
            hosts = list(self.attached.values())
            box, place = sheet.boxes[host], hosts[:number].count(host)
            step = min(EVENT + 50, (box.width - EVENT - 12) // max(hosts.count(host) - 1, 1))
            corner = box.x + box.width - EVENT - 6 - place * step
            sheet.boxes[key] = Box(corner, box.y + box.height - EVENT // 2, EVENT, EVENT)
        return sheet

    def _column(self, rank: int) -> int:
        return POOL_LABEL + LANE_LABEL + MARGIN + rank * PITCH

    def _gap(self, rank: int, *, from_right: bool = False) -> int:
        """Return the x of a new vertical line in the gap behind column `rank`."""
        used = self.used[("gap", rank, from_right)]
        self.used[("gap", rank, from_right)] += 1
        if from_right:
            return self._column(rank + 1) - 12 - (used % 5) * 7
        return self._column(rank) + TASK_WIDTH + 12 + (used % 5) * 7

    def _channel(self, sheet: Sheet, key: str) -> int:
        """Return the y of a new horizontal line under the row of a node."""
        lane = self.nodes[key][1]
        used = self.used[("channel", lane, self.rows[key])]
        self.used[("channel", lane, self.rows[key])] += 1
        return (
            sheet.lanes[lane].y
            + (self.rows[key] + 1) * self.row
            - (10 if self.attached else 24)
            + (used % 4) * (2 if self.attached else 6)
        )

    def _is_free(self, key: str, first: int, last: int) -> bool:
        lane, row = self.nodes[key][1], self.rows[key]
        return not any((lane, row, rank) in self.occupied for rank in range(first, last + 1))

    def _route(self, sheet: Sheet, arrow: Arrow) -> list[Point]:
        source, target = sheet.boxes[arrow.source], sheet.boxes[arrow.target]
        out_rank, in_rank = self.ranks[arrow.source], self.ranks[arrow.target]
        leave, enter = (source.x + source.width, source.middle[1]), (target.x, target.middle[1])
        if arrow.id in self.events:
            source = sheet.boxes[self.events[arrow.id]]
        if arrow.id in self.events or arrow.id in self.backward or in_rank <= out_rank:
            channel, gap = self._channel(sheet, arrow.source), self._gap(in_rank - 1, from_right=True)
            bottom = (source.middle[0], source.y + source.height)
            return [bottom, (bottom[0], channel), (gap, channel), (gap, enter[1]), enter]
        if leave[1] == enter[1] and self._is_free(arrow.source, out_rank + 1, in_rank - 1):
            return [leave, enter]
        if leave[1] != enter[1]:
            if self._is_free(arrow.target, out_rank + 1, in_rank - 1):
                gap = self._gap(out_rank)
                return [leave, (gap, leave[1]), (gap, enter[1]), enter]
            if self._is_free(arrow.source, out_rank + 1, in_rank - 1):
                gap = self._gap(in_rank - 1, from_right=True)
                return [leave, (gap, leave[1]), (gap, enter[1]), enter]
        channel, first = self._channel(sheet, arrow.source), self._gap(out_rank)
        last = self._gap(in_rank - 1, from_right=True)
        return [leave, (first, leave[1]), (first, channel), (last, channel), (last, enter[1]), enter]


def _size(kind: str) -> tuple[int, int]:
    if kind in {NodeKind.TASK, NodeKind.SERVICE}:
        return TASK_WIDTH, TASK_HEIGHT
    if kind in {NodeKind.EXCLUSIVE, NodeKind.PARALLEL}:
        return GATEWAY, GATEWAY
    return EVENT, EVENT


def _label_box(way: list[Point], label: str) -> Box:
    """Put the label of an arrow beside its second bend, above a straight one."""
    width = min(12 + 6 * len(label), 96)
    height = 14 if 6 * len(label) <= 96 else 28
    if len(way) == 2:
        return Box(way[0][0] + 4, way[0][1] - height - 4, width, height)
    if way[0][0] == way[1][0]:
        return Box(way[1][0] - width - 4, way[1][1] - height - 2, width, height)
    bend = way[2]
    return Box(bend[0] + 4, bend[1] - height - 3, width, height)
