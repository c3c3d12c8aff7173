"""A document as it is read: what the pages show of it, and what its drafts are made of.

The grammar is in outline/; this puts its answers beside each other.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from desk.intake.models import LONGEST_WORKING_TEXT, Intake
from outline import (
    Doubt,
    Piece,
    StatementRow,
    decode,
    outline_of,
    read_document,
    working_text,
)
from statements.models import DocumentKind
from statements.models.kinds import Kind
from statements.models.paragraphs import Exclusion
from statements.models.ranges import TOO_LONG

#: More than any document that we know; a page has a row for each.
MOST_PARAGRAPHS = 5000
NOT_IN_ORIGINAL = "not-in-original"


class Choices(NamedTuple):
    """People’s choices for reading a text; `year` is that of its tasks."""

    kind: str
    year: int | None = None

    @classmethod
    def of_facts(cls, facts: Mapping[str, Any]) -> "Choices":
        return cls(facts["kind"], facts["year"])

    def as_facts(self) -> dict[str, Any]:
        return self._asdict()

    @property
    def grammar(self) -> str:
        """Documents of another kind have parts as reports have."""
        goals, report = DocumentKind.GOALS, DocumentKind.REPORT
        return str((goals if self.kind == goals else report).value)


class ShownDoubt(NamedTuple):
    """A doubt on the line `place` of the working text."""

    place: int
    message: str


class ShownRow(NamedTuple):
    """A line of the working text: the statement it makes, or why it makes none."""

    place: int
    depth: int
    code: str
    kind: str
    reason: str
    text: str
    doubts: list[str]


class DocumentAsRead:
    """The working text read against the file that it was made from."""

    def __init__(self, original: bytes, text: str, choices: Choices) -> None:
        self.choices = choices
        lines = decode(original, "").lines
        pieces = read_document(lines, choices.grammar).pieces
        self.reading = working_text.read(text, choices.grammar, pieces)
        is_goals = choices.grammar == DocumentKind.GOALS
        self.outline = outline_of(self.reading, None if is_goals else choices.year)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return self.reading.pieces

    @property
    def missing(self) -> tuple[Piece, ...]:
        return self.reading.missing

    @property
    def statements(self) -> list[StatementRow]:
        return self.outline.statements

    @property
    def roots(self) -> list[StatementRow]:
        return [row for row in self.statements if row.parent is None]

    def place_of(self, row: StatementRow) -> int:
        """The line of the working text that a statement comes from; 1 for one that no
        line makes.
        """
        return self.reading.places[row.pieces[0]] if row.pieces else 1

    def is_written_by_staff(self, row: StatementRow) -> bool:
        """True for a statement that the original does not have."""
        return any(is_added(self.pieces[ordinal]) for ordinal in row.pieces)

    @cached_property
    def doubts(self) -> list[ShownDoubt]:
        return [
            ShownDoubt(self.reading.places[ordinal], message_of(doubt))
            for ordinal, doubts in enumerate(self.outline.doubts)
            for doubt in doubts
        ]

    @cached_property
    def rows(self) -> list[ShownRow]:
        became = {n: row for row in self.statements for n in row.pieces}
        return [
            self.shown_row(ordinal, piece, became.get(ordinal))
            for ordinal, piece in enumerate(self.pieces)
        ]

    def shown_row(
        self, ordinal: int, piece: Piece, row: StatementRow | None
    ) -> ShownRow:
        return ShownRow(
            place=self.reading.places[ordinal],
            depth=self.outline.depths[ordinal],
            code=row.code if row else "",
            kind=str(Kind(row.kind).label) if row else "",
            reason=exclusion_in_words(piece),
            text=f"{piece.marker} {piece.text}".strip(),
            doubts=[message_of(doubt) for doubt in self.outline.doubts[ordinal]],
        )


def is_added(piece: Piece) -> bool:
    """True for a piece that people wrote: the original does not have it."""
    return any(doubt.code == NOT_IN_ORIGINAL for doubt in piece.doubts)


def message_of(doubt: Doubt) -> str:
    return doubt.message(str(get_language()))


def exclusion_in_words(piece: Piece) -> str:
    """The reason in words why a piece makes no statement; empty where it does."""
    if not piece.excluded:
        return ""
    return piece.words or str(Exclusion(piece.excluded).label)


def first_reading(original: bytes) -> tuple[str, Choices]:
    """The working text of a file and the kind that it seems to be; ValidationError
    where it is too long.
    """
    reading = read_document(decode(original, "").lines)
    text = working_text.write(reading)
    require_readable_length(text)
    return text, Choices(reading.kind)


def require_readable_length(text: str) -> None:
    """Raises ValidationError for a working text that nobody could look through."""
    if len(text) > LONGEST_WORKING_TEXT:
        raise ValidationError(TOO_LONG, params={"n": LONGEST_WORKING_TEXT})
    if sum(map(bool, map(str.strip, text.split("\n")))) > MOST_PARAGRAPHS:
        raise ValidationError(
            _("The text has more than %(most)s paragraphs."),
            params={"most": MOST_PARAGRAPHS},
        )


def read_kept(intake: Intake) -> DocumentAsRead:
    choices = Choices.of_facts(intake.facts)
    return DocumentAsRead(bytes(intake.original), intake.working_text, choices)
