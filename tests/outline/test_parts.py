"""Year and nature of parts, and the codes that they give."""

import pytest

from outline import outline_of, read_document

pytestmark = pytest.mark.any_engine


def parts(text: str, year: int | None = None) -> list[tuple]:
    outline = outline_of(read_document(text.split("\n")), year)
    rows = [row for row in outline.statements if row.kind == "part"]
    doubts = {d.code for doubts in outline.doubts for d in doubts} & {"year", "nature"}
    return [*((row.code, row.nature, row.year) for row in rows), sorted(doubts)]


@pytest.mark.parametrize(
    "text, year, expected",
    [
        (
            "Ⅰ. 정부 성과 및 평가\nⅡ. 2031년 과제",
            None,
            [("2030.A", "achievements", 2030), ("2031.T", "tasks", 2031), []],
        ),
        (
            "Ⅰ. 정부 성과\nⅡ. 과제",
            2031,
            [("2030.A", "achievements", 2030), ("2031.T", "tasks", 2031), []],
        ),
        ("Ⅰ. 성과\nⅡ. 2031년 과제", 2040, [("2030.A", "achievements", 2030)]),
        ("2031년 업무 계획\nⅠ. 과제", None, [("2031.T", "tasks", 2031), []]),
        (
            "Ⅰ. ’31년 과제\nⅡ. 2031년 다음 과제\nⅢ. 2031 과제",
            None,
            [
                ("2031.T", "tasks", 2031),
                ("2031-2.T", "tasks", 2031),
                ("2031-3.T", "tasks", 2031),
                [],
            ],
        ),
        (
            "Ⅰ. 2029년 개요\nⅡ. 2031년 과제",
            None,
            [("2029.A", "achievements", 2029), ("2031.T", "tasks", 2031), ["nature"]],
        ),
        ("Ⅰ. 2031년 개요", 2031, [("2031.T", "tasks", 2031), ["nature"]]),
        ("Ⅰ. 2031년 추진 성과", None, [("2031.A", "achievements", 2031), []]),
        ("Ⅰ. 2031년 성과와 계획", None, [("2031.T", "tasks", 2031), ["nature"]]),
        ("Ⅰ. 과제", None, [("?.T", "tasks", None), ["year"]]),
        ("□ 제목", None, [("?.T", "tasks", None), ["nature", "year"]]),
    ],
)
def test_titles_tell_year_and_nature_and_what_they_do_not_tell_is_doubted(
    text, year, expected
):
    assert parts(text, year)[: len(expected)] == expected


def test_a_part_without_a_title_holds_what_no_part_does():
    outline = outline_of(read_document(["□ 제목", "ㅇ 항목"]), 2031)
    rows = [(r.code, r.parent, r.title_ko, r.pieces) for r in outline.statements]
    assert rows[:2] == [("2031.T", None, "", []), ("2031.T1", "2031.T", "제목", [0])]
    assert "no-part" in {doubt.code for doubt in outline.doubts[0]}


def test_a_part_with_headings_alone_is_doubted():
    outline = outline_of(read_document(["Ⅰ. 2031년 과제", "□ 제목"]))
    assert [doubt.code for doubt in outline.doubts[0]] == ["no-items"]


def test_later_goals_bear_their_year():
    lines = ["• 목표", "  • 과제목표", "    • 하나", "  • 주요내용", "    • 둘"]
    codes = [row.code for row in outline_of(read_document(lines), 2031).statements]
    assert codes == ["2031.G1", "2031.G1.O1", "2031.G1.C1"]
