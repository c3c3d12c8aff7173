"""A pasted text as the pieces that are checked: sentences, lines, parts of either."""

import re
from enum import IntEnum
from typing import NamedTuple

#: A line that begins as an item of a list begins anew.
BULLET_START = re.compile(
    r"^\s*(?:[-*>•·‧]\s+|[▴▲△▶▪■□●○◦◆◇※ㅇ\ue000-\uf8ff]\s*|\(?\d{1,2}[.)]\s+)(?=\S)"
)
#: The end of a sentence, with the marks that close after it.
QUOTE_END = re.compile(r"(?<=[.!?。])([\"'”’»」』)\]]*)\s+")
#: After these a point is no end for certain: U.S., No., e.g.
ABBREVIATION = re.compile(r"(?:\b(?:[A-Za-z]\.)+|\b(?:No|Mr|Ms|Dr|St|vs|e\.g|i\.e)\.)$")
#: What stands for words that are left out.
OMISSION = re.compile(
    r"\s*(?:[(\[]\s*(?:\.{2,}|…+|⋯+|중략|이하 생략|omitted)\s*[)\]]"
    r"|…+|⋯+|\.{3,}|(?:\. ){2,}\.)\s*"
)
#: Of any length, so that no expression has to try each part of it.
WHITE_SPACE = re.compile(r"[^\S\n\r]+")
#: Of lines, and of points after abbreviations, that may be within one sentence.
MOST_JOINED = 6


class Parting(IntEnum):
    """Between a piece and the one before it."""

    LINE = 0
    SENTENCE = 1
    #: An empty line, or the mark of a list.
    PARAGRAPH = 2


class Block(NamedTuple):
    """One sentence for certain; its parts are those that a line's end may part, each
    with the white space before it.
    """

    parts: list[str]
    parting: Parting


def blocks(text: str) -> list[Block]:
    found = [Block([], Parting.PARAGRAPH)]
    for line in WHITE_SPACE.sub(" ", text).splitlines():
        bare = BULLET_START.sub("", line)
        if not line.strip() or bare != line:
            found.append(Block([], Parting.PARAGRAPH))
        before = "\n"
        for part, is_last in sentences(bare):
            if part.strip():
                found[-1].parts.append(before + part.strip())
                before = " "
            if is_last:
                found.append(Block([], Parting.SENTENCE))
    return [block for block in found if block.parts]


def sentences(line: str) -> list[tuple[str, bool]]:
    """The parts of a line, each with whether a sentence ends with it for certain."""
    parts: list[tuple[str, bool]] = []
    at = 0
    for match in QUOTE_END.finditer(line + "\n"):
        before = line[at : match.start()]
        # Points that stand for words left out end nothing.
        if before.endswith(("..", "…")) or line[: match.end()].rstrip().endswith(" ."):
            continue
        parts.append((before + match[1], not ABBREVIATION.search(before)))
        at = match.end()
    return [*parts, (line[at:], False)]


def omitted(text: str) -> list[str]:
    """The parts between marks of omission; at the ends they say nothing."""
    return [part for part in OMISSION.split(text) if part.strip()]
