from dataclasses import dataclass


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of a source document.

    `ordinal`, `first_line`, `last_line` and `parent` (an ordinal) count from 1; `depth`
    from 0. `raw` is the lines as they stand, blank ones between them included; `text`
    is what they say: marker and private-use glyphs taken off, wrapped lines joined, the
    closing "끝." dropped.
    """

    ordinal: int
    marker: str
    depth: int
    parent: int | None
    raw: str
    text: str
    first_line: int
    last_line: int
