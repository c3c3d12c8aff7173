"""Structures of real documents: each is read as a person would, or doubted there."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from outline import Piece, lines_of, outline_of, read_document, working_text
from outline.doubts import MESSAGES

pytestmark = pytest.mark.any_engine

CASES = tomllib.loads(
    (Path(__file__).parent / "structures.toml").read_text("utf-8"),
)["case"]
EACH = pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])


def lines(case: dict) -> list[str]:
    return lines_of(case["text"].removesuffix("\n"))


@EACH
def test_a_structure_is_read_as_a_person_would_read_it(case):
    reading = read_document(lines(case))
    assert working_text.write(reading) == case["working_text"]


@EACH
def test_what_is_not_sure_is_doubted_on_its_line(case):
    outline = outline_of(read_document(lines(case)))
    doubts = [f"{d.line} {d.code}" for doubts in outline.doubts for d in doubts]
    assert doubts == case["doubts"]
    assert outline.doubt_count == len(doubts)


@EACH
def test_a_structure_makes_statements(case):
    outline = outline_of(read_document(lines(case)))
    made = [f"{row.code} {row.kind}" for row in outline.statements]
    assert made == case["statements"]


@EACH
def test_the_working_text_gives_the_same_pieces_and_the_same_tree(case):
    reading = read_document(lines(case))
    text = working_text.write(reading)
    again = working_text.read(text, reading.kind, reading.pieces)
    assert (again.pieces, again.by_indent) == (reading.pieces, reading.by_indent)
    assert again.missing == ()
    assert outline_of(again) == outline_of(reading)
    alone = working_text.read(text, reading.kind)
    assert list(map(content, alone.pieces)) == list(map(content, reading.pieces))
    assert outline_of(alone).statements == outline_of(reading).statements


def content(piece: Piece) -> tuple:
    return piece.content, piece.indent


def test_every_doubt_that_can_arise_is_told_in_both_languages():
    seen = Counter(d.split()[1] for case in CASES for d in case["doubts"])
    assert seen.keys() <= MESSAGES.keys()
    for messages in MESSAGES.values():
        assert messages.keys() == {"ko", "en"}
