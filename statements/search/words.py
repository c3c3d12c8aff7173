"""Text as words: Hangul, Latin or number, each with where it stands in the original."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

#: The Chinese characters of the sources and of headlines, by their Korean reading.
HANJA = str.maketrans(
    "美北中日新下韓露英佛獨前對核南濠非反國本舊現親",
    "미북중일신하한러영불독전대핵남호비반국본구현친",
)
WORD = re.compile(
    r"(?P<hangul>[가-힣]+)"
    r"|(?P<initials>[a-z](?:\.[a-z])+\b\.?)"
    r"|(?P<latin>(?:(?![가-힣_])\w)+)(?:['’]s\b)?",
)
#: No longer word is looked for; longer ones are found by their beginning.
LONGEST_WORD = 100
SEARCHED_MIDDLE_DOTS = "‧·・∙"


class Word(NamedTuple):
    text: str
    is_hangul: bool
    start: int
    end: int


class Folded(NamedTuple):
    """A text as it is compared; `origin` has the place of each character in it."""

    text: str
    origin: list[int]


def fold(text: str) -> Folded:
    """Without case, accents, width and Chinese characters, whose reading remains."""
    characters, origin = [], []
    for place, character in enumerate(text):
        for folded in fold_character(character):
            characters.append(folded)
            origin.append(place)
    return Folded("".join(characters), [*origin, len(text)])


@lru_cache(maxsize=10_000)
def fold_character(character: str) -> str:
    if "가" <= character <= "힣":
        return character
    plain = unicodedata.normalize("NFKC", character).translate(HANJA).casefold()
    if plain.isascii() or any("가" <= letter <= "힣" for letter in plain):
        return plain
    parts = unicodedata.normalize("NFKD", plain)
    return "".join(part for part in parts if not unicodedata.combining(part))


def words(text: str) -> list[Word]:
    folded = fold(text)
    return [
        Word(
            text=text_of(match),
            is_hangul=match.lastgroup == "hangul",
            start=folded.origin[match.start()],
            end=folded.origin[match.end() - 1] + 1,
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
        and between in tuple(SEARCHED_MIDDLE_DOTS)
    )
