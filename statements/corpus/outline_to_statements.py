"""From the paragraphs of a document to the rows of its statements: kinds, codes, texts.

Numbers come from prefix and position, which holds for the first import of a document
only.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from outline import Paragraph

SECTION_KINDS = {
    "과제목표": ("objective", "O"),
    "주요내용": ("key-content", "C"),
    "기대효과": ("expected-effect", "E"),
}
TITLED = ("goal", "key-content", "part", "chapter", "heading")


@dataclass(frozen=True)
class Part:
    """A part of the report: its edition `year` and the kind of its items."""

    year: int
    letter: str
    item_kind: str


@dataclass
class StatementRow:
    """One statement as its document gives it; `paragraphs` are ordinals."""

    code: str
    kind: str
    parent: str | None
    position: int
    year: int | None
    title_ko: str
    text_ko: str
    paragraphs: list[int]


@dataclass
class Reading:
    """The rows in reading order, and why each of the other paragraphs became none."""

    rows: list[StatementRow] = field(default_factory=list)
    excluded: dict[int, str] = field(default_factory=dict)
    _by_ordinal: dict[int, StatementRow] = field(default_factory=dict)
    _numbers: Counter[str] = field(default_factory=Counter)

    def number(self, prefix: str) -> str:
        """The next code of a series: its prefix and a number."""
        self._numbers[prefix] += 1
        return f"{prefix}{self._numbers[prefix]}"

    def holder(self, paragraph: Paragraph) -> StatementRow:
        """The statement of the paragraph above; KeyError where none became one."""
        if paragraph.parent is None:
            raise KeyError(paragraph.parent)
        return self._by_ordinal[paragraph.parent]

    def add(
        self,
        paragraph: Paragraph,
        code: str,
        kind: str,
        parent: StatementRow | None,
        year: int | None,
    ) -> StatementRow:
        above = parent.code if parent else None
        row = StatementRow(
            code=code,
            kind=kind,
            parent=above,
            position=sum(r.parent == above for r in self.rows) + 1,
            year=year,
            title_ko=paragraph.text if kind in TITLED else "",
            text_ko="" if kind in TITLED else paragraph.text,
            paragraphs=[paragraph.ordinal],
        )
        self.rows.append(row)
        self._by_ordinal[paragraph.ordinal] = row
        return row


def read_goals(paragraphs: Sequence[Paragraph]) -> Reading:
    """The ministry's page: goals, under three labels their items, and details."""
    reading = Reading()
    goal: StatementRow | None = None
    section: tuple[str, str] | None = None
    for paragraph in paragraphs:
        if paragraph.marker and paragraph.depth == 0:
            goal = reading.add(paragraph, reading.number("G"), "goal", None, None)
        elif goal is None:
            reading.excluded[paragraph.ordinal] = "page-chrome"
        elif paragraph.depth == 1:
            section = SECTION_KINDS[paragraph.text]
            reading.excluded[paragraph.ordinal] = "label"
        elif paragraph.depth == 2 and section:
            kind, letter = section
            code = reading.number(f"{goal.code}.{letter}")
            reading.add(paragraph, code, kind, goal, None)
        elif paragraph.marker:
            parent = reading.holder(paragraph)
            reading.add(
                paragraph, reading.number(f"{parent.code}."), "detail", parent, None
            )
        else:
            summarised = reading.holder(paragraph)
            summarised.text_ko = paragraph.text
            summarised.paragraphs.append(paragraph.ordinal)
    return reading


def read_report(paragraphs: Sequence[Paragraph], parts: Sequence[Part]) -> Reading:
    """The report: parts, in some of them chapters, then headings, items, points."""
    reading = Reading()
    unread = iter(parts)
    part = parts[0]
    for paragraph in paragraphs:
        if paragraph.depth == 0:
            part = next(unread)
            code = f"{part.year}.{part.letter}"
            reading.add(paragraph, code, "part", None, part.year)
            continue
        parent = reading.holder(paragraph)
        kind = {1: "chapter", 2: "heading", 3: part.item_kind}.get(
            paragraph.depth, "note" if paragraph.marker == "※" else "point"
        )
        prefix = parent.code if parent.kind == "part" else f"{parent.code}."
        reading.add(paragraph, reading.number(prefix), kind, parent, part.year)
    return reading
