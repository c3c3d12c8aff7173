"""Text as words: Hangul, Latin or number, each with where it stands in the original."""

import re
from typing import NamedTuple

from statements.input.letters import DOT, fold, unify

WORD = re.compile(
    r"(?P<hangul>[가-힣]+)"
    r"|(?P<initials>[a-z](?:\.[a-z])+\b\.?)"
    r"|(?P<latin>(?:(?![가-힣_])\w)+)(?:['’]s\b)?",
)
#: No longer word is looked for; longer ones are found by their beginning.
LONGEST_WORD = 100


class Word(NamedTuple):
    text: str
    is_hangul: bool
    start: int
    end: int


def words(text: str) -> list[Word]:
    folded = fold(text)
    return [
        Word(
            text_of(match),
            match.lastgroup == "hangul",
            *folded.place(*match.span()),
        )
        for match in WORD.finditer(folded.text)
    ]


def text_of(match: re.Match[str]) -> str:
    """The word; of a run of letters that is no word of any language, its beginning."""
    text = match[match.lastgroup or 0].replace(".", "")
    return text if match.lastgroup == "hangul" else text[:LONGEST_WORD]


def stands_for_pair(left: Word, right_stem: str, between: str) -> bool:
    """Two words are countries by one syllable each, as in 미‧일 or 중·러."""
    return (
        left.is_hangul
        and len(left.text) == len(right_stem) == 1
        and unify(between).text == DOT
    )
