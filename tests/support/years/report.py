"""An invented report of a later year, whose parts follow those of the corpus."""

from typing import NamedTuple

from statements.models import Document, Kind, Statement
from tests.support import factories


class Report(NamedTuple):
    document: Document
    achievements: list[Statement]
    tasks: list[Statement]


def later_report(year: int = 2026, n_items: int = 3) -> Report:
    """Achievements of the year before and tasks of the year, each under a heading."""
    with factories.an_open_gate():
        document = Document.objects.create(
            slug=f"report-{year}",
            kind="report",
            title_ko=f"시험용 {year}년 보고",
            title_en=f"Invented report on {year}",
            edition_ko=f"{year}년 보고",
            edition_en=f"Report on {year}",
            time_year=year,
            time_basis_ko="시험용으로 지어냄",
            time_basis_en="Invented for a test",
            licence_ko="없음",
            licence_en="None",
            contains_ko="시험",
            contains_en="Test",
            lacks_ko="시험",
            lacks_en="Test",
            file=f"invented-{year}.txt",
            sha256="0" * 64,
        )
        return Report(
            document,
            part(document, f"{year - 1}.A", Kind.ACHIEVEMENT, n_items),
            part(document, f"{year}.T", Kind.TASK, n_items),
        )


def part(document: Document, code: str, kind: Kind, n_items: int) -> list[Statement]:
    made = factories.statement(Kind.PART, code=code, document=document)
    heading = factories.statement(
        Kind.HEADING, made, code=f"{code}1", document=document
    )
    return [
        factories.statement(kind, heading, code=f"{code}1.{n}", document=document)
        for n in range(1, n_items + 1)
    ]
