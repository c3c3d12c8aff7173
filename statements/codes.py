"""Codes: what they look like and how they sort."""

import re

from statements.input.letters import fold

#: A year, and from the second document of its kind in that year on, a number.
EDITION = "[1-9][0-9]{3}(?:-(?:[2-9]|[1-9][0-9]{1,2}))?"
#: At most four digits, as many as a segment of the sort key holds.
NUMBER_PATTERN = "[1-9][0-9]{0,3}"
NUMBERS = rf"{NUMBER_PATTERN}(\.{NUMBER_PATTERN})*"
CODE = re.compile(
    rf"((?:{EDITION}\.)?G{NUMBER_PATTERN}(\.[OCEN]{NUMBERS})?"
    rf"|{EDITION}\.[AT]({NUMBERS})?)"
)
#: A goal as addresses have it: of the first document of goals, the number alone.
GOAL_KEY = rf"(?:{NUMBER_PATTERN}|{EDITION}\.G{NUMBER_PATTERN})"
#: What a reader writes around a code, as in (G1.C2), “G1.C2”: no control characters.
SIGNS_AROUND = r"(?:\s|[^\w\x00-\x1f\x7f])+"
AROUND_CODE = re.compile(rf"^{SIGNS_AROUND}|{SIGNS_AROUND}$")
SEGMENT = re.compile(r"([A-Z]?)(\d*)")
#: How much longer the key of a statement is than that of the one it stands under.
KEY_STEP = 10
LETTER_RANKS = {"": 0, "G": 0, "O": 1, "C": 2, "E": 3, "A": 4, "T": 5, "N": 8}
#: Of what stands before the letters: the number of an edition, the year of later goals.
EDITION_RANK, GOALS_YEAR_RANK = 6, 7


def sort_key(code: str) -> str:
    """Digits that sort as the documents read: goals first, G1.C10 after G1.C2, and of
    a later document of goals or a second one of a year after the first.

    Four digits a segment, its letter's rank and its number; digits alone, because
    databases disagree on how other characters collate. ValueError for what is no code.
    What stands under a statement goes by `key_under` instead.
    """
    if not CODE.fullmatch(code):
        raise ValueError(code)
    is_goal = "G" in code
    key = "0" if is_goal else "1"
    edition, *segments = code.split(".")
    if edition.startswith("G"):
        segments = [edition, *segments]
    else:
        year, _dash, number = edition.partition("-")
        key += f"{GOALS_YEAR_RANK if is_goal else 0}{year}"
        key += f"{EDITION_RANK}{int(number):04d}" if number else ""
    for segment in segments:
        letter, number = letter_and_number(segment)
        key += f"{LETTER_RANKS[letter]}{int(number or 0):04d}"
    return key


def key_under(above: str, position: int, code: str) -> str:
    """The key of what stands under the statement with the key `above`.

    Objectives before contents before effects before notes, then by position; the
    number of the code tells apart those that share one while a new order is half
    approved.
    """
    _letter, number = letter_and_number(code.rpartition(".")[2])
    return f"{above}{group_of(code)}{position:05d}{int(number):04d}"


def keys_above(key: str) -> list[str]:
    """The keys of all that a statement stands under, by its own, the nearest first."""
    return [key[:end] for end in range(len(key) - KEY_STEP, 0, -KEY_STEP)]


def group_of(code: str) -> int:
    """The siblings that a statement is ordered among: objectives, contents …"""
    letter, _number = letter_and_number(code.rpartition(".")[2])
    return LETTER_RANKS[letter]


def code_in(text: str) -> str:
    """The code that a text is, however it is written: (g1.c2); else none."""
    code = AROUND_CODE.sub("", fold(text).text).upper()
    return code if CODE.fullmatch(code) else ""


def goal_key(code: str) -> str:
    """The goal in an address: 3 for G3, 2027.G1 for itself."""
    return code.removeprefix("G")


def goal_code(key: str) -> str:
    """The code of the goal that `goal_key` made the key of."""
    return f"G{key}" if key.isdecimal() else key


def letter_and_number(segment: str) -> tuple[str, str]:
    """The two parts of a segment, either empty; ValueError for what is none."""
    match = SEGMENT.fullmatch(segment)
    if match is None:
        raise ValueError(segment)
    return match[1], match[2]
