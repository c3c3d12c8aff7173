"""Where the marks, bars and words of the timeline's drawing stand.

Only a picture of the list under it: hidden from screen readers, left out on phones.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from explorer.charts.text_width import text_width, wrap_text
from statements.models import Event, Precision

WIDTH, HEAD, FOOT = 1200, 40, 10
#: A line of words, a mark's reach to its words, and what keeps rows apart.
LINE, REACH, GAP = 17, 14, 9
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
    y: int = 0

    @property
    def words_x(self) -> int:
        if self.is_left:
            return self.x - REACH
        return self.x + max(self.length, 0) + REACH

    @property
    def tops(self) -> list[tuple[int, str]]:
        return [(self.y + 5 + LINE * n, line) for n, line in enumerate(self.lines)]

    @property
    def reach(self) -> tuple[int, int]:
        words = max(map(text_width, self.lines)) + REACH
        if self.is_left:
            return self.x - words, self.x + self.length + REACH
        return self.x - REACH, self.x + self.length + words + REACH


@dataclass
class TimelineLane:
    name: str
    y: int = 0
    marks: list[TimelineMark] = field(default_factory=list)

    @property
    def names(self) -> list[tuple[int, str]]:
        lines = wrap_text(self.name, TimelineDrawing.months_left - 2 * REACH)
        return [(self.y + 26 + LINE * n, line) for n, line in enumerate(lines)]


@dataclass
class TimelineDrawing:
    """`ticks` are the first days of years: where, and which."""

    months_left = 180
    years_left = 360

    ticks: list[tuple[int, int]]
    lanes: list[TimelineLane]
    height: int
    width: int = WIDTH


class TimeScale:
    """From `first` to `last`, both days included, between `left` and the right edge."""

    def __init__(self, first: date, last: date, left: int):
        self.first, self.last, self.left = first, last, left
        self.days = (last - first).days + 1

    def x(self, day: date) -> int:
        room = WIDTH - REACH - self.left
        return self.left + round(room * (day - self.first).days / self.days)

    @property
    def ticks(self) -> list[tuple[int, int]]:
        years = range(self.first.year, self.last.year + 1)
        starts = [(self.x(max(date(y, 1, 1), self.first)), y) for y in years]
        following = [*(x for x, _year in starts[1:]), WIDTH]
        wide = 3 * REACH
        return [
            t for t, end in zip(starts, following, strict=True) if end - t[0] > wide
        ]


def months_drawing(events: Iterable[Event]) -> TimelineDrawing | None:
    """What is dated to the month or the day, in a lane for each theme."""
    events = [event for event in events if event.precision != Precision.YEAR]
    if not events:
        return None
    scale = scale_of_months(events)
    lanes, y = [], HEAD
    for name, group in groupby(sorted(events, key=lane_order), key=lane_name):
        lane = TimelineLane(name, y)
        lane.marks = [month_mark(event, scale) for event in group]
        y = max(lay_out_lane(lane), lane.names[-1][0] + GAP)
        lanes.append(lane)
    return TimelineDrawing(scale.ticks, lanes, y + FOOT)


def scale_of_months(events: Sequence[Event]) -> TimeScale:
    """With a month's room at both ends, and a year at least."""
    first = min(event.start for event in events).replace(day=1) - timedelta(days=31)
    last = max(event.end for event in events) + timedelta(days=31)
    last = max(last, first + timedelta(days=365))
    return TimeScale(first, last, TimelineDrawing.months_left)


def lane_name(event: Event) -> str:
    """Themes are the statement's: of several, none is the event's own."""
    themes = event.statement.themes.all()
    if not themes:
        return _("No theme")
    return themes[0].name if len(themes) == 1 else _("Several themes")


def lane_order(event: Event) -> tuple:
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
    mark.is_left = mark.reach[1] > WIDTH
    return mark


def event_title(event: Event) -> str:
    if event.tentative:
        return _("%(title)s (tentative)") % {"title": event.title}
    return event.title


def lay_out_lane(lane: TimelineLane) -> int:
    """Gives each mark the first row with room for it; tells where the lane ends."""
    rows: list[list[TimelineMark]] = []
    for mark in lane.marks:
        row = next((row for row in rows if has_room(row, mark)), None)
        if row is None:
            rows.append(row := [])
        row.append(mark)
    y = lane.y + GAP
    for row in rows:
        for mark in row:
            mark.y = y + LINE - GAP // 2
        y += LINE * max(len(mark.lines) for mark in row) + GAP
    return y


def has_room(row: list[TimelineMark], mark: TimelineMark) -> bool:
    start, end = mark.reach
    return all(other.reach[1] < start or end < other.reach[0] for other in row)


def years_drawing(events: Iterable[Event]) -> TimelineDrawing | None:
    """What is dated to the year: a row each, its words before its bar."""
    events = [event for event in events if event.precision == Precision.YEAR]
    if not events:
        return None
    first = min(event.start for event in events).replace(month=1, day=1)
    last = max(event.end for event in events).replace(month=12, day=31)
    scale = TimeScale(first, last, TimelineDrawing.years_left)
    lane = TimelineLane("", HEAD)
    y = HEAD + GAP
    for event in events:
        start, end = scale.x(event.start), scale.x(event.end + timedelta(days=1))
        lines = wrap_text(event_title(event), TimelineDrawing.years_left - 4 * REACH)
        lane.marks.append(
            TimelineMark(event, start, end - start, lines, y=y + LINE // 2)
        )
        y += LINE * len(lines) + GAP
    return TimelineDrawing(scale.ticks, [lane], y + FOOT)
