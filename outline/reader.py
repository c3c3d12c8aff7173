"""Reads plain text."""

import re
from collections.abc import Iterator, Mapping, Sequence

from outline.dialects import DIALECTS, OutlineLine, Start
from outline.errors import OutlineError
from outline.line_joins import join
from outline.paragraph import Paragraph

LINE_BREAK = re.compile(r"\r\n|\r|\n")

Block = tuple[Start, list[int]]


def decode(data: bytes, path: str) -> list[str]:
    """The lines of a UTF-8 document; OutlineError for other bytes and for no text."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(LINE_BREAK.findall(error.object[: error.start].decode())) + 1
        raise OutlineError("undecodable", path, line) from error
    if not text.strip():
        raise OutlineError("empty", path, 1)
    return LINE_BREAK.split(text)


def read_lines(
    lines: Sequence[str],
    dialect: str,
    path: str,
    join_exceptions: Mapping[int, str] | None = None,
) -> list[Paragraph]:
    """The paragraphs in reading order; the item that holds one is its parent."""
    paragraphs: list[Paragraph] = []
    open_items: dict[int, int] = {}
    for start, numbers in _blocks(lines, dialect, path):
        first, last = numbers[0], numbers[-1]
        parent = next((open_items[d] for d in start.parents if d in open_items), None)
        if start.parents and parent is None:
            raise OutlineError("orphan", path, first, lines[first - 1].strip()[:20])
        wrapped = [(first, start.text)] + [(n, lines[n - 1]) for n in numbers[1:]]
        paragraph = Paragraph(
            ordinal=len(paragraphs) + 1,
            marker=start.marker,
            depth=start.depth,
            parent=parent,
            raw="\n".join(lines[first - 1 : last]),
            text=join(wrapped, join_exceptions or {}),
            first_line=first,
            last_line=last,
        )
        paragraphs.append(paragraph)
        if start.opens:
            open_items = {d: o for d, o in open_items.items() if d < start.depth}
            open_items[start.depth] = paragraph.ordinal
    return paragraphs


def _blocks(lines: Sequence[str], dialect: str, path: str) -> Iterator[Block]:
    """The start of each paragraph, with the numbers of its lines that are not blank."""
    above: Start | None = None
    after_blank = False
    block: Block | None = None
    for number, text in enumerate(lines, 1):
        if not text.strip():
            after_blank = True
            continue
        start = DIALECTS[dialect].start(
            OutlineLine(path, number, text, above, after_blank)
        )
        after_blank = False
        if start is not None:
            if block:
                yield block
            block = start, [number]
            if start.opens:
                above = start
        elif block:
            block[1].append(number)
    if block:
        yield block
