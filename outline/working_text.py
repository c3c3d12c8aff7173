"""The working text: one text, a line a paragraph, that people correct.

    Ⅰ. 2025년 주요 추진과제
      1 협력 강화
        □ 정상 교류 확대
    #표지 외교부
    #기타: 안내문: 이 자료는 …

A line is its marker, a space and the text, indented by two spaces for each level.
`#` and a reason leave a paragraph out; the reason "other" takes words of its own
between colons. The first line `#들여쓰기` says that levels come from the indentation.
`\\` before a line takes it as it stands, without a marker; between two of them stands a
marker that would not be seen as one. Blank lines mean nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from outline.alignment import align
from outline.pieces.exclusions import REASONS
from outline.pieces.line_joins import PRIVATE_USE, bare
from outline.pieces.lines import Line, document_lines
from outline.pieces.piece import Piece, Reading
from outline.pieces.splitter import without_words
from outline.pieces.suspicion import Wraps, described, marker_doubts
from outline.pieces.text_file import lines_of

BY_INDENT = "#들여쓰기"
BY_INDENT_SPELLINGS = (BY_INDENT, "#indent")
LITERAL = "\\"
SLUGS = {name: slug for slug, name in REASONS.items()} | {
    slug: slug for slug in REASONS
}
EXCLUDED = re.compile(
    rf"#\s*({'|'.join(sorted(SLUGS, key=len, reverse=True))})"
    r"(?::\s*(?P<words>[^:]*?)\s*:(?!\S)|:)?(?:\s+(?P<text>.*))?"
)
BOX = re.compile(r"(\d{1,3})(?:\s+(.*))?")


def write(reading: Reading) -> str:
    """The working text of a reading."""
    lines = [written(piece) for piece in reading.pieces]
    if reading.by_indent:
        lines.insert(0, BY_INDENT)
    return "\n".join(lines) + "\n"


def written(piece: Piece) -> str:
    indent = " " * piece.indent
    shown = f"{piece.marker} {piece.text}".strip()
    if piece.excluded:
        words = f": {piece.words}:" if piece.words else ""
        return f"{indent}#{REASONS[piece.excluded]}{words} {shown}".rstrip()
    if marker_and_text(shown) != (piece.marker, piece.text) or is_directive(shown):
        return f"{indent}{LITERAL}{piece.marker}{LITERAL} {piece.text}"
    return indent + shown


def is_directive(text: str) -> bool:
    is_excluded = EXCLUDED.fullmatch(text) is not None
    return is_excluded or text in BY_INDENT_SPELLINGS or text.startswith(LITERAL)


def read(text: str, kind: str, original: Sequence[Piece] = ()) -> Reading:
    """The pieces of a working text.

    Lines and raw text come from `original`, the pieces of the document that it was
    made from, found again by content: a paragraph that nobody touched is the piece
    that it was, with its doubts. One that was split, joined or reworded has the lines
    of its letters. Without an original the working text is its own. Never raises.
    """
    lines = document_lines(lines_of(text))
    by_indent = any(line.stripped in BY_INDENT_SPELLINGS for line in lines[:1])
    if by_indent:
        del lines[0]
    pieces = [read_line(line) for line in lines]
    missing: tuple[Piece, ...] = ()
    if original:
        pieces, missing = align(pieces, original)
    places = tuple(line.number for line in lines)
    return Reading(kind, by_indent, tuple(pieces), places, missing)


def read_line(line: Line) -> Piece:
    """The piece of a line that stands for itself."""
    piece = Piece("", "", line.raw, (line.number,), line.indent)
    text = line.stripped
    if match := EXCLUDED.fullmatch(text):
        return excluded_piece(piece, match)
    if text.startswith(LITERAL):
        marker, separator, rest = text[1:].partition(LITERAL)
        if not separator:
            marker, rest = "", marker
        return without_words(replace(piece, marker=marker, text=bare(rest)))
    marker, rest = marker_and_text(text)
    doubts = line.unseen_doubts() + marker_doubts(line, (), Wraps(0, True))
    if glyphs := PRIVATE_USE.findall(rest):
        doubts.append(line.doubt("glyph", described(glyphs[0])))
    return without_words(
        replace(piece, marker=marker, text=bare(rest), doubts=tuple(doubts))
    )


def excluded_piece(piece: Piece, match: re.Match[str]) -> Piece:
    slug, text = SLUGS[match[1]], " ".join((match["text"] or "").split())
    marker = ""
    if slug == "label":
        marker, text = marker_and_text(text)
    words = match["words"] or ""
    return replace(piece, marker=marker, text=text, excluded=slug, words=words)


def marker_and_text(text: str) -> tuple[str, str]:
    """The marker at the beginning of a line, and the rest; a bare number is one."""
    if box := BOX.fullmatch(text):
        return box[1], (box[2] or "").strip()
    sign = Line(1, text, text, False).sign
    marker = sign.marker if sign else ""
    return marker, text[len(marker) :].strip()
