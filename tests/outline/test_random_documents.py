"""Nothing is swallowed, nothing is refused: 10,000 documents that nobody wrote."""

import unicodedata
from collections import Counter

import pytest

from outline import lines_of, outline_of, read_document, working_text
from outline.pieces.lines import INVISIBLE
from statements.input.plain_text import FOREIGN_CHARACTER
from tests.outline.random_documents import documents

pytestmark = pytest.mark.any_engine

HOLDERS = {
    "part": {None},
    "chapter": {"part"},
    "heading": {"part", "chapter"},
    "achievement": {"part", "chapter", "heading"},
    "task": {"part", "chapter", "heading"},
    "point": {"achievement", "task", "point"},
    "goal": {None},
    "objective": {"goal"},
    "key-content": {"goal"},
    "expected-effect": {"goal"},
    "detail": {"objective", "key-content", "expected-effect", "detail"},
}
HOLDERS["note"] = HOLDERS.keys() - {"note"}


def letters(text: str) -> Counter:
    """All but white space and the characters that nobody sees."""
    composed = unicodedata.normalize("NFC", text)
    return Counter("".join(INVISIBLE.sub("", composed).split()))


def test_every_letter_of_a_document_is_in_a_piece():
    for text in documents(10_000, most_lines=4):
        pieces = read_document(lines_of(text)).pieces
        assert letters("\n".join(piece.raw for piece in pieces)) == letters(text), text


def test_pieces_stand_on_lines_of_their_own():
    for text in documents(500, most_lines=12):
        lines = lines_of(text)
        for piece in read_document(lines).pieces:
            assert piece.raw == "\n".join(lines[n - 1] for n in piece.numbers), text


def test_lines_counted_from_the_first_are_those_of_the_document():
    for text in documents(500, most_lines=12):
        lines = lines_of(text)
        for piece in read_document(lines).pieces:
            first, last = piece.lines
            in_place = piece.raw_in_place.split("\n")
            counted = dict(enumerate(in_place, first))
            assert max(counted) == last, text
            assert all(counted[n] == lines[n - 1] for n in piece.numbers), text
            others = counted.keys() - set(piece.numbers)
            assert not any(counted[n] for n in others), text


def test_the_working_text_gives_the_same_pieces_and_the_same_tree():
    for text in documents(500, most_lines=12):
        reading = read_document(lines_of(text))
        written = working_text.write(reading)
        again = working_text.read(written, reading.kind, reading.pieces)
        assert again.pieces == reading.pieces, text
        assert (again.by_indent, again.missing) == (reading.by_indent, ()), text
        alone = working_text.read(written, reading.kind)
        assert [p.content for p in alone.pieces] == [p.content for p in reading.pieces]
        assert outline_of(alone).statements == outline_of(reading).statements, text


@pytest.mark.parametrize("kind", [None, "report", "goals"])
def test_every_kept_piece_is_in_one_statement_that_may_stand_where_it_does(kind):
    for text in documents(500, most_lines=12):
        reading = read_document(lines_of(text), kind)
        rows = outline_of(reading, year=2031).statements
        kinds = {row.code: row.kind for row in rows} | {None: None}
        assert len(kinds) == len(rows) + 1, text
        for row in rows:
            assert kinds[row.parent] in HOLDERS[row.kind], text
            assert not FOREIGN_CHARACTER.search(row.title_ko + row.text_ko), text
        used = [ordinal for row in rows for ordinal in row.pieces]
        kept = [n for n, piece in enumerate(reading.pieces) if not piece.excluded]
        assert sorted(used) == kept, text
