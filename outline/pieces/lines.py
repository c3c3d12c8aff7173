"""Lines of a document, without what nobody can see in them."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from outline.doubts import Doubt
from outline.pieces.signs import Sign, sign_of

SOFT_HYPHEN = "\u00ad"
#: Characters without width or meaning of their own: never part of a text.
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\ud800-\udfff\ufdd0-\ufdef\uffa0\ufff9-\ufffb\ufffe\U000e0000-\U000e0fff]"
)
#: What programs write for a letter that they could not read, and a part of a letter
#: of Hangul that found no other to be composed with; one alone may be a marker.
LOST_LETTER = re.compile("\ufffd|(?<=.)[\u1100-\u11ff]")
MOST_NAMED = 5
TAB, WIDE = 4, 2
SENTENCE_END = re.compile(r"[가-힣)][.!?。]['\"”’」』)]*$")


@dataclass(frozen=True)
class Line:
    """A line that is not blank: its `number`, and its `text` as people see it."""

    number: int
    raw: str
    text: str
    after_blank: bool

    @cached_property
    def stripped(self) -> str:
        return self.text.strip()

    @cached_property
    def indent(self) -> int:
        return indent_of(self.text)

    @cached_property
    def sign(self) -> Sign | None:
        return sign_of(self.stripped)

    @cached_property
    def squeezed(self) -> str:
        return "".join(self.text.split())

    @cached_property
    def is_sentence(self) -> bool:
        return SENTENCE_END.search(self.stripped) is not None

    def doubt(self, code: str, detail: str = "") -> Doubt:
        return Doubt(code, self.number, detail)

    def unseen_doubts(self) -> list[Doubt]:
        """Doubts about what the text no longer has: invisible signs, lost letters."""
        doubts = []
        if signs := list(dict.fromkeys(INVISIBLE.findall(self.raw))):
            names = ", ".join(f"U+{ord(sign):04X}" for sign in signs[:MOST_NAMED])
            doubts.append(self.doubt("zero-width", names))
        if lost := LOST_LETTER.search(self.stripped):
            doubts.append(self.doubt("lost-letter", lost[0]))
        return doubts


def visible(text: str) -> str:
    """The text without invisible characters; a soft hyphen used as a bullet is seen."""
    body = text.lstrip()
    if not body.startswith(SOFT_HYPHEN + " "):
        return INVISIBLE.sub("", text)
    indent = text[: len(text) - len(body)]
    return indent + "-" + INVISIBLE.sub("", body[1:])


def document_lines(lines: Sequence[str]) -> list[Line]:
    """The lines that hold something, numbered from 1; invisible signs alone do not."""
    read = []
    after_blank = False
    for number, raw in enumerate(lines, 1):
        text = visible(raw)
        if text.strip():
            read.append(Line(number, raw, text, after_blank))
        after_blank = not text.strip()
    return read


def indent_of(text: str) -> int:
    """The columns before the first letter; a tab leads to the next fourth."""
    columns = 0
    *before_tabs, last = text[: len(text) - len(text.lstrip())].split("\t")
    for blank in before_tabs:
        columns += width(blank)
        columns += TAB - columns % TAB
    return columns + width(last)


def width(text: str) -> int:
    """The columns that a text takes: two for a letter of Korean."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(letter) in "WFA" for letter in text)
    return len(text) + wide
