"""Codes: what they look like and how they sort."""

import re

#: At most four digits, as many as a segment of the sort key holds.
NUMBER_PATTERN = "[1-9][0-9]{0,3}"
NUMBERS = rf"{NUMBER_PATTERN}(\.{NUMBER_PATTERN})*"
CODE = re.compile(
    rf"(G{NUMBER_PATTERN}(\.[OCE]{NUMBERS})?|[1-9][0-9]{{3}}\.[AT]({NUMBERS})?)"
)
SEGMENT = re.compile(r"([A-Z]?)(\d*)")
LETTER_RANKS = {"": 0, "G": 0, "O": 1, "C": 2, "E": 3, "A": 4, "T": 5}


def sort_key(code: str) -> str:
    """Digits that sort as the documents read: goals first, G1.C10 after G1.C2.

    Four digits a segment, its letter's rank and its number; digits alone, because
    databases disagree on how other characters collate. ValueError for what is no code.
    What stands under a statement goes by `key_under` instead.
    """
    if not CODE.fullmatch(code):
        raise ValueError(code)
    key = "0" if code.startswith("G") else "1"
    for segment in code.split("."):
        letter, number = letter_and_number(segment)
        key += f"{LETTER_RANKS[letter]}{int(number or 0):04d}"
    return key


def key_under(above: str, position: int, code: str) -> str:
    """The key of what stands under the statement with the key `above`.

    Objectives before contents before effects, then by position; the number of the code
    tells apart those that share one while a new order is half approved.
    """
    _letter, number = letter_and_number(code.rpartition(".")[2])
    return f"{above}{group_of(code)}{position:05d}{int(number):04d}"


def group_of(code: str) -> int:
    """The siblings that a statement is ordered among: objectives, contents …"""
    letter, _number = letter_and_number(code.rpartition(".")[2])
    return LETTER_RANKS[letter]


def letter_and_number(segment: str) -> tuple[str, str]:
    """The two parts of a segment, either empty; ValueError for what is none."""
    match = SEGMENT.fullmatch(segment)
    if match is None:
        raise ValueError(segment)
    return match[1], match[2]
