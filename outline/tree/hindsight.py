"""Facts that show when a whole report has been read: its chapters, and odd levels."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from outline.pieces.piece import Piece, Reading
from outline.pieces.signs import class_of
from outline.tree.open_items import HEADING, Place, doubt


def chapter_classes(
    pieces: Sequence[Piece], places: Mapping[int, Place]
) -> frozenset[str]:
    """The classes of numbers that stand first under a part and hold squares."""
    classes = set()
    for ordinal, place in places.items():
        marker = pieces[ordinal].marker
        if place.parent is None or not marker or class_of(marker).name != "square":
            continue
        above = pieces[place.parent]
        if above.marker and places[place.parent].depth == HEADING:
            classes.add(class_of(above.marker).name)
    return frozenset(classes)


def look_back(reading: Reading, places: Mapping[int, Place]) -> None:
    """Add the doubts that only the whole report tells."""
    if not reading.by_indent:
        doubt_odd_levels(reading.pieces, places)
    doubt_loose_notes(reading.pieces, places)


def doubt_loose_notes(pieces: Sequence[Piece], places: Mapping[int, Place]) -> None:
    """Doubt each "*" that no asterisk calls for: it may be a bullet as well."""
    for ordinal, place in places.items():
        marker = pieces[ordinal].marker
        if not marker.startswith("*"):
            continue
        above, is_called = place.parent, False
        while above is not None and not is_called:
            is_called = marker in pieces[above].text
            above = places[above].parent
        if not is_called and "note-place" not in [d.code for d in place.doubts]:
            place.doubts.append(doubt(pieces[ordinal], "note-place"))


def doubt_odd_levels(pieces: Sequence[Piece], places: Mapping[int, Place]) -> None:
    """Doubt each bullet at another level than most of its class: one may be missing.

    Signs that tell no size are doubted already.
    """
    depths: dict[str, Counter[int]] = defaultdict(Counter)
    sized = {}
    for ordinal, place in places.items():
        kind = class_of(pieces[ordinal].marker)
        if pieces[ordinal].marker and kind.role == "bullet" and not kind.flexible:
            sized[ordinal] = kind.name
            depths[kind.name][place.depth] += 1
    for ordinal, name in sized.items():
        [(usual, _)] = depths[name].most_common(1)
        piece, place = pieces[ordinal], places[ordinal]
        if place.depth != usual and "level" not in [d.code for d in place.doubts]:
            place.doubts.append(doubt(piece, "level", piece.marker))
