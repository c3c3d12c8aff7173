"""The form of a whole document: its kind, its labels, and where levels come from."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from outline.pieces.exclusions import exclusion_of, is_dated
from outline.pieces.lines import Line
from outline.pieces.signs import is_framed

KINDS = ("report", "goals")
#: Labels of goals pages, and the kind of what stands below each.
LABELS = {
    "과제목표": "objective",
    "추진목표": "objective",
    "주요내용": "key-content",
    "기대효과": "expected-effect",
}
GOALS_TITLE = re.compile(r".{0,6}(?:외교정책목표|국정과제|국정목표|정책목표)")
FRAME = " ()[]<>〈〉〔〕【】《》≪≫:：ㆍ·\t"
#: Headings of releases that have no marker name the national task that they serve.
PROSE_HEADING = re.compile(r"\(\s?국정\s?과제\s?[\d,·~\- ]+\)$")
#: The share of the only bullet among all markers from which its indents count.
DOMINANT = 0.8


def label_of(text: str) -> str | None:
    """The kind that a label stands for; None for a text that is no label."""
    return LABELS.get("".join(text.strip(FRAME).split()))


def unmarked(line: Line) -> str:
    """The line without its marker."""
    marker = line.sign.marker if line.sign else ""
    return line.stripped[len(marker) :].strip()


def kind_of(lines: Sequence[Line]) -> str:
    """The kind of a document: goals by their labels, or by the title of the page."""
    kinds = [label_of(unmarked(line)) for line in lines]
    is_labelled = "objective" in kinds and len(set(kinds) - {None}) > 1
    is_page = dominant_sign(lines) is not None and any(
        GOALS_TITLE.fullmatch(line.squeezed) for line in lines
    )
    return "goals" if is_labelled or is_page else "report"


def dominant_sign(lines: Sequence[Line]) -> str | None:
    """The only bullet of a page, where it stands at several indents; None otherwise.

    Menus above its first line may have others.
    """
    bullets = [n.sign.marker for n in lines if n.sign and n.sign.kind.role == "bullet"]
    sign = bullets[-1] if bullets else None
    if sign is None or set(bullets[bullets.index(sign) :]) != {sign}:
        return None
    counts = Counter(n.indent for n in lines if n.sign and n.sign.marker == sign)
    marked = sum(line.sign is not None and not exclusion_of(line) for line in lines)
    is_spread = max(counts) - min(counts) > 1
    return sign if is_spread and counts.total() >= DOMINANT * marked else None


def first_item(lines: Sequence[Line], skipped: Collection[int], kind: str) -> int:
    """The number of the line with which the outline begins; before it is the cover."""
    body = [line for line in lines if line.number not in skipped]
    sign = dominant_sign(body)
    labels = [n for n, line in enumerate(body) if label_of(unmarked(line))]
    if sign and kind == "goals":
        starts = [line for line in body if line.sign and line.sign.marker == sign]
        if repeats_page_title(body, starts):
            del starts[0]
    elif kind == "goals" and labels:
        # The title of a goal stands above its first label.
        title = body[max(labels[0] - 1, 0)]
        alike = [line for line in body if title.sign and is_alike(line, title)]
        starts = alike or [title]
    else:
        starts = [line for line in body if begins_outline(line)]
    starts = starts or [line for line in body if not is_dated(line)] or body
    return starts[0].number if starts else 0


def is_alike(line: Line, other: Line) -> bool:
    """True for two lines whose markers are of one class."""
    kinds = [one.sign.kind.name for one in (line, other) if one.sign]
    return len(kinds) == 2 and kinds[0] == kinds[1]


def repeats_page_title(body: Sequence[Line], starts: Sequence[Line]) -> bool:
    """True where the first bullet, above all others, is the page's title once more."""
    first = starts[0]
    above = {line.squeezed for line in body if line.number < first.number}
    others = [line.indent for line in starts[1:]]
    is_title = "".join(unmarked(first).split()) in above
    return is_title and bool(others) and first.indent < min(others)


def begins_outline(line: Line) -> bool:
    if exclusion_of(line) or is_framed(line.stripped):
        return False
    has_level = line.sign is not None and line.sign.kind.role not in ("note", "annex")
    return has_level or PROSE_HEADING.search(line.stripped) is not None


def has_parts(lines: Sequence[Line], skipped: Collection[int]) -> bool:
    return any(
        line.sign is not None and line.sign.kind.role == "part"
        for line in lines
        if line.number not in skipped
    )
