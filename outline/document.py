"""A document as pieces: lines of text in, a flat list in reading order out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from outline.pieces.piece import Reading
from outline.pieces.splitter import Splitter
from outline.tree.levels import places_of

#: Spaces of the working text for each level.
INDENT = 2
#: Doubts that only the indents of the original tell.
OF_INDENTS = ("indent", "note-place")


def read_document(
    lines: Sequence[str],
    kind: str | None = None,
    joins: Mapping[int, str] | None = None,
    by_indent: bool | None = None,
) -> Reading:
    """The pieces of a document; kind and switch are found where they are not given.

    `joins` maps the number of a line to what joins it to the next, where the rule for
    wrapped lines is known to be wrong. Never raises.
    """
    splitter = Splitter(lines, kind, by_indent)
    pieces = splitter.split(joins or {})
    as_read = Reading(splitter.kind, splitter.by_indent, tuple(pieces))
    places = places_of(as_read)
    levelled = []
    for ordinal, piece in enumerate(pieces):
        place = places.get(ordinal)
        doubts = [d for d in place.doubts if d.code in OF_INDENTS] if place else []
        levelled.append(
            replace(
                piece,
                indent=INDENT * place.depth if place else 0,
                doubts=(*piece.doubts, *doubts),
            )
        )
    return replace(as_read, pieces=tuple(levelled))
