"""Joins hard-wrapped lines into one text.

A line that ends in a space is joined with one space, one that does not with nothing,
for such documents are wrapped inside words; after a middle dot with nothing, for the
dot itself joins, and before a closing bracket, a comma or a slash that has no space
after it. The lines for which this rule is wrong are a reviewed list that the
caller passes as `exceptions`.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

MIDDLE_DOTS = "·‧・"
#: The beginning of a line that never has a space before it.
ATTACHED = re.compile(r"\s*(?:[)\]」』,.:;?!]|/\S)")
PRIVATE_USE = re.compile(
    "[\ue000-\uf8ff\uffff\U000f0000-\U000ffffd\U00100000-\U0010fffd]"
)
END_MARK = re.compile(r"(?:(?<![^\s.])끝\.\s*)+$")


def join(lines: Sequence[tuple[int, str]], exceptions: Mapping[int, str]) -> str:
    """The text of `lines`, pairs of line number and line with the marker taken off.

    `exceptions` maps the number of a line to what joins it to the next.
    """
    text = ""
    for (number, line), (_, following) in pairwise([*lines, (0, "")]):
        text += line.strip()
        text += exceptions.get(number, separator(line, following))
    return bare(text)


def bare(text: str) -> str:
    """The text without glyphs that no other font has and without the closing "끝."."""
    words = " ".join(PRIVATE_USE.sub("", text).split())
    return END_MARK.sub("", words).rstrip()


def separator(line: str, following: str) -> str:
    if line.rstrip().endswith(tuple(MIDDLE_DOTS)) or ATTACHED.match(following):
        return ""
    return " " if line[-1:].isspace() else ""
