"""Joins hard-wrapped lines into one text.

A line that ends in a space is joined with one space, one that does not with nothing,
for such documents are wrapped inside words; after a middle dot with nothing, for the
dot itself joins. The lines for which this rule is wrong are a reviewed list that the
caller passes as `exceptions`.
"""

import re
from collections.abc import Mapping, Sequence

MIDDLE_DOTS = "·‧・"
PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
END_MARK = re.compile(r"\s*끝\.\s*$")


def join(lines: Sequence[tuple[int, str]], exceptions: Mapping[int, str]) -> str:
    """The text of `lines`, pairs of line number and line with the marker taken off.

    `exceptions` maps the number of a line to what joins it to the next.
    """
    text = ""
    for number, line in lines:
        text += line.strip()
        text += exceptions.get(number, separator(line))
    return END_MARK.sub("", " ".join(PRIVATE_USE.sub("", text).split()))


def separator(line: str) -> str:
    if line.rstrip().endswith(tuple(MIDDLE_DOTS)):
        return ""
    return " " if line[-1:].isspace() else ""
