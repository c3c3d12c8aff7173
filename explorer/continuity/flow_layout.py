"""The geometry of a flow: a column of boxes for each stage, and threads between them.

Each column is as high as the others. A box takes as many equal rows as its text has
lines, as near as can be told from its letters, so where its middle lies is known here
and stays true at every size of text. All measures are thousandths.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import pairwise
from math import ceil
from typing import NamedTuple
from unicodedata import east_asian_width

from statements.models import Link, Statement
from statements.pages.stages import Stage, stage_of


class ColumnSizes(NamedTuple):
    """The width of a column and of the gap after it; how many wide letters a line has
    in it. static/css/continuity.css has the same widths.
    """

    width: int
    gap: int
    letters: int


#: By how many columns there are.
COLUMN_SIZES = {
    2: ColumnSizes(400, 200, 27),
    3: ColumnSizes(280, 80, 19),
    4: ColumnSizes(208, 56, 13),
}
#: More do not fit on a page.
MOST_COLUMNS = max(COLUMN_SIZES)
#: The width of any letter that is not wide.
NARROW_LETTER = 0.54
#: Rows for the code and the space around it, and the most rows of a box: all boxes of
#: a column fit on a screen, and the lists below have the whole of a long text.
ROWS_AROUND_TEXT, MOST_ROWS = 2, 4
#: The distance of two threads that pass between the same two boxes.
THREAD_GAP = 2.5


class FlowBox(NamedTuple):
    statement: Statement
    rows: int
    middle: float
    #: Its upper edge: threads between other columns pass there.
    top: float


class FlowColumn(NamedTuple):
    stage: Stage
    left: int
    right: int
    boxes: list[FlowBox]


class FlowThread(NamedTuple):
    relation: str
    path: str


class Flow(NamedTuple):
    columns: list[FlowColumn]
    threads: list[FlowThread]
    #: How many stages the links have; more than there are columns for stay undrawn.
    n_stages: int


def stages_of(links: Iterable[Link]) -> list[Stage]:
    ends = (end for link in links for end in (link.earlier, link.later))
    return sorted({stage_of(end) for end in ends})


def drawn_stages(stages: list[Stage], own: Stage) -> set[Stage]:
    """As many as fit: that of the goal itself, and the latest of the others."""
    others = [stage for stage in stages if stage != own]
    return {own, *others[1 - MOST_COLUMNS :]}


def lay_out_flow(links: list[Link], own: Stage) -> Flow:
    """The columns from the earliest to the latest, and a thread for each link between
    two of them.
    """
    stages = stages_of(links)
    drawn = drawn_stages(stages, own)
    links = [
        link
        for link in links
        if {stage_of(link.earlier), stage_of(link.later)} <= drawn
    ]
    columns: list[FlowColumn] = lay_out_columns(links) if links else []
    return Flow(columns, lay_out_threads(links, columns), len(stages))


def lay_out_columns(links: list[Link]) -> list[FlowColumn]:
    """The latest is laid out first: the others are ordered as their partners stand."""
    linked = {s.pk: s for link in links for s in (link.earlier, link.later)}
    stages = stages_of(links)
    sizes = COLUMN_SIZES[len(stages)]
    columns: list[FlowColumn] = []
    placed: dict[int, float] = {}
    for nth, stage in reversed([*enumerate(stages)]):
        of_stage = [s for s in linked.values() if stage_of(s) == stage]
        boxes = lay_out_boxes(order_by_partners(of_stage, links, placed), sizes.letters)
        left = nth * (sizes.width + sizes.gap)
        columns.insert(0, FlowColumn(stage, left, left + sizes.width, boxes))
        placed |= {box.statement.pk: box.middle for box in boxes}
    return columns


def order_by_partners(
    statements: Iterable[Statement], links: list[Link], placed: dict[int, float]
) -> list[Statement]:
    """Sorts statements as their partners stand, so that few threads cross."""

    def partners_middle(statement: Statement) -> tuple[float, str]:
        partners = [link.later_id for link in links if link.earlier_id == statement.pk]
        middles = [placed[pk] for pk in partners if pk in placed]
        return sum(middles) / max(len(middles), 1), statement.sort_key

    return sorted(statements, key=partners_middle)


def lay_out_boxes(statements: list[Statement], letters: int) -> list[FlowBox]:
    rows = [count_box_rows(statement, letters) for statement in statements]
    boxes: list[FlowBox] = []
    above, total = 0, sum(rows)
    for statement, count in zip(statements, rows, strict=True):
        middle, top = 1000 * (above + count / 2) / total, 1000 * above / total
        boxes.append(FlowBox(statement, count, middle, top))
        above += count
    return boxes


def count_box_rows(statement: Statement, letters: int) -> int:
    width = sum(
        1 if east_asian_width(letter) in "WF" else NARROW_LETTER
        for letter in statement.heading
    )
    return min(ROWS_AROUND_TEXT + ceil(width / letters), MOST_ROWS)


def lay_out_threads(
    links: Collection[Link], columns: list[FlowColumn]
) -> list[FlowThread]:
    """A thread for each link, through the columns between its two."""
    places = {
        box.statement.pk: (nth, box.middle)
        for nth, column in enumerate(columns)
        for box in column.boxes
    }
    passing: Counter[tuple[int, float]] = Counter()
    threads: list[FlowThread] = []
    for link in links:
        (first, from_y), (last, to_y) = places[link.earlier_id], places[link.later_id]
        points = [from_y]
        for nth in range(first + 1, last):
            aim = from_y + (to_y - from_y) * (nth - first) / (last - first)
            passage = nearest_passage(columns[nth], aim)
            passing[nth, passage] += 1
            points.append(passage_position(passage, passing[nth, passage]))
        path = path_through(columns[first : last + 1], [*points, to_y])
        threads.append(FlowThread(link.relation, path))
    return threads


def nearest_passage(column: FlowColumn, aim: float) -> float:
    """The edge between two of the column's boxes that lies nearest."""
    tops = [box.top for box in column.boxes[1:]]
    return min(tops, key=lambda y: abs(y - aim), default=500)


def passage_position(passage: float, nth: int) -> float:
    """The y of the nth thread: the first in the middle, then in turn on each side."""
    return passage + THREAD_GAP * (nth // 2) * (1 if nth % 2 else -1)


def path_through(columns: list[FlowColumn], points: list[float]) -> str:
    """A path with a curve over each gap, and straight across each column between."""
    curves = (
        curve_between(left.right, right.left, from_y, to_y)
        for (left, right), (from_y, to_y) in zip(
            pairwise(columns), pairwise(points), strict=True
        )
    )
    return f"M{'L'.join(curves)}"


def curve_between(start: int, end: int, from_y: float, to_y: float) -> str:
    bend = (start + end) // 2
    start_y, end_y = round(from_y), round(to_y)
    return f"{start} {start_y}C{bend} {start_y} {bend} {end_y} {end} {end_y}"
