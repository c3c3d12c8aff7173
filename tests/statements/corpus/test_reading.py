"""From paragraphs to statements: kinds, codes, editions, positions."""

from collections import Counter, defaultdict

import pytest
from django.conf import settings

from outline import outline_of, read_document
from statements.corpus.curated import Curated
from statements.corpus.sources import Source, read_source

pytestmark = pytest.mark.any_engine

FIXTURES = settings.FIXTURE_DIRS[0]
RECORDS = Curated(FIXTURES / "curated").documents()
GOALS, REPORT = (
    read_source(slug, RECORDS[slug], FIXTURES / "sources")
    for slug in ("goals", "report-2025")
)
ROWS = {
    row.code: row for source in (GOALS, REPORT) for row in source.outline.statements
}
BOTH = pytest.mark.parametrize("source", [GOALS, REPORT], ids=lambda s: s.slug)


def kinds(source: Source) -> Counter:
    return Counter(row.kind for row in source.outline.statements)


def test_the_goals_make_71_statements():
    assert kinds(GOALS) == {
        "goal": 5,
        "objective": 10,
        "key-content": 21,
        "detail": 24,
        "expected-effect": 11,
    }


def test_the_report_makes_111_statements():
    assert kinds(REPORT) == {
        "part": 2,
        "chapter": 5,
        "heading": 25,
        "achievement": 25,
        "task": 48,
        "point": 5,
        "note": 1,
    }


def test_both_documents_make_182_statements_each_with_a_code_of_its_own():
    assert (
        len(GOALS.outline.statements) + len(REPORT.outline.statements)
        == len(ROWS)
        == 182
    )


@pytest.mark.parametrize(
    "code, kind, parent, begins",
    [
        ("G1", "goal", None, "국익 중심 실용외교로"),
        ("G1.O1", "objective", "G1", "변화하는 국제질서 속에서"),
        ("G1.C2", "key-content", "G1", "견고하고 성숙한 한일관계"),
        ("G1.C2.2", "detail", "G1.C2", "한일중 3국 협력체제의"),
        ("G2.C6", "key-content", "G2", "재외공관의 통합‧조정"),
        ("G5.E3", "expected-effect", "G5", "재외동포의 체감 만족도"),
        ("2024.A", "part", None, "I. 정부 성과 및 평가"),
        ("2024.A3", "heading", "2024.A", "경제안보‧과학기술 외교"),
        ("2024.A3.2", "achievement", "2024.A3", "핵심광물안보파트너십 의장국"),
        ("2024.A2.1.2", "point", "2024.A2.1", "안보리 대북제재 결의"),
        ("2025.T", "part", None, "Ⅱ. 2025년 주요 추진과제"),
        ("2025.T2", "chapter", "2025.T", "주요국 관계의 전략적 관리"),
        ("2025.T2.1", "heading", "2025.T2", "한일 협력 모멘텀 지속"),
        ("2025.T2.1.3", "task", "2025.T2.1", "제9차 한일중 정상회의"),
        ("2025.T4.3.2.2", "point", "2025.T4.3.2", "초국경적 사이버 위협에"),
        ("2025.T3.3.2.1", "note", "2025.T3.3.2", "▴제4차 개발재원총회"),
    ],
)
def test_a_code_stands_for_its_place_in_the_document(code, kind, parent, begins):
    row = ROWS[code]
    assert (row.kind, row.parent) == (kind, parent)
    assert (row.title_ko or row.text_ko).startswith(begins)


@BOTH
def test_the_numbers_of_a_series_begin_at_one_and_leave_none_out(source):
    series = defaultdict(list)
    for row in source.outline.statements:
        if row.kind != "part":
            prefix = row.code.rstrip("0123456789")
            series[prefix].append(int(row.code.removeprefix(prefix)))
    for numbers in series.values():
        assert numbers == list(range(1, len(numbers) + 1))


@BOTH
def test_statements_of_one_parent_are_positioned_as_they_stand(source):
    positions = defaultdict(list)
    for row in source.outline.statements:
        positions[row.parent].append(row.position)
    for siblings in positions.values():
        assert siblings == list(range(1, len(siblings) + 1))


@BOTH
def test_a_statement_comes_after_its_parent_and_begins_with_its_code(source):
    seen = {None: ""}
    for row in source.outline.statements:
        assert row.code.startswith(seen[row.parent])
        seen[row.code] = row.code


def test_the_edition_is_the_year_of_the_part_and_goals_have_none():
    assert {row.year for row in GOALS.outline.statements} == {None}
    for row in REPORT.outline.statements:
        assert row.year == int(row.code[:4])
    assert Counter(row.year for row in REPORT.outline.statements) == {
        2024: 35,
        2025: 76,
    }


def excluded(source: Source) -> dict[int, str]:
    pieces = enumerate(source.reading.pieces)
    return {ordinal: piece.excluded for ordinal, piece in pieces if piece.excluded}


@BOTH
def test_every_paragraph_becomes_one_statement_or_is_left_out_for_a_reason(source):
    used = [ordinal for row in source.outline.statements for ordinal in row.pieces]
    left_out = list(excluded(source))
    assert sorted(used + left_out) == list(range(len(source.reading.pieces)))


def test_only_page_chrome_and_labels_of_the_goals_are_left_out():
    assert Counter(excluded(GOALS).values()) == {"page-chrome": 14, "label": 15}
    assert excluded(REPORT) == {}


def test_page_chrome_is_what_stands_in_the_first_17_lines():
    for ordinal, reason in excluded(GOALS).items():
        is_chrome = GOALS.reading.pieces[ordinal].lines[1] <= 17
        assert reason == ("page-chrome" if is_chrome else "label")


def test_titles_texts_or_both_as_the_kind_has_them():
    both, title, text = (True, True), (True, False), (False, True)
    expected = {"key-content": both} | dict.fromkeys(
        ("goal", "part", "chapter", "heading"), title
    )
    for row in ROWS.values():
        has = bool(row.title_ko), bool(row.text_ko)
        assert has == expected.get(row.kind, text), row.code


@BOTH
def test_a_statement_says_what_its_paragraphs_say(source):
    for row in source.outline.statements:
        said = [source.reading.pieces[ordinal].public_text for ordinal in row.pieces]
        assert said == [words for words in (row.title_ko, row.text_ko) if words]


def kinds_by_code(text: str) -> dict[str, str]:
    outline = outline_of(read_document(text.split("\n")), 2031)
    return {row.code: row.kind for row in outline.statements}


def test_a_note_counts_in_the_series_of_the_points():
    assert kinds_by_code("I. 과제\n□ 제목\nㅇ 항목\n※ 하나\n- 둘\n- 셋\n※ 넷") == {
        "2031.T": "part",
        "2031.T1": "heading",
        "2031.T1.1": "task",
        "2031.T1.1.1": "note",
        "2031.T1.1.2": "point",
        "2031.T1.1.3": "point",
        "2031.T1.1.3.1": "note",
    }


def test_a_part_may_have_headings_with_chapters_and_without():
    text = "I. 성과\n□ 제목\nⅡ. 과제\n\uf000 장\n□ 제목\nㅇ 항목\n\uf000 장\n□ 제목"
    assert kinds_by_code(text) == {
        "2030.A": "part",
        "2030.A1": "heading",
        "2031.T": "part",
        "2031.T1": "chapter",
        "2031.T1.1": "heading",
        "2031.T1.1.1": "task",
        "2031.T2": "chapter",
        "2031.T2.1": "heading",
    }


def test_items_of_a_goal_are_numbered_by_label_and_positioned_across_labels():
    text = (
        "  • 목표\n    • 주요내용\n      • 하나\n\n        요약\n        • 세부\n"
        "    • 과제목표\n      • 둘\n  • 목표\n    • 주요내용\n      • 셋"
    )
    rows = outline_of(read_document(text.split("\n"))).statements
    assert [(r.code, r.kind, r.position, r.text_ko) for r in rows] == [
        ("G1", "goal", 1, ""),
        ("G1.C1", "key-content", 1, "요약"),
        ("G1.C1.1", "detail", 1, "세부"),
        ("G1.O1", "objective", 2, "둘"),
        ("G2", "goal", 2, ""),
        ("G2.C1", "key-content", 1, ""),
    ]
