"""The two ways in which our documents mark their levels."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Protocol

from outline.errors import OutlineError
from outline.line_joins import PRIVATE_USE

INLINE_MARKS = "▴"
NUMBERED = re.compile(r"(\d{1,2}|[가-하])[.)]\s")


@dataclass(frozen=True)
class Start:
    """The beginning of a paragraph: its `marker`, `depth` and text.

    `parents` are the depths that may hold it, the first that is open does; `opens` says
    whether it can hold others itself.
    """

    marker: str
    depth: int
    parents: tuple[int, ...]
    text: str
    opens: bool = True


@dataclass(frozen=True)
class OutlineLine:
    """A line that is not blank, with what stands above it."""

    path: str
    number: int
    text: str
    above: Start | None
    after_blank: bool

    @property
    def stripped(self) -> str:
        return self.text.strip()

    def error(self, reason: str, detail: str | int | None = None) -> OutlineError:
        detail = self.stripped[:20] if detail is None else detail
        return OutlineError(reason, self.path, self.number, detail)


class Dialect(Protocol):
    """The levels of one sort of document."""

    def start(self, line: OutlineLine) -> Start | None:
        """The paragraph that begins here; None for a line that continues the last.

        Raises OutlineError for a line that can be neither.
        """


class ReportDialect:
    """□ ㅇ - ※ below parts ("I.") and chapters (a private-use glyph).

    Such reports are indented at will, so depth comes from the marker alone.
    """

    PART = re.compile(r"([IVX]+|[Ⅰ-Ⅻ])\.\s")
    DEPTHS = {"□": (2, (1, 0)), "ㅇ": (3, (2,)), "-": (4, (3,)), "※": (4, (3,))}

    def start(self, line: OutlineLine) -> Start | None:
        if self.PART.match(line.stripped):
            return Start("", 0, (), line.text)
        if PRIVATE_USE.match(line.stripped):
            return Start("", 1, (0,), line.text)
        if is_marker(line.stripped):
            marker = line.stripped[0]
            if marker not in self.DEPTHS:
                raise line.error("unknown-marker")
            depth, parents = self.DEPTHS[marker]
            return Start(marker, depth, parents, line.text.lstrip()[1:])
        if line.above is None:
            raise line.error("no-item")
        return None


class PageDialect:
    """• at every level, as a web page gives it: depth is the indent, two spaces each.

    Lines without a bullet are page chrome before the first one; later, after a blank
    line, a second paragraph of the item above.
    """

    BULLET = "•"
    INDENT = 2

    def start(self, line: OutlineLine) -> Start | None:
        if line.stripped.startswith(self.BULLET):
            return self._item(line)
        if line.above is None:
            return Start("", 0, (), line.text, opens=False)
        if is_marker(line.stripped):
            raise line.error("unknown-marker")
        if line.after_blank:
            depth = line.above.depth
            return Start("", depth + 1, (depth,), line.text, opens=False)
        return None

    def _item(self, line: OutlineLine) -> Start:
        indent = len(line.text) - len(line.text.lstrip())
        if indent < self.INDENT or indent % self.INDENT:
            raise line.error("indent", indent)
        depth = indent // self.INDENT - 1
        parents = (depth - 1,) if depth else ()
        return Start(self.BULLET, depth, parents, line.text.lstrip()[1:])


def is_marker(stripped: str) -> bool:
    """True for a line that begins like a list item: a sign or number, then space."""
    if NUMBERED.match(stripped):
        return True
    first, rest = stripped[0], stripped[1:2]
    if first in INLINE_MARKS or not rest.isspace():
        return False
    return first == "ㅇ" or unicodedata.category(first) in ("So", "Sm", "Po", "Pd")


DIALECTS: dict[str, Dialect] = {"report": ReportDialect(), "page": PageDialect()}
