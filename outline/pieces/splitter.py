"""From lines to pieces: where each paragraph begins, and which are left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from outline.doubts import Doubt
from outline.pieces.exclusions import (
    contents_lines,
    exclusion_of,
    is_dated,
    is_empty_of_words,
    is_number_alone,
    names_contact,
    running_headers,
)
from outline.pieces.line_joins import join
from outline.pieces.lines import Line, document_lines
from outline.pieces.outline_form import (
    dominant_sign,
    first_item,
    has_parts,
    kind_of,
    label_of,
    unmarked,
)
from outline.pieces.piece import Piece
from outline.pieces.signs import class_of, is_framed, number_of
from outline.pieces.suspicion import Wraps, marker_doubts, text_doubts, wrap_doubts

TITLE_ROLES = ("part", "box", "annex")


@dataclass
class Block:
    """The lines of a piece while it is read; `is_open` for more of them."""

    marker: str
    lines: list[Line]
    excluded: str | None = None
    words: str = ""
    doubts: list[Doubt] = field(default_factory=list)
    is_open: bool = True

    @property
    def is_title(self) -> bool:
        """True for parts, chapters and headings, which seldom take a second line."""
        kind = class_of(self.marker)
        return kind.role in TITLE_ROLES or kind.name == "square"


class Splitter:
    """Reads the lines of one document one after the other."""

    def __init__(
        self, lines: Sequence[str], kind: str | None, by_indent: bool | None
    ) -> None:
        self.source = lines
        self.lines = document_lines(lines)
        self.kind = kind or kind_of(self.lines)
        self.contents = contents_lines(self.lines)
        body = [line for line in self.lines if line.number not in self.contents]
        is_found = dominant_sign(body) is not None
        self.by_indent = is_found if by_indent is None else by_indent
        self.first = first_item(self.lines, self.contents, self.kind)
        is_report = self.kind == "report"
        self.headers = running_headers(body, self.first) if is_report else ()
        self.wraps = Wraps.of(self.lines)
        self.needs_title = is_report and not has_parts(body, ())
        self.last_box = 0
        self.blocks: list[Block] = []
        self.current: Block | None = None
        self.is_over_page = False

    def split(self, joins: Mapping[int, str]) -> list[Piece]:
        for index, line in enumerate(self.lines):
            self.read(line, self.lines[index + 1 : index + 2])
        taken = {line.number for block in self.blocks for line in block.lines}
        return [self.piece(block, joins, taken) for block in self.blocks]

    def read(self, line: Line, following: Sequence[Line]) -> None:
        reason, words, is_certain = self.exclusion(line, following)
        if reason == "page-number":
            self.is_over_page = self.current is not None
            self.leave_out(line, reason, words, is_certain)
        elif line.number in self.headers:
            self.is_over_page = self.current is not None
            header = Block("", [line], "other", "머리말", is_open=False)
            header.doubts.append(line.doubt("running-header"))
            self.blocks.append(header)
        elif reason:
            self.current = None
            self.leave_out(line, reason, words, is_certain)
        elif is_number_alone(line):
            self.begin_box(line, line.stripped)
        elif line.number < self.first:
            self.begin(line, "", [])
        elif line.sign is not None:
            self.begin_marked(line)
        elif self.is_numbered_title(line, following):
            self.begin_box(line, line.stripped.split()[0])
        elif self.current is not None and self.goes_on(line, self.current):
            self.go_on(line, self.current)
        else:
            is_box_title = is_framed(line.stripped)
            self.begin(line, "", [line.doubt("framed")] if is_box_title else [])

    def exclusion(
        self, line: Line, following: Sequence[Line]
    ) -> tuple[str | None, str, bool]:
        """The reason, further words, and whether they are certain; None to keep it."""
        if line.number in self.contents:
            return "contents", "", self.contents[line.number]
        if self.kind == "goals" and label_of(unmarked(line)):
            return "label", "", True
        if line.number >= self.first:
            if is_number_alone(line) and not self.is_box(line, following):
                return "page-number", "", False
            return exclusion_of(line) or (None, "", True)
        if self.by_indent or self.kind == "goals":
            return "page-chrome", "", False
        if excluded := exclusion_of(line):
            return excluded
        if is_number_alone(line):
            return "page-number", "", False
        is_other = line.is_sentence or is_framed(line.stripped) or is_dated(line)
        if self.needs_title and not is_other:
            self.needs_title = False
            return None, "", True
        return "cover", "", is_dated(line)

    def is_box(self, line: Line, following: Sequence[Line]) -> bool:
        """True for the number of a chapter, which its title follows at once."""
        if not following or self.kind == "goals":
            return False
        title = following[0]
        is_next = int(line.stripped) in (1, self.last_box + 1)
        is_text = title.sign is None and exclusion_of(title) is None
        return is_next and is_text and not title.after_blank and not title.is_sentence

    def is_numbered_title(self, line: Line, following: Sequence[Line]) -> bool:
        """True for the number and title of a chapter, above the square of a heading."""
        number = line.stripped.split()[0]
        sign = following[0].sign if following and self.kind == "report" else None
        if sign is None or sign.kind.name != "square" or line.sign or line.is_sentence:
            return False
        return number.isdecimal() and int(number[:4]) in (1, self.last_box + 1)

    def begin_box(self, line: Line, marker: str) -> None:
        self.last_box = int(marker)
        self.begin(line, marker, [line.doubt("number-alone")])

    def leave_out(self, line: Line, reason: str, words: str, is_certain: bool) -> None:
        has_marker = reason == "label" and line.sign is not None
        marker = line.sign.marker if has_marker and line.sign else ""
        doubts = [] if is_certain else [line.doubt(reason)]
        self.blocks.append(Block(marker, [line], reason, words, doubts, is_open=False))
        if reason == "label":
            self.current = None

    def begin(self, line: Line, marker: str, doubts: list[Doubt]) -> None:
        doubts = line.unseen_doubts() + doubts
        self.current = Block(marker, [line], doubts=doubts, is_open=bool(marker))
        self.blocks.append(self.current)
        self.is_over_page = False

    def begin_marked(self, line: Line) -> None:
        assert line.sign is not None
        above = self.current.lines if self.current else []
        doubts = marker_doubts(line, above, self.wraps)
        if line.sign.kind.name == "boxed":
            self.last_box = number_of(line.sign.marker) or self.last_box + 1
        if names_contact(unmarked(line)):
            doubts.append(line.doubt("contact"))
        self.begin(line, line.sign.marker, doubts)

    def goes_on(self, line: Line, current: Block) -> bool:
        """True for a line without a marker that belongs to the piece above it."""
        if not current.is_open or is_framed(line.stripped):
            return False
        last = current.lines[-1]
        if last.stripped == current.marker:
            return True
        if self.by_indent and (
            line.after_blank or line.indent < current.lines[0].indent
        ):
            return False
        if self.kind == "goals" and not self.by_indent:
            return False
        return not (last.is_sentence or current.is_title and line.is_sentence)

    def go_on(self, line: Line, current: Block) -> None:
        last = current.lines[-1]
        if last.stripped != current.marker:
            is_title = current.is_title
            current.doubts += wrap_doubts(line, last, self.wraps, is_title)
        if self.is_over_page:
            current.doubts.append(line.doubt("joined-over-page"))
        current.doubts += line.unseen_doubts()
        current.lines.append(line)
        self.is_over_page = False

    def piece(self, block: Block, joins: Mapping[int, str], taken: set[int]) -> Piece:
        """The piece of a block, with the blank lines between its own."""
        own = {line.number for line in block.lines}
        first, last = block.lines[0].number, block.lines[-1].number
        between = range(first, last + 1)
        numbers = tuple(n for n in between if n in own or n not in taken)
        first_text = block.lines[0].text.lstrip()[len(block.marker) :]
        wrapped = [(first, first_text)]
        wrapped += [(line.number, line.text) for line in block.lines[1:]]
        within = [] if block.excluded else text_doubts(wrapped)
        as_it_stands = " ".join(first_text.split())
        piece = Piece(
            marker=block.marker,
            text=as_it_stands if block.excluded else join(wrapped, joins),
            raw="\n".join(self.source[number - 1] for number in numbers),
            numbers=numbers,
            indent=block.lines[0].indent,
            excluded=block.excluded,
            words=block.words,
            doubts=tuple(block.doubts + within),
        )
        return without_words(piece)


def without_words(piece: Piece) -> Piece:
    """The piece, left out where it holds nothing that can be read out."""
    if piece.excluded or not is_empty_of_words(piece.public_text):
        return piece
    sign = " ".join(f"{piece.marker} {piece.text}".split())
    doubt = Doubt("other", piece.numbers[0])
    return replace(
        piece,
        marker="",
        text=sign,
        excluded="other",
        words="기호",
        doubts=(*piece.doubts, doubt),
    )
