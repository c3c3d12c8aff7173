"""Reading the two documents: their counts, their tree, their joined lines."""

import re
import tomllib
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outline import (
    StatementRow,
    decode,
    outline_of,
    read_document,
    working_text,
)

pytestmark = pytest.mark.any_engine

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
RECORDS = tomllib.loads((FIXTURES / "curated/documents.toml").read_text("utf-8"))
GOALS, REPORT = (
    (FIXTURES / "sources" / RECORDS[slug]["file"]).read_bytes()
    for slug in ("goals", "report-2025")
)
REPORT_LINES = REPORT.decode().split("\n")
JOINS = {int(n): sep for n, sep in RECORDS["report-2025"]["joins"].items()}
BOTH = pytest.mark.parametrize(
    "data, kind", [(GOALS, "goals"), (REPORT, "report")], ids=["goals", "report"]
)
BOM = b"\xef\xbb\xbf"


class Paragraph(NamedTuple):
    """A piece with its place, as it is kept."""

    ordinal: int
    marker: str
    depth: int
    parent: int | None
    raw: str
    text: str
    first_line: int
    last_line: int


def read_lines(lines: list[str], kind: str | None = None) -> list[Paragraph]:
    joins = JOINS if kind == "report" else {}
    reading = read_document(lines, joins=joins)
    assert kind in (None, reading.kind)
    outline = outline_of(reading)
    return [
        Paragraph(
            ordinal + 1,
            piece.public_marker,
            outline.depths[ordinal],
            None if above is None else above + 1,
            piece.raw,
            piece.public_text,
            *piece.lines,
        )
        for ordinal, (piece, above) in enumerate(
            zip(reading.pieces, outline.parents, strict=True)
        )
    ]


def read(data: bytes, kind: str | None = None) -> list[Paragraph]:
    return read_lines(decode(data, "문서.txt").lines, kind)


def shapes(paragraphs: list[Paragraph]) -> Counter:
    return Counter((p.marker, p.depth) for p in paragraphs)


def tree(paragraphs: list[Paragraph]) -> list[tuple]:
    return [(p.marker, p.depth, p.parent, p.text) for p in paragraphs]


def content_of(row: StatementRow) -> tuple:
    return row.code, row.kind, row.parent, row.title_ko, row.text_ko


def without_space(text: str) -> str:
    return "".join(text.split())


def part_of(paragraph: Paragraph, paragraphs: list[Paragraph]) -> Paragraph:
    while paragraph.parent:
        paragraph = paragraphs[paragraph.parent - 1]
    return paragraph


def test_the_goals_hold_86_bullets_and_21_summaries_below_the_page_chrome():
    paragraphs = read(GOALS, "goals")
    chrome = [p for p in paragraphs if p.last_line <= 17]
    content = [p for p in paragraphs if p.first_line > 17]
    assert shapes(chrome) == {("", 0): 14}
    assert shapes(content) == {
        ("•", 0): 5,
        ("•", 1): 15,
        ("•", 2): 42,
        ("•", 3): 24,
        ("", 3): 21,
    }
    assert sum(p.marker == "•" for p in paragraphs) == 86


def test_the_goals_have_10_objectives_21_key_contents_and_11_effects_by_their_labels():
    paragraphs = read(GOALS, "goals")
    items = [p for p in paragraphs if p.marker and p.depth == 2]
    assert Counter(paragraphs[p.parent - 1].text for p in items) == {
        "과제목표": 10,
        "주요내용": 21,
        "기대효과": 11,
    }


def test_each_summary_stands_first_under_its_key_content():
    paragraphs = read(GOALS, "goals")
    summaries = [p for p in paragraphs if not p.marker and p.depth == 3]
    assert [p.parent for p in summaries] == [p.ordinal - 1 for p in summaries]


def test_the_report_holds_111_paragraphs():
    paragraphs = read(REPORT, "report")
    assert shapes(paragraphs) == {
        ("", 0): 2,
        ("", 1): 5,
        ("□", 2): 25,
        ("ㅇ", 3): 73,
        ("-", 4): 5,
        ("※", 4): 1,
    }
    assert len(paragraphs) == 111


@pytest.mark.parametrize(
    "title, held",
    [
        ("I. 정부 성과 및 평가", {"□": 7, "ㅇ": 25, "-": 2}),
        (
            "Ⅱ. 2025년 주요 추진과제",
            {"": 5, "□": 18, "ㅇ": 48, "-": 3, "※": 1},
        ),
    ],
)
def test_each_part_of_the_report_holds_its_own(title, held):
    paragraphs = read(REPORT, "report")
    below = [p for p in paragraphs if p.parent]
    inside = [p for p in below if part_of(p, paragraphs).text == title]
    assert Counter(p.marker for p in inside) == held


def test_every_parent_stands_one_level_up_but_for_headings_of_a_part_without_chapters():
    for data, kind in ((GOALS, "goals"), (REPORT, "report")):
        paragraphs = read(data, kind)
        steps = Counter(
            (paragraphs[p.parent - 1].depth, p.depth) for p in paragraphs if p.parent
        )
        assert steps.pop((0, 2), 0) == (7 if kind == "report" else 0)
        assert all(above + 1 == depth for above, depth in steps)


def test_a_note_under_an_item_has_the_depth_of_its_points():
    note = next(p for p in read(REPORT, "report") if p.marker == "※")
    assert note.depth == 4
    assert read(REPORT, "report")[note.parent - 1].text == (
        "우리 발전 사례를 중심으로 국제개발협력 어젠다 논의에 기여"
    )


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.text(" \t\u3000", max_size=9),
        min_size=len(REPORT_LINES),
        max_size=len(REPORT_LINES),
    )
)
def test_the_report_reads_the_same_however_it_is_indented(indents):
    lines = [i + line.lstrip() for i, line in zip(indents, REPORT_LINES, strict=True)]
    indented = read_lines(lines, "report")
    assert tree(indented) == tree(read(REPORT, "report"))


@BOTH
def test_the_paragraphs_together_are_the_document(data, kind):
    paragraphs = read(data, kind)
    written = "".join(p.raw for p in paragraphs)
    assert without_space(written) == without_space(data.decode())
    assert [p.ordinal for p in paragraphs] == list(range(1, len(paragraphs) + 1))


@BOTH
def test_a_paragraph_knows_its_lines(data, kind):
    paragraphs, lines = read(data, kind), data.decode().split("\n")
    for paragraph in paragraphs:
        first, last = paragraph.first_line, paragraph.last_line
        assert paragraph.raw.split("\n") == lines[first - 1 : last]
    assert all(one.last_line < next_.first_line for one, next_ in pairwise(paragraphs))


def test_every_wrapped_line_of_the_report_is_joined_by_the_rule():
    """The rule once more, from the raw lines, so that the two must agree."""
    wraps = 0
    for paragraph in read(REPORT, "report"):
        numbered = enumerate(paragraph.raw.split("\n"), paragraph.first_line)
        lines = [(number, line) for number, line in numbered if line.strip()]
        expected = lines[0][1].strip().removeprefix(paragraph.marker).strip()
        for (number, line), (_, following) in pairwise(lines):
            spaced = re.search(r"[^·‧・\s]\s+$", line) is not None
            expected += JOINS.get(number, " " if spaced else "") + following.strip()
            wraps += 1
        expected = expected.replace("\uf000", "").removesuffix("끝.").strip()
        assert paragraph.text == re.sub(r"\s+", " ", expected)
    assert wraps == 52


@pytest.mark.parametrize(
    "joined",
    [
        "격상 및 글로벌 포괄적",
        "글로벌 협력, 인적교류 등으로",
        "복귀할 수밖에 없는",
        "고위급회의(REAIM/24.9월, 서울)",
        "서울정상회의·글로벌 포럼(24.5월) ▴제2차",
        "경제인 행사를 기업·정부간 비즈니스",
        "인지도를 제고하고, 국방·방산 협력과",
        "국제행사(오사카 엑스포 등)",
        "한-태도국 외교장관회의",
        "‘서울 선언’을 바탕으로 국제사회의 AI 논의가",
        "사이버안보 등 분야에서 주도적",
        "폐지 등.",
    ],
)
def test_words_cut_by_a_wrap_are_whole_again(joined):
    assert sum(joined in p.text for p in read(REPORT, "report")) == 1


@BOTH
def test_texts_hold_no_glyph_or_word_that_is_only_layout(data, kind):
    for paragraph in read(data, kind):
        assert not re.search(r"[\ue000-\uf8ff]|끝\.$|^[•□ㅇ※]|\s\s|\n", paragraph.text)
        assert paragraph.text == paragraph.text.strip() != ""


@BOTH
@pytest.mark.parametrize("line_break", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", BOM])
def test_line_breaks_and_byte_order_mark_make_no_difference(
    data, kind, line_break, mark
):
    other = mark + data.replace(b"\n", line_break)
    assert read(other, kind) == read(data, kind)


def test_a_wrapped_line_may_begin_with_the_inline_mark_or_a_word_of_one_letter():
    text = "I. 부\n□ 제목\nㅇ 항목 \n▴ 하나 \n▴둘 및 \n- 점\n下 점"
    assert [p.text for p in read(text.encode())][2:] == [
        "항목 ▴ 하나 ▴둘 및",
        "점下 점",
    ]


def test_the_report_reads_the_same_without_its_reviewed_list():
    assert read(REPORT) == read(REPORT, "report")


@pytest.mark.parametrize("page_end", ["- 12 -", "12", "12/40", "\f― 12-"])
def test_a_page_that_ends_anywhere_cuts_no_sentence_of_the_report(page_end):
    """Where it cuts one, both lines of the number and of the rest are doubted."""
    whole = outline_of(read_document(REPORT_LINES)).statements
    for cut in range(1, len(REPORT_LINES), 9):
        lines = [*REPORT_LINES[:cut], page_end, *REPORT_LINES[cut:]]
        reading = read_document(lines)
        outline = outline_of(reading)
        assert list(map(content_of, outline.statements)) == list(map(content_of, whole))
        doubts = {(d.line, d.code) for doubts in outline.doubts for d in doubts}
        assert (cut + 1, "page-number") in doubts
        for piece in reading.pieces:
            if cut + 1 in range(*piece.lines) and cut + 1 not in piece.numbers:
                rest = next(
                    n for n in piece.numbers if n > cut and lines[n - 1].strip()
                )
                assert (rest, "joined-over-page") in doubts


def test_the_report_leaves_one_doubt_on_the_line_that_was_reviewed():
    """Every wrap but one is joined without a doubt; chrome is doubted on each line."""
    outline = outline_of(read_document(REPORT_LINES))
    doubts = [(d.line, d.code) for doubts in outline.doubts for d in doubts]
    assert doubts == [(90, "join")]
    outline = outline_of(read_document(GOALS.decode().split("\n")))
    codes = Counter(d.code for doubts in outline.doubts for d in doubts)
    assert codes == {"page-chrome": 14}


@BOTH
def test_the_working_text_gives_the_same_paragraphs(data, kind):
    reading = read_document(decode(data, "문서.txt").lines)
    text = working_text.write(reading)
    again = working_text.read(text, kind, reading.pieces)
    assert again.pieces == reading.pieces
    assert outline_of(again) == outline_of(reading)
    alone = working_text.read(text, kind)
    assert outline_of(alone).statements == outline_of(reading).statements
