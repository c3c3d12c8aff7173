"""The places of the marks, bars and words in the timeline's drawings.

A drawing is only a picture of the list under it: hidden from screen readers, left out
on phones. All measures are units of the drawing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from explorer.charts.text_width import text_width, wrap_text
from statements.models import Event, Precision

DRAWING_WIDTH, DRAWING_HEAD, DRAWING_FOOT = 1200, 40, 24
#: A line of words, a mark's reach to its words, and what keeps rows apart.
LINE_HEIGHT, MARK_REACH, ROW_GAP = 17, 14, 9
#: Where the lines of years begin.
LINE_TOP = 8
#: The longest line of an event's words.
LONGEST_LABEL = 270


@dataclass
class TimelineMark:
    event: Event
    x: int
    #: 0 is a point in time that is known to the month or the day.
    length: int
    lines: list[str]
    is_left: bool = False
    #: Its words are in a column of their own.
    is_apart: bool = False
    y: int = 0

    @property
    def words_x(self) -> int:
        """Words stand right of their mark, or left of it near the right edge."""
        if self.is_left:
            return self.x - MARK_REACH
        return self.x + max(self.length, 0) + MARK_REACH

    @property
    def tops(self) -> list[tuple[int, str]]:
        """Each line of the words, with its y."""
        return [
            (self.y + 5 + LINE_HEIGHT * n, line) for n, line in enumerate(self.lines)
        ]

    @property
    def reach(self) -> tuple[int, int]:
        """The first and the last x that the mark and its words take."""
        if self.is_apart:
            return self.x, self.x + self.length
        words = max(map(text_width, self.lines)) + MARK_REACH
        if self.is_left:
            return self.x - words, self.x + self.length + MARK_REACH
        return self.x - MARK_REACH, self.x + self.length + words + MARK_REACH


@dataclass
class TimelineLane:
    """The marks of one theme, or of all events, from `y` down."""

    name: str
    y: int = 0
    marks: list[TimelineMark] = field(default_factory=list)

    @property
    def names(self) -> list[tuple[int, str]]:
        """Each line of the lane's name, with its y."""
        lines = wrap_text(self.name, TimelineDrawing.months_left - 2 * MARK_REACH)
        return [(self.y + 26 + LINE_HEIGHT * n, line) for n, line in enumerate(lines)]


class TimeScale:
    """The days from `first` to `last`, both included, from x `left` to the edge."""

    def __init__(self, first: date, last: date, left: int) -> None:
        self.first, self.last, self.left = first, last, left
        self.days = (last - first).days + 1

    def x(self, day: date) -> int:
        room = DRAWING_WIDTH - MARK_REACH - self.left
        return self.left + round(room * (day - self.first).days / self.days)

    @property
    def ticks(self) -> list[tuple[int, int]]:
        """The x of each year that has room for its name."""
        years = range(self.first.year, self.last.year + 1)
        starts = [self.x(max(date(year, 1, 1), self.first)) for year in years]
        ends = [*starts[1:], DRAWING_WIDTH]
        return [
            (start, year)
            for year, start, end in zip(years, starts, ends, strict=True)
            if end - start > 3 * MARK_REACH
        ]


@dataclass
class TimelineDrawing:
    """Lanes under a scale, from the first day of years and with today on it."""

    months_left = 180
    years_left = 360

    scale: TimeScale
    today: date
    lanes: list[TimelineLane]
    height: int
    width: int = DRAWING_WIDTH

    @property
    def ticks(self) -> list[tuple[int, int, str]]:
        """Of each year its x, its name, and the path of its line."""
        return [(x, year, self.line_down(x)) for x, year in self.scale.ticks]

    @property
    def today_line(self) -> tuple[int, str] | None:
        """The x of today and the path of its line, where the scale has it."""
        if not self.scale.first <= self.today <= self.scale.last:
            return None
        x = self.scale.x(self.today)
        return x, self.line_down(x)

    def line_down(self, x: int) -> str:
        """From top to bottom, but for where there are words or a mark."""
        marks = [mark for lane in self.lanes for mark in lane.marks]
        covers = [m for m in marks if m.reach[0] < x < m.reach[1]]
        path, top = "", LINE_TOP
        for mark in sorted(covers, key=lambda mark: mark.y):
            above = mark.y - LINE_HEIGHT + ROW_GAP // 2
            if above > top:
                path += f"M{x} {top}V{above}"
            n_lines = 1 if mark.is_apart else len(mark.lines)
            top = mark.y + LINE_HEIGHT * n_lines - ROW_GAP + 2
        return f"{path}M{x} {top}V{self.height}"


def months_drawing(events: Iterable[Event], today: date) -> TimelineDrawing | None:
    """Events that are dated to the month or the day, in a lane for each theme."""
    dated = [event for event in events if event.precision != Precision.YEAR]
    if not dated:
        return None
    scale = scale_of_months(dated)
    lanes: list[TimelineLane] = []
    y = DRAWING_HEAD
    for name, group in groupby(sorted(dated, key=lane_order), key=lane_name):
        lane = TimelineLane(name, y)
        lane.marks = [month_mark(event, scale) for event in group]
        y = max(lay_out_lane(lane), lane.names[-1][0] + ROW_GAP)
        lanes.append(lane)
    return TimelineDrawing(scale, today, lanes, y + DRAWING_FOOT)


def scale_of_months(events: Sequence[Event]) -> TimeScale:
    """The scale has a month's room at both ends, and a year at least."""
    first = min(event.start for event in events).replace(day=1) - timedelta(days=31)
    last = max(event.end for event in events) + timedelta(days=31)
    last = max(last, first + timedelta(days=365))
    return TimeScale(first, last, TimelineDrawing.months_left)


def lane_name(event: Event) -> str:
    """The theme of the statement: of several themes, none is the event's own."""
    themes = event.statement.themes.all()
    if not themes:
        return _("No theme")
    return themes[0].name if len(themes) == 1 else _("Several themes")


def lane_order(event: Event) -> tuple[bool, bool, int, date, date]:
    """The lanes of one theme come first, then none, then several; in each, time."""
    themes = event.statement.themes.all()
    position = themes[0].position if len(themes) == 1 else 0
    return len(themes) != 1, len(themes) > 0, position, event.start, event.end


def month_mark(event: Event, scale: TimeScale) -> TimelineMark:
    start, end = scale.x(event.start), scale.x(event.end + timedelta(days=1))
    lines = wrap_text(event_title(event), LONGEST_LABEL)
    if event.start.replace(day=1) == event.end.replace(day=1):
        mark = TimelineMark(event, (start + end) // 2, 0, lines)
    else:
        mark = TimelineMark(event, start, end - start, lines)
    mark.is_left = mark.reach[1] > DRAWING_WIDTH
    return mark


def event_title(event: Event) -> str:
    if event.tentative:
        return _("%(title)s (tentative)") % {"title": event.title}
    return event.title


def lay_out_lane(lane: TimelineLane) -> int:
    """Gives each mark the first row with room for it; returns the lane's end."""
    rows: list[list[TimelineMark]] = []
    for mark in lane.marks:
        row = next((row for row in rows if has_room(row, mark)), None)
        if row is None:
            rows.append(row := [])
        row.append(mark)
    y = lane.y + ROW_GAP
    for row in rows:
        for mark in row:
            mark.y = y + LINE_HEIGHT - ROW_GAP // 2
        y += LINE_HEIGHT * max(len(mark.lines) for mark in row) + ROW_GAP
    return y


def has_room(row: list[TimelineMark], mark: TimelineMark) -> bool:
    start, end = mark.reach
    return all(other.reach[1] < start or end < other.reach[0] for other in row)


def years_drawing(events: Iterable[Event], today: date) -> TimelineDrawing | None:
    """Events that are dated to the year: a row each, its words before its bar."""
    dated = [event for event in events if event.precision == Precision.YEAR]
    if not dated:
        return None
    first = min(event.start for event in dated).replace(month=1, day=1)
    last = max(event.end for event in dated).replace(month=12, day=31)
    scale = TimeScale(first, last, TimelineDrawing.years_left)
    lane = TimelineLane("", DRAWING_HEAD)
    y = DRAWING_HEAD + ROW_GAP
    for event in dated:
        start, end = scale.x(event.start), scale.x(event.end + timedelta(days=1))
        lines = wrap_text(
            event_title(event), TimelineDrawing.years_left - 4 * MARK_REACH
        )
        lane.marks.append(
            TimelineMark(
                event,
                start,
                end - start,
                lines,
                is_apart=True,
                y=y + LINE_HEIGHT // 2,
            )
        )
        y += LINE_HEIGHT * len(lines) + ROW_GAP
    return TimelineDrawing(scale, today, [lane], y + DRAWING_FOOT)
