"""A text as quotes are compared: its letters and signs, and where its words end.

Nothing else is set aside than how one is typed: white space, letters taken apart, kinds
of quotation marks, dots and dashes, widths, capitals and the marks of lists.
"""

import re
from typing import NamedTuple

from statements.input.letters import DOT, unify

#: Around words: they are not compared. An apostrophe within a word is.
QUOTATION = frozenset("'\"“”„‟«»‹›「」『』《》〈〉`´′″")
LIST_MARKS = frozenset("▴▲△▶►▪■□●○◦◆◇✓※")
#: One dot leader, which many keyboards give for a middle dot.
DOT_LEADER = str.maketrans({"․": DOT})
#: Words end before and after these, but not within a number.
PUNCTUATION = frozenset(f"{DOT},()[]/;:~?!")
#: What a sentence has at its ends and a fragment of it has not.
ENDS = " .,;:"
HANGUL_LETTER = re.compile("[가-힣]")
#: A word that a line's end has cut in two, or a compound that it has parted.
BROKEN_WORD = re.compile(r"(?<=[A-Za-z])[-‐]\s*\n\s*(?=[A-Za-z])")
#: Letters that a fragment has to have before it can be told from a common phrase.
LEAST_LETTERS = {"ko": 12, "en": 20}


class LetterKey(NamedTuple):
    """`key` is compared; `edges` are the places in it where a word begins or ends."""

    key: str
    edges: frozenset[int]


def letter_key(text: str) -> LetterKey:
    signs = unify(text.translate(DOT_LEADER)).text.casefold()
    key: list[str] = []
    edges = {0}
    is_apart = False
    for at, sign in enumerate(signs):
        if sign.isspace() or is_left_out(signs, at):
            is_apart = True
            edges.add(len(key))
            continue
        # Korean is written with and without space; two words or numbers are two.
        if is_apart and key and is_latin(key[-1]) and is_latin(sign):
            key.append(" ")
            edges.add(len(key))
        if sign in PUNCTUATION and not is_within_number(signs, at):
            edges |= {len(key), len(key) + 1}
        if sign == "." and not signs[at + 1 : at + 2].strip():
            edges |= {len(key), len(key) + 1}
        key.append(sign)
        is_apart = False
    return LetterKey("".join(key), frozenset(edges | {len(key)}))


def is_left_out(signs: str, at: int) -> bool:
    if signs[at] == "'" and 0 < at < len(signs) - 1:
        return not (is_latin(signs[at - 1]) and is_latin(signs[at + 1]))
    # Signs of private use are bullets of one program's own font.
    return (
        signs[at] in QUOTATION
        or signs[at] in LIST_MARKS
        or "\ue000" <= signs[at] <= "\uf8ff"
    )


def is_latin(sign: str) -> bool:
    return sign.isalnum() and not HANGUL_LETTER.match(sign)


def is_within_number(signs: str, at: int) -> bool:
    return signs[at - 1 : at].isdigit() and signs[at + 1 : at + 2].isdigit()


def needles(text: str) -> list[str]:
    """The keys that a quote may be found by: a hyphen at the end of a line is one of
    the word or of the line.
    """
    forms = dict.fromkeys(BROKEN_WORD.sub(sign, text) for sign in ("-", ""))
    return [letter_key(form).key.strip(ENDS) for form in forms]


def language_of_key(key: str) -> str:
    return "ko" if HANGUL_LETTER.search(key) else "en"


def count_letters(key: str) -> int:
    return sum(sign.isalnum() for sign in key)


def is_long_enough(key: str) -> bool:
    return count_letters(key) >= LEAST_LETTERS[language_of_key(key)]
