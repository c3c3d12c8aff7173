"""Correcting the working text: each paragraph keeps the lines that its letters had."""

import pytest

from outline import Reading, outline_of, read_document, working_text
from outline.working_text import read

pytestmark = pytest.mark.any_engine

ORIGINAL = [
    "표지 그림",
    "Ⅰ. 2031년 과제",
    "□ 숲",
    "ㅇ 나무를 심고 ",
    " 물을 준다 ",
    "ㅇ 씨앗",
    "-둘째",
    "□ 물길",
    "ㅇ 도랑",
]
TEXT = """\
#표지 표지 그림
Ⅰ. 2031년 과제
    □ 숲
      ㅇ 나무를 심고 물을 준다
      ㅇ 씨앗
        - 둘째
    □ 물길
      ㅇ 도랑
"""


def corrected(old: str = "", new: str = "") -> Reading:
    assert old in TEXT
    return read(TEXT.replace(old, new), "report", read_document(ORIGINAL).pieces)


def shown(reading: Reading) -> list[tuple]:
    return [(p.marker, p.text, p.lines, p.raw) for p in reading.pieces]


def codes(reading: Reading) -> list[list[str]]:
    return [[doubt.code for doubt in piece.doubts] for piece in reading.pieces]


def test_a_paragraph_is_a_line_and_knows_its_place():
    reading = corrected("\n", "\n\n")
    assert working_text.write(read_document(ORIGINAL)) == TEXT
    assert reading.places == (1, 3, 5, 7, 9, 11, 13, 15)
    assert reading.pieces == read_document(ORIGINAL).pieces
    assert codes(reading)[5] == ["no-space"]


def test_enter_splits():
    reading = corrected("심고 물을", "심고\n      ㅇ 물을")
    assert shown(reading)[3:5] == [
        ("ㅇ", "나무를 심고", (4, 4), "ㅇ 나무를 심고"),
        ("ㅇ", "물을 준다", (5, 5), "물을 준다"),
    ]
    assert codes(reading)[3:5] == [[], []]


def test_backspace_joins():
    reading = corrected("준다\n      ㅇ 씨앗", "준다 씨앗")
    assert shown(reading)[3][1:3] == ("나무를 심고 물을 준다 씨앗", (4, 6))
    assert shown(reading)[4] == ("-", "둘째", (7, 7), "-둘째")


def test_another_marker_promotes():
    reading = corrected("ㅇ 씨앗", "□ 씨앗")
    assert shown(reading)[4] == ("□", "씨앗", (6, 6), "ㅇ 씨앗")
    assert outline_of(reading).statements[4].code == "2031.T2.1"


@pytest.mark.parametrize(
    "line, excluded, words, text",
    [
        ("#표 - 둘째", "table", "", "- 둘째"),
        ("#table: - 둘째", "table", "", "- 둘째"),
        ("# 쪽번호 둘째", "page-number", "", "둘째"),
        ("#기타: 옮긴이의 말: 둘째", "other", "옮긴이의 말", "둘째"),
        ("#other 둘째: 10:30", "other", "", "둘째: 10:30"),
        ("#소제목 • 둘째", "label", "", "둘째"),
    ],
)
def test_a_hash_and_a_reason_leave_out(line, excluded, words, text):
    piece = corrected("- 둘째", line).pieces[5]
    assert (piece.excluded, piece.words, piece.text) == (excluded, words, text)
    assert piece.lines == (7, 7)


@pytest.mark.parametrize(
    "line, marker, text",
    [
        ("\\- 둘째", "", "- 둘째"),
        ("\\\\ #표 둘째", "", "#표 둘째"),
        ("\\가나\\ 둘째", "가나", "둘째"),
        ("3 둘째", "3", "둘째"),
        ("#둘째", "", "#둘째"),
    ],
)
def test_a_backslash_takes_a_line_as_it_stands(line, marker, text):
    reading = read(line, "report")
    assert [(p.marker, p.text, p.excluded) for p in reading.pieces] == [
        (marker, text, None)
    ]
    again = read(working_text.write(reading), "report")
    assert [p.content for p in again.pieces] == [p.content for p in reading.pieces]


def test_what_was_deleted_is_missing():
    reading = corrected("        - 둘째\n    □ 물길\n")
    assert [piece.text for piece in reading.missing] == ["둘째", "물길"]
    assert shown(reading)[5][2] == (9, 9)


def test_what_was_added_or_reworded_is_doubted():
    reading = corrected("    □ 물길\n", "    □ 물길\n      ㅇ 우물\n")
    assert (codes(reading)[7], shown(reading)[7][2]) == (["not-in-original"], (8, 8))
    reading = corrected("ㅇ 씨앗", "ㅇ 씨앗들")
    assert (codes(reading)[4], shown(reading)[4][2]) == (["reworded"], (6, 6))
    reading = corrected("ㅇ 씨앗", "□ 씨앗\n      ★ 우물")
    assert (codes(reading)[4], shown(reading)[5][2]) == ([], (6, 6))
    assert codes(reading)[5] == ["unknown-sign", "not-in-original"]


def test_many_equal_paragraphs_are_found_again():
    lines = ["Ⅰ. 2031년 과제", *["ㅇ 나무", "ㅇ 물"] * 1000, "ㅇ 끝줄"]
    original = read_document(lines).pieces
    text = working_text.write(read_document(lines)).split("\n")
    del text[1]
    reading = read("\n".join(text), "report", original)
    assert len(reading.pieces) == 2001
    assert reading.pieces[-1].lines == (2002, 2002)
    assert not outline_of(reading).doubts[-2]


def test_the_switch_says_where_levels_come_from():
    lines = ["• 하나", "  • 둘", "• 셋"]
    by_indent = read_document(lines, "goals")
    by_marker = read_document(lines, "goals", by_indent=False)
    assert (by_indent.by_indent, by_marker.by_indent) == (True, False)
    assert outline_of(by_indent).depths == [0, 1, 0]
    assert outline_of(by_marker).depths == [0, 0, 0]
    text = working_text.write(by_indent)
    assert text == "#들여쓰기\n• 하나\n  • 둘\n• 셋\n"
    assert outline_of(read(text, "goals")).depths == [0, 1, 0]
    assert outline_of(read(text.replace("#들여쓰기\n", ""), "goals")).depths == [0] * 3


def test_a_paragraph_that_a_page_number_breaks_knows_its_lines():
    lines = ["Ⅰ. 2031년 과제", "ㅇ 나무를 심고 ", "- 2 -", "물을 준다", "ㅇ 씨앗"]
    original = read_document(lines).pieces
    assert original[1].numbers == (2, 4)
    assert original[1].raw_in_place == "ㅇ 나무를 심고 \n\n물을 준다"
    text = working_text.write(read_document(lines))
    reworded = text.replace("물을 준다", "물을 긷는다").replace("- 2 -", "2쪽 준다")
    for piece in read(reworded, "report", original).pieces:
        first, last = piece.lines
        assert first <= last
        assert piece.raw_in_place.count("\n") == last - first
