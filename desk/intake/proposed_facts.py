"""Facts of a document as they may well be: from its text, for staff to correct."""

from datetime import date
from typing import Any

from django.db.models import Max

from desk.intake.document_as_read import DocumentAsRead
from statements.models import Document, DocumentKind, PartNature

#: The letters after a slug, where it is taken already.
MOST_SLUGS = 1000
LICENCE = {
    "licence_ko": "문서에 적혀 있지 않음",
    "licence_en": "Not stated in the document",
}
MINISTRY = {"publisher_ko": "외교부", "publisher_en": "Ministry of Foreign Affairs"}
REPORT = {
    "slug": "report-{year}",
    "edition_ko": "{year}년 보고",
    "edition_en": "Report on {year}",
    "title_en": "Achievements, and Policy Tasks for {year}",
    "time_basis_ko": "문서에 {year}년의 과제가 적혀 있어 {year}년에 둡니다.",
    "time_basis_en": "It lists tasks for {year}, so it is placed in {year}.",
    "contains_ko": "그동안의 성과와 {year}년 추진과제를 담은 보고서입니다. "
    "성과는 이 문서에 적힌 내용이며, 과제는 문서를 쓸 당시의 계획입니다.",
    "contains_en": "A report of achievements and of the tasks for {year}. The "
    "achievements are as the document describes them. The tasks were plans when it "
    "was written.",
    "lacks_ko": "예산과 이행 상황은 없습니다.",
    "lacks_en": "It does not give a budget or progress.",
}
GOALS = {
    "slug": "goals-{year}",
    "edition_ko": "{year}년 목표",
    "edition_en": "Goals of {year}",
    "title_ko": "외교정책 목표",
    "title_en": "Foreign Policy Goals",
    "time_basis_ko": "문서를 받은 해인 {year}년에 둡니다.",
    "time_basis_en": "It is placed in {year}, the year in which it was added.",
    "contains_ko": "외교정책 목표와 목표별 과제목표, 주요내용, 기대효과를 "
    "담은 문서입니다.",
    "contains_en": "Foreign policy goals. For each it sets out objectives, main "
    "points and expected effects.",
    "lacks_ko": "이행 상황, 실적 수치, 예산은 없습니다.",
    "lacks_en": "It does not give progress, results in figures or a budget.",
}


def proposed_facts(read: DocumentAsRead, today: date) -> dict[str, Any]:
    """By the fields of the form; what the text does not tell is left open."""
    is_goals = read.choices.kind == DocumentKind.GOALS
    year = (None if is_goals else year_of_tasks(read)) or today.year
    texts = GOALS if is_goals else REPORT
    facts: dict[str, Any] = {
        **LICENCE,
        **MINISTRY,
        **{name: text.format(year=year) for name, text in texts.items()},
    }
    facts.setdefault("title_ko", titles_of_parts(read))
    last = Document.objects.filter(time_year=year).aggregate(n=Max("time_order"))["n"]
    return {
        **facts,
        "slug": free_slug(facts["slug"]),
        "title_is_descriptive": not is_goals,
        "publisher_is_attributed": True,
        "time_year": year,
        "time_order": (last or 0) + 1,
    }


def year_of_tasks(read: DocumentAsRead) -> int | None:
    """The year of the last part, tasks before achievements."""
    years = [
        (PartNature.of_code(row.code) == PartNature.TASKS, int(row.code[:4]))
        for row in read.roots
        if row.code[:4].isdigit()
    ]
    return max(years)[1] if years else None


def titles_of_parts(read: DocumentAsRead) -> str:
    """Such reports have no title of their own: those of their parts stand for it."""
    titles = (row.title_ko.partition(". ")[2] or row.title_ko for row in read.roots)
    return ", ".join(titles)[:200]


def free_slug(slug: str) -> str:
    taken = set(Document.objects.values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in range(2, MOST_SLUGS))
    return next(name for name in (slug, *numbered) if name not in taken)
