"""Reads Korean outline documents into pieces, and pieces into statements. No Django.

For the pages of the intake, in order:

    file = decode(data, name)                  # bytes to lines; OutlineError refuses
    reading = read_document(file.lines, kind)  # or lines_of(text) for what was pasted
    text = working_text.write(reading)         # what people correct
    reading = working_text.read(text, reading.kind, original=reading.pieces)
    outline = outline_of(reading, year)        # the tree, with doubts

`decode` alone refuses (`OutlineError`, told in both languages); all else takes any
text. `kind` is "report" or "goals", found where it is None, and so is `by_indent`, the
switch that says where levels come from. `file.encoding` is how the bytes were read.

The **working text** has a line a paragraph (working_text says how it is written). Lines
of the original are kept beside it, by content: give `read` the pieces that the original
makes, each time anew from its kept bytes, and every paragraph has its lines again, also
after a download. `reading.missing` are pieces that somebody deleted instead of leaving
them out by `#`.

Of a `Reading`: `pieces`; `places`, the line of the working text for each piece;
`by_indent`, the switch. Of an `Outline`, a list entry for each piece: `depths`,
`parents` (ordinals from 0), `doubts` (`code`, `line` of the original, `message("ko")`);
and `statements`: `code`, `kind`, `parent`, `position`, `year`, `title_ko`, `text_ko`,
`pieces` (ordinals), for parts `nature`. A code that begins with "?" has no year yet and
must not be stored. Paragraphs are stored with `piece.public_marker`, `public_text`,
`raw`, `lines` and `excluded`; `REASONS` are the exclusions and their Korean names. The
raw text, and that of what is excluded, may hold characters that no column takes.
"""

from outline import working_text
from outline.document import read_document
from outline.doubts import Doubt
from outline.errors import OutlineError
from outline.pieces.exclusions import REASONS
from outline.pieces.piece import Piece, Reading
from outline.pieces.text_file import TextFile, decode, lines_of
from outline.tree.rows import StatementRow
from outline.tree.tree import Outline, outline_of

__all__ = [
    "REASONS",
    "Doubt",
    "Outline",
    "OutlineError",
    "Piece",
    "Reading",
    "StatementRow",
    "TextFile",
    "decode",
    "lines_of",
    "outline_of",
    "read_document",
    "working_text",
]
