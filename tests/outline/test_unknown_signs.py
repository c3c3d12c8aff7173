"""Signs at the beginning of a line: each is a marker, or in doubt there."""

import unicodedata

import pytest

from outline import outline_of, read_document

pytestmark = pytest.mark.any_engine

#: Brackets, quotes and ▴ begin lines that go on, as words do.
BEGIN_WORDS = "(「『‘’“《\"'/▴"
FULL = "나무를 심고 물을 주며 길게 이어지는 글을 써서 줄을 가득 채워 나가는"


def signs() -> list[str]:
    """Signs, numerals, marks, letters of Hangul alone, a few without a meaning."""
    of_text = map(chr, [*range(0x21, 0xE000), *range(0x1F300, 0x1F340)])
    kinds = ("S", "P", "M", "No", "Nl")
    found = [s for s in of_text if unicodedata.category(s).startswith(kinds)]
    return [*found, *map(chr, range(0x3131, 0x318F)), "\ue123", "\U000f0a00", "\ufffd"]


def is_told(line: str) -> bool:
    """True where the fourth line begins a piece of its own, or is doubted."""
    lines = ["Ⅰ. 2031년 과제 ", f"□ {FULL} ", f"ㅇ {FULL}", line]
    reading = read_document(lines)
    doubts = [d for doubts in outline_of(reading).doubts for d in doubts]
    is_own = any(piece.numbers[0] == 4 for piece in reading.pieces)
    return is_own or any(d.line == 4 for d in doubts)


@pytest.mark.parametrize("space", [" ", ""], ids=["spaced", "attached"])
def test_no_sign_at_the_beginning_of_a_line_is_taken_for_a_word_in_silence(space):
    unseen = [
        f"U+{ord(sign):04X}"
        for sign in signs()
        if not is_told(f"{sign}{space}새 글") and sign not in BEGIN_WORDS
    ]
    assert unseen == []


def test_words_are_not_told_from_each_other():
    assert not is_told("새 글")
    assert not is_told("▴새 글")
