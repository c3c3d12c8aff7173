"""Three columns of boxes and the threads between them, as plain geometry.

Each column is as high as the others. A box takes as many equal rows as its text has
lines, as near as can be told from its letters, so where its middle lies is known here
and stays true at every size of text. All measures are thousandths.
"""

from collections import Counter
from collections.abc import Iterable
from math import ceil
from typing import NamedTuple
from unicodedata import east_asian_width

from explorer.continuity.queries import Stage, continuity_stage
from statements.models import Link, Statement

#: The columns' edges; static/css/continuity.css has the same widths.
COLUMN_EDGES = {
    Stage.ACHIEVEMENTS: (0, 280),
    Stage.TASKS: (360, 640),
    Stage.GOALS: (720, 1000),
}
#: How many wide letters a line of a box holds, and how wide another letter is.
LINE, NARROW = 19, 0.54
#: Rows for the code and the space around it; no box takes more rows than MOST.
AROUND, MOST = 2, 30
#: What lies between two threads that pass between the same two boxes.
THREAD_GAP = 2.5


class FlowBox(NamedTuple):
    statement: Statement
    rows: int
    middle: float
    #: Where it begins: threads from the first column to the last pass there.
    top: float


class FlowColumn(NamedTuple):
    stage: Stage
    boxes: list[FlowBox]


class FlowThread(NamedTuple):
    relation: str
    path: str


class Flow(NamedTuple):
    columns: list[FlowColumn]
    threads: list[FlowThread]


def count_box_rows(statement: Statement) -> int:
    wide = (east_asian_width(letter) in "WF" for letter in statement.heading)
    width = sum(1 if is_wide else NARROW for is_wide in wide)
    return min(AROUND + ceil(width / LINE), MOST)


def lay_out_column(stage: Stage, statements: list[Statement]) -> FlowColumn:
    rows = [count_box_rows(statement) for statement in statements]
    boxes, above, total = [], 0, sum(rows)
    for statement, n in zip(statements, rows, strict=True):
        middle, top = 1000 * (above + n / 2) / total, 1000 * above / total
        boxes.append(FlowBox(statement, n, middle, top))
        above += n
    return FlowColumn(stage, boxes)


def order_by_partners(
    statements: Iterable[Statement], links: list[Link], placed: dict[int, float]
) -> list[Statement]:
    """In the order of what they are linked with, so that few threads cross."""

    def height(statement: Statement) -> tuple[float, str]:
        ends = [link.later_id for link in links if link.earlier_id == statement.pk]
        partners = [placed[pk] for pk in ends if pk in placed]
        return sum(partners) / max(len(partners), 1), statement.sort_key

    return sorted(statements, key=height)


def lay_out_flow(links: list[Link]) -> Flow:
    """The columns from the earliest to the latest, and a thread for each link."""
    linked = {s.pk: s for link in links for s in (link.earlier, link.later)}
    columns: dict[Stage, FlowColumn] = {}
    placed: dict[int, float] = {}
    for stage in Stage:
        of_stage = (one for one in linked.values() if continuity_stage(one) == stage)
        columns[stage] = lay_out_column(
            stage, order_by_partners(of_stage, links, placed)
        )
        placed |= {box.statement.pk: box.middle for box in columns[stage].boxes}
    return Flow([*reversed(columns.values())], lay_out_threads(links, columns, placed))


def lay_out_threads(
    links: list[Link], columns: dict[Stage, FlowColumn], placed: dict[int, float]
) -> list[FlowThread]:
    """Links within one column have no thread: the list below the picture has them."""
    lanes = [box.top for box in columns[Stage.TASKS].boxes[1:]]
    passing: Counter[float] = Counter()
    drawn = []
    for link in links:
        ends = continuity_stage(link.earlier), continuity_stage(link.later)
        from_y, to_y = placed[link.earlier_id], placed[link.later_id]
        if ends == (Stage.ACHIEVEMENTS, Stage.GOALS):
            lane = min(lanes, key=lambda y: abs(y - (from_y + to_y) / 2), default=500)
            passing[lane] += 1
            path = path_through_tasks(
                from_y, passage_position(lane, passing[lane]), to_y
            )
        elif ends[0] != ends[1]:
            path = f"M{curve_between(*ends, from_y, to_y)}"
        else:
            continue
        drawn.append(FlowThread(link.relation, path))
    return drawn


def passage_position(lane: float, nth: int) -> float:
    """The first in the middle of the lane, the others in turn on either side."""
    return lane + THREAD_GAP * (nth // 2) * (1 if nth % 2 else -1)


def path_through_tasks(from_y: float, lane: float, to_y: float) -> str:
    """Through the column of tasks, between two of its boxes."""
    first = curve_between(Stage.ACHIEVEMENTS, Stage.TASKS, from_y, lane)
    last = curve_between(Stage.TASKS, Stage.GOALS, lane, to_y)
    return f"M{first}L{last}"


def curve_between(left: Stage, right: Stage, from_y: float, to_y: float) -> str:
    start, end = COLUMN_EDGES[left][1], COLUMN_EDGES[right][0]
    bend = (start + end) // 2
    a, b = round(from_y), round(to_y)
    return f"{start} {a}C{bend} {a} {bend} {b} {end} {b}"
