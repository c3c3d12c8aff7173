"""The geometry of a flow: three columns of boxes and the threads between them.

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
from statements.models import Link, PartNature, Statement

#: The columns' edges; static/css/continuity.css has the same widths.
COLUMN_EDGES = {
    Stage.ACHIEVEMENTS: (0, 280),
    Stage.TASKS: (360, 640),
    Stage.GOALS: (720, 1000),
}
#: How many wide letters a line of a box holds, and the width of any other letter.
LETTERS_IN_LINE, NARROW_LETTER = 19, 0.54
#: Rows for the code and the space around it, and the most rows of a box.
ROWS_AROUND_TEXT, MOST_ROWS = 2, 30
#: The distance of two threads that pass between the same two boxes.
THREAD_GAP = 2.5


class FlowBox(NamedTuple):
    statement: Statement
    rows: int
    middle: float
    #: Its upper edge: threads from the first column to the last pass there.
    top: float


class FlowColumn(NamedTuple):
    stage: Stage
    boxes: list[FlowBox]

    @property
    def name(self) -> str:
        """The name of a column of reports, with the years that it holds."""
        years = {box.statement.year for box in self.boxes}
        return PartNature(self.stage.value).name_of(*sorted(filter(None, years)))


class FlowThread(NamedTuple):
    relation: str
    path: str


class Flow(NamedTuple):
    columns: list[FlowColumn]
    threads: list[FlowThread]


def count_box_rows(statement: Statement) -> int:
    width = sum(
        1 if east_asian_width(letter) in "WF" else NARROW_LETTER
        for letter in statement.heading
    )
    return min(ROWS_AROUND_TEXT + ceil(width / LETTERS_IN_LINE), MOST_ROWS)


def lay_out_column(stage: Stage, statements: list[Statement]) -> FlowColumn:
    rows = [count_box_rows(statement) for statement in statements]
    boxes: list[FlowBox] = []
    above, total = 0, sum(rows)
    for statement, count in zip(statements, rows, strict=True):
        middle, top = 1000 * (above + count / 2) / total, 1000 * above / total
        boxes.append(FlowBox(statement, count, middle, top))
        above += count
    return FlowColumn(stage, boxes)


def order_by_partners(
    statements: Iterable[Statement], links: list[Link], placed: dict[int, float]
) -> list[Statement]:
    """Sorts statements as their partners stand, so that few threads cross."""

    def partners_middle(statement: Statement) -> tuple[float, str]:
        partners = [link.later_id for link in links if link.earlier_id == statement.pk]
        middles = [placed[pk] for pk in partners if pk in placed]
        return sum(middles) / max(len(middles), 1), statement.sort_key

    return sorted(statements, key=partners_middle)


def lay_out_flow(links: list[Link]) -> Flow:
    """The columns from the earliest to the latest, and a thread for each link."""
    linked = {s.pk: s for link in links for s in (link.earlier, link.later)}
    columns: dict[Stage, FlowColumn] = {}
    placed: dict[int, float] = {}
    for stage in Stage:
        of_stage = (s for s in linked.values() if continuity_stage(s) == stage)
        columns[stage] = lay_out_column(
            stage, order_by_partners(of_stage, links, placed)
        )
        placed |= {box.statement.pk: box.middle for box in columns[stage].boxes}
    return Flow([*reversed(columns.values())], lay_out_threads(links, columns, placed))


def lay_out_threads(
    links: list[Link], columns: dict[Stage, FlowColumn], placed: dict[int, float]
) -> list[FlowThread]:
    """A thread for each link; links within a column stand in the list below only."""
    tops = [box.top for box in columns[Stage.TASKS].boxes[1:]]
    passing: Counter[float] = Counter()
    threads: list[FlowThread] = []
    for link in links:
        ends = continuity_stage(link.earlier), continuity_stage(link.later)
        from_y, to_y = placed[link.earlier_id], placed[link.later_id]
        if ends == (Stage.ACHIEVEMENTS, Stage.GOALS):
            passage = min(tops, key=lambda y: abs(y - (from_y + to_y) / 2), default=500)
            passing[passage] += 1
            path = path_through_tasks(
                from_y, passage_position(passage, passing[passage]), to_y
            )
        elif ends[0] != ends[1]:
            path = f"M{curve_between(*ends, from_y, to_y)}"
        else:
            continue
        threads.append(FlowThread(link.relation, path))
    return threads


def passage_position(passage: float, nth: int) -> float:
    """The y of the nth thread: the first in the middle, then in turn on each side."""
    return passage + THREAD_GAP * (nth // 2) * (1 if nth % 2 else -1)


def path_through_tasks(from_y: float, passage: float, to_y: float) -> str:
    """A path through the column of tasks, between two of its boxes."""
    first = curve_between(Stage.ACHIEVEMENTS, Stage.TASKS, from_y, passage)
    last = curve_between(Stage.TASKS, Stage.GOALS, passage, to_y)
    return f"M{first}L{last}"


def curve_between(left: Stage, right: Stage, from_y: float, to_y: float) -> str:
    start, end = COLUMN_EDGES[left][1], COLUMN_EDGES[right][0]
    bend = (start + end) // 2
    start_y, end_y = round(from_y), round(to_y)
    return f"{start} {start_y}C{bend} {start_y} {bend} {end_y} {end} {end_y}"
