"""Two invented documents that come after those of the corpus: a report of 2026, with
all that outlines may have, and a document of goals of 2027.
"""

import hashlib
from datetime import date

from statements.models import Document, Exclusion, Kind, Paragraph, Statement
from statements.models.kinds import TITLE_ONLY_KINDS
from tests.support import factories

#: Words that stand in no other document, and so can be looked for.
REPORT_WORD, GOALS_WORD = "빙하연구", "등대사업"


def document_of(slug: str, kind: str, year: int, **fields) -> Document:
    values = {
        "title_ko": f"지어낸 문서 {slug}",
        "title_en": f"An invented document {slug}",
        "edition_ko": f"{year}년 문서",
        "edition_en": f"Document of {year}",
        "time_basis_ko": "시험이 정했습니다.",
        "time_basis_en": "A test says so.",
        "licence_ko": "공공누리 제1유형",
        "licence_en": "KOGL type 1",
        "contains_ko": "시험 자료",
        "contains_en": "Test data",
        "lacks_ko": "없음",
        "lacks_en": "Nothing",
    }
    return Document.objects.create(
        slug=slug, kind=kind, time_year=year, **{**values, **fields}
    )


def report_of_2026() -> Document:
    """Achievements through 2025 straight under their part, and tasks of 2026 at every
    depth, with notes and points wherever they may stand.
    """
    with factories.an_open_gate():
        report = document_of(
            "report-2026",
            "report",
            2026,
            published_on=date(2026, 1, 20),
            source_url="https://example.org/report-2026",
            replaces=Document.objects.get(slug="report-2025"),
        )

        def add(code: str, kind: Kind, parent: Statement | None = None) -> Statement:
            words = {"text_ko": f"{REPORT_WORD} {code}", "text_en": f"Glacier {code}"}
            if kind in TITLE_ONLY_KINDS:
                words = {}
            return factories.statement(
                kind, parent, code=code, document=report, **words
            )

        achieved = add("2025.A", Kind.PART)
        item = add("2025.A1", Kind.ACHIEVEMENT, achieved)
        add("2025.A1.1", Kind.POINT, item)
        part = add("2026.T", Kind.PART)
        chapter = add("2026.T1", Kind.CHAPTER, part)
        heading = add("2026.T1.1", Kind.HEADING, chapter)
        task = add("2026.T1.1.1", Kind.TASK, heading)
        point = add("2026.T1.1.1.1", Kind.POINT, task)
        lower = add("2026.T1.1.1.1.1", Kind.POINT, point)
        add("2026.T1.1.1.1.1.1", Kind.NOTE, lower)
        add("2026.T1.1.1.2", Kind.POINT, task)
        add("2026.T1.1.2", Kind.NOTE, heading)
        add("2026.T1.2", Kind.TASK, chapter)
        add("2026.T1.3", Kind.NOTE, chapter)
        add("2026.T2", Kind.TASK, part)
        add("2026.T3", Kind.NOTE, part)
        exclude(report)
        return report


def exclude(document: Document) -> None:
    """A paragraph for every reason to leave one out."""
    Paragraph.objects.bulk_create(
        Paragraph(
            document=document,
            ordinal=number,
            marker="(가)",
            depth=0,
            raw=f"(가) 뺀 문단 {reason}",
            text=f"뺀 문단 {reason}",
            first_line=number,
            last_line=number,
            sha256=hashlib.sha256(reason.encode()).hexdigest(),
            exclusion=reason,
            exclusion_note="서명란" if reason == Exclusion.OTHER else "",
        )
        for number, reason in enumerate(Exclusion.values, 1)
    )


def goals_of_2027() -> Document:
    """Seven goals, the first with details under all that may have them."""
    with factories.an_open_gate():
        document = document_of("goals-2027", "goals", 2027)

        def add(code: str, kind: Kind, parent: Statement | None, **words) -> Statement:
            if kind not in (Kind.GOAL, Kind.KEY_CONTENT):
                words = {"text_ko": f"{GOALS_WORD} {code}", "text_en": f"Beacon {code}"}
            return factories.statement(
                kind, parent, code=code, document=document, **words
            )

        goals = [add(f"2027.G{n}", Kind.GOAL, None) for n in range(1, 8)]
        objective = add("2027.G1.O1", Kind.OBJECTIVE, goals[0])
        add("2027.G1.O1.1", Kind.DETAIL, objective)
        no_text = {"text_ko": "", "text_en": ""}
        content = add("2027.G1.C1", Kind.KEY_CONTENT, goals[0], **no_text)
        detail = add("2027.G1.C1.1", Kind.DETAIL, content)
        lower = add("2027.G1.C1.1.1", Kind.DETAIL, detail)
        add("2027.G1.C1.1.1.1", Kind.NOTE, lower)
        effect = add("2027.G1.E1", Kind.EXPECTED_EFFECT, goals[0])
        add("2027.G1.E1.1", Kind.DETAIL, effect)
        add("2027.G1.N1", Kind.NOTE, goals[0])
        return document
