"""Drafts of a whole document: codes, kinds, paragraphs, and nothing in public."""

import random

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from desk.intake.document_as_read import DocumentAsRead, first_reading, is_added
from desk.intake.drafts import make_drafts
from desk.intake.models import Intake
from desk.intake.steps import save
from statements.models import DataVersion, Document
from tests.support.desk.intake_texts import (
    GOALS,
    REPORT,
    begun,
    draft,
    drafted,
    form_of,
    random_document,
    random_edit,
)
from tests.support.factories import an_open_gate
from tests.support.leaks.asked import ask, differing, telling, without_what_is_random
from tests.support.rows import everything
from tests.support.staff import member

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
DOCUMENTS = 200


def letters(text: str) -> list[str]:
    """In any order: a page number may stand between two lines of a paragraph."""
    return sorted("".join(text.split()))


def test_a_report_becomes_drafts_with_codes_kinds_and_parents():
    document = drafted(member("editor"))
    made = document.statements.in_outline_order()
    assert [(s.code, s.kind, s.parent and s.parent.code, s.nature) for s in made] == [
        ("2030.A", "part", None, "achievements"),
        ("2030.A1", "heading", "2030.A", "achievements"),
        ("2030.A1.1", "achievement", "2030.A1", "achievements"),
        ("2030.A1.1.1", "point", "2030.A1.1", "achievements"),
        ("2031.T", "part", None, "tasks"),
        ("2031.T1", "heading", "2031.T", "tasks"),
        ("2031.T1.1", "task", "2031.T1", "tasks"),
        ("2031.T1.1.1", "note", "2031.T1.1", "tasks"),
        ("2031.T1.2", "task", "2031.T1", "tasks"),
    ]
    assert {(s.state, s.translation_state.value) for s in made} == {
        ("draft", "missing")
    }
    assert {len(s.revisions.all()) for s in made} == {1}
    assert {s.english_is_missing for s in made} == {True}
    assert document.time_year == 2031


def test_the_paragraphs_are_the_lines_of_the_original():
    document = drafted(member("editor"))
    paragraphs = list(document.paragraphs.select_related("parent", "statement"))
    assert [p.ordinal for p in paragraphs] == [*range(1, 11)]
    cover, part, heading, item = paragraphs[:4]
    assert (cover.exclusion, cover.statement) == ("cover", None)
    assert part.text == "Ⅰ. 2030년 성과"
    assert (heading.marker, heading.parent) == ("□", part)
    assert (item.marker, item.raw) == ("ㅇ", " ㅇ 이웃 나라와 정상회담(30.5월) 개최")
    wrapped = document.paragraphs.get(statement__code="2031.T1.1")
    assert (wrapped.first_line, wrapped.last_line) == (16, 17)
    assert wrapped.raw.split("\n") == ["  ㅇ 국제기구 이사국(31-33) 활", "동 추진"]
    assert wrapped.text == "국제기구 이사국(31-33) 활동 추진"


def test_a_paragraph_that_a_page_number_breaks_shows_its_lines_as_the_file_has_them():
    broken = REPORT.replace("활\n동 추진", "활\n- 7 -\n동 추진")
    assert broken != REPORT
    document = drafted(member("editor"), broken)
    wrapped = document.paragraphs.get(statement__code="2031.T1.1")
    number = document.paragraphs.get(text="- 7 -")
    assert (wrapped.first_line, wrapped.last_line, number.first_line) == (16, 18, 17)
    assert wrapped.lines == [
        (16, "  ㅇ 국제기구 이사국(31-33) 활"),
        (18, "동 추진"),
    ]


def test_a_second_report_of_the_year_and_later_goals_get_codes_of_their_own():
    by = member("editor")
    drafted(by)
    second = drafted(by, REPORT.replace("기후", "바다"))
    assert [s.code for s in second.statements.filter(parent=None)] == [
        *("2030-2.A", "2031-2.T")
    ]
    third = drafted(by, REPORT.replace("기후", "하늘"))
    assert third.statements.filter(code="2031-3.T1.2").exists()
    for number, edition in enumerate(("2031", "2031-2")):
        text = GOALS.replace("첫째", f"새 {number}")
        goals = drafted(by, text, {"time_year": 2031})
        assert [s.code for s in goals.statements.in_outline_order()] == [
            f"{edition}.{rest}" for rest in ("G1", "G1.O1", "G1.C1", "G1.C1.1")
        ]
    assert Document.objects.filter(time_year=2031).count() == 5


def test_readers_learn_nothing_of_a_document_of_drafts_alone(clock):
    paths = [*list(telling(["2031-01-01"]))[::9], "/en/sources/", "/en/changes/"]
    with an_open_gate():
        DataVersion.move()
    before = ask(paths)
    document = drafted(member("editor"))
    assert not Document.objects.public().contains(document)
    after = ask([*paths, f"/ko/sources/{document.slug}/"])
    assert after.pop(f"/ko/sources/{document.slug}/")[0] == 404
    assert differing(*map(without_what_is_random, (before, after))) == []


@pytest.mark.parametrize(
    ("text", "facts", "told"),
    [
        ("#표지 글", {}, "The working text does not produce any statements."),
        ("Ⅰ. 추진과제\n□ 협력\nㅇ 회담", {}, "Line 1: The year of this part"),
        ("ㅇ 회담 개최\n- 합의", {"year": 2031}, "There is no part above this"),
        ("※ 회담 개최", {"kind": "goals"}, "There is no goal above this"),
        (f"Ⅰ. 2031년 과제\n□ {'협력' * 151}\nㅇ 회담", {}, "Line 2: The title"),
        (f"Ⅰ. 2031년\n#기타: {'협력' * 101}: 글\nㅇ 회담", {}, "Line 2: The reason"),
    ],
)
def test_what_is_in_the_way_is_told_with_its_line_and_nothing_is_made(
    text, facts, told
):
    intake = begun(member("editor"))
    intake = save(
        intake, intake.begun_by, 1, working_text=text, facts={**intake.facts, **facts}
    )
    before = everything()
    with override("en"), pytest.raises(ValidationError) as caught:
        make_drafts(intake, intake.begun_by, intake.version, Document())
    assert told in " ".join(caught.value.messages)
    assert everything() == before
    assert Intake.objects.get().document is None


def test_a_slug_and_a_place_in_time_that_are_taken_are_told_beside_their_fields():
    form = form_of(begun(member("editor")), slug="goals", time_year=2025, time_order=1)
    with override("en"):
        assert not form.is_valid()
    assert "slug" in form.errors
    assert (
        "Another document has the same time of writing (year and order)."
        in form.non_field_errors()
    )


def test_a_thousand_statements_take_no_more_queries_than_a_few():
    by = member("editor")
    few, many = (
        REPORT.replace("기후 회의", f"회의 {n}")
        + "".join(f"\n  ㅇ 회의 {i} 대응" for i in range(n))
        for n in (10, 300)
    )
    counts = []
    for text in (few, many):
        intake = begun(by, text)
        with CaptureQueriesContext(connection) as queries:
            draft(intake, by)
        counts.append(len(queries))
    assert counts[1] - counts[0] < 30


def test_no_letter_of_any_document_is_lost():
    """Nor where people have edited the working text at random."""
    chance = random.Random(12)
    for number in range(DOCUMENTS):
        text = random_document(chance)
        working_text, choices = first_reading(text.encode())
        if number % 2:
            working_text = random_edit(chance, working_text)
        read = DocumentAsRead(text.encode(), working_text, choices)
        kept = [p.raw for p in (*read.pieces, *read.missing) if not is_added(p)]
        assert letters("".join(kept)) == letters(text), (number, working_text)


def test_random_documents_become_drafts_whole():
    chance, by = random.Random(7), member("editor")
    for number in range(8):
        text = random_document(chance)
        intake = begun(by, text, year=2031)
        try:
            document = draft(intake, by, slug=f"random-{number}")
        except ValidationError:
            assert not Document.objects.filter(slug=f"random-{number}").exists()
        else:
            raws = document.paragraphs.values_list("raw", flat=True)
            assert letters("".join(raws)) == letters(text)
            assert not document.statements.filter(paragraphs=None).exists()
