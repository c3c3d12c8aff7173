"""Markers: the sign or number that a paragraph begins with, as signs.toml has them."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from outline.pieces.line_joins import PRIVATE_USE

INLINE_MARKS = "▴▲△▵"
#: They end or go on with a sentence; an item never begins with one. The backslash is
#: what the working text escapes with.
CLOSING = ".,:;!?%/…)]}」』’”\\"
LONE_JAMO = re.compile("[\u1100-\u11ff\u3131-\u318e]")
FRAMED = re.compile(
    r"[-‐‑–—―−]\s.*\s[-‐‑–—―−]|=\s.*\s=|\[.*\]|<.*>|〈.*〉|【.*】|〔.*〕|《.*》|≪.*≫|｢.*｣"
)
SIGN_CATEGORIES = ("So", "Sm", "Po", "Pd", "Sc", "Sk", "No")
HANGUL_ORDER = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허"
ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
#: Where the series of ㉠, ㉮, ㈀, ㈎ and the boxed numbers begin.
FIRST_OF_SERIES = (0x3260, 0x326E, 0x3200, 0x320E, 0xF02B1)
#: A boxed 10 is an empty box over which a second sign is laid; so are 11 and 12.
BOXED_FROM_TEN = re.compile("\U000f02ba([\U000f02c3-\U000f02c5])")


@dataclass(frozen=True)
class SignClass:
    """A kind of marker, as signs.toml has it."""

    name: str
    role: str
    family: str = ""
    size: int = 0
    flexible: bool = False
    weak: bool = False


@dataclass(frozen=True)
class Sign:
    """A marker at the beginning of a line, and whether a space follows it."""

    marker: str
    kind: SignClass
    is_attached: bool = False


GLYPH = SignClass("glyph", "box")
UNKNOWN = SignClass("unknown", "bullet", "report", 4, flexible=True)
BOXED = SignClass("boxed", "box")


@cache
def forms() -> list[tuple[re.Pattern[str], str, SignClass]]:
    """The forms of all classes in order: pattern, meaning of no space, class."""
    table = tomllib.loads((Path(__file__).parent / "signs.toml").read_text("utf-8"))
    rows = []
    for fields in table["class"]:
        shapes = fields.pop("forms")
        kind = SignClass(**fields)
        rows += [(re.compile(s["pattern"]), s["attached"], kind) for s in shapes]
    return rows


def sign_of(text: str) -> Sign | None:
    """The marker that `text`, a line without its indent, begins with."""
    for pattern, attached, kind in forms():
        match = pattern.match(text)
        if match is None:
            continue
        marker, rest = match[0], text[match.end() :]
        if not rest or rest[0].isspace() or attached == "plain" and rest[0] != marker:
            return Sign(marker, kind)
        if attached == "doubt" and (rest[0].isalpha() or rest[0] in "(「‘“"):
            return Sign(marker, kind, is_attached=True)
    return unnamed_sign(text)


def unnamed_sign(text: str) -> Sign | None:
    """A sign that no class has: a private-use glyph, or what looks like a marker."""
    first, rest = text[:1], text[1:]
    if PRIVATE_USE.match(first):
        return Sign(first, UNKNOWN if "\uf020" <= first <= "\uf0ff" else GLYPH)
    if not first or first in INLINE_MARKS + CLOSING or is_framed(text):
        return None
    category = unicodedata.category(first)
    is_spaced = not rest or rest[0].isspace()
    if rest[:1] == first:
        return None
    if LONE_JAMO.match(first) and is_spaced:
        return Sign(first, UNKNOWN)
    if category in SIGN_CATEGORIES and is_spaced or category == "So":
        return Sign(first, UNKNOWN, is_attached=not is_spaced)
    return None


def is_framed(text: str) -> bool:
    """True for "- subtitle -" and for the title of a box: [title], <title>."""
    return FRAMED.fullmatch(text.strip()) is not None


def class_of(marker: str) -> SignClass:
    """The class of a marker by itself; a bare number is that of a box."""
    if marker.isdecimal():
        return BOXED
    sign = sign_of(marker)
    return sign.kind if sign else UNKNOWN


def number_of(marker: str) -> int | None:
    """The place in its series of a marker that counts; None where it does not."""
    if digits := re.findall("[0-9]+", marker):
        return int(digits[-1])
    if boxed := BOXED_FROM_TEN.match(marker):
        return 10 + ord(boxed[1]) - 0xF02C3
    if roman := re.match("[IVX]+", marker):
        values = [ROMAN_VALUES[letter] for letter in roman[0]] + [0]
        pairs = zip(values, values[1:], strict=False)
        return sum(-value if value < after else value for value, after in pairs)
    for letter in marker:
        if letter in HANGUL_ORDER:
            return HANGUL_ORDER.index(letter) + 1
        for first in FIRST_OF_SERIES:
            if 0 <= ord(letter) - first < 14:
                return ord(letter) - first + 1
        if (value := unicodedata.numeric(letter, None)) is not None:
            return int(value)
        if letter.isascii() and letter.isalpha():
            return ord(letter.lower()) - ord("a") + 1
    return None
