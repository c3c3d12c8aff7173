"""Korean and English side by side: a goal, and a whole document."""

import re

import pytest

from statements.gate import Note, gate
from statements.models import Document, Statement
from statements.pages.parallel import wordings_of
from tests.support import factories, rows
from tests.support.counting_queries import queries
from tests.support.crawling import Page

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
GOALS = [f"goals/{number}/compare/" for number in range(1, 6)]
DOCUMENTS = ["sources/goals/compare/", "sources/report-2025/compare/"]


def statements_of(path: str) -> list[Statement]:
    name = path.split("/")[1]
    published = Statement.objects.published().in_outline_order()
    if path in DOCUMENTS:
        return list(published.filter(document__slug=name))
    return [s for s in published if s.code.split(".")[0] == f"G{name}"]


def read(client, path: str) -> Page:
    return Page(client.get(path).content.decode())


def said(page: Page, language: str) -> str:
    return bare("".join(text for marked, text in page.texts if marked == language))


def bare(text: str) -> str:
    return re.sub(r"[\s▴]", "", text)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("path", GOALS + DOCUMENTS)
def test_every_statement_is_there_in_both_languages_marked_as_such(
    client, language, path
):
    page = read(client, f"/{language}/{path}")
    statements = statements_of(path)
    assert len(statements) > 10
    for statement in statements:
        for wording in wordings_of(statement):
            for text in (wording.title, wording.text):
                assert bare(text) in said(page, wording.language), statement.code
    assert "▴" not in page.text


@pytest.mark.parametrize("path", GOALS + DOCUMENTS)
def test_the_korean_stands_right_before_its_english_in_outline_order(client, path):
    text = bare(read(client, f"/en/{path}").text.partition("English")[2])
    place = 0
    for statement in statements_of(path)[1:]:
        korean, english = wordings_of(statement)
        for part in (korean.title, english.title, korean.text, english.text):
            found = text.find(bare(part), place)
            assert found >= place, (statement.code, part)
            place = found + len(bare(part))


@pytest.mark.parametrize("path", GOALS + DOCUMENTS)
def test_every_statement_has_one_anchor_of_its_own(client, path):
    page = read(client, f"/ko/{path}")
    assert len(page.ids) == len(set(page.ids))
    assert {s.code for s in statements_of(path)} <= set(page.ids)


@pytest.mark.parametrize("path", [GOALS[0], *DOCUMENTS])
def test_headings_go_down_one_level_at_a_time(client, path):
    markup = client.get(f"/en/{path}").content.decode()
    levels = [int(level) for level in re.findall(r"<h([1-6])", markup)]
    assert levels[0] == 1
    pairs = zip(levels, levels[1:], strict=False)
    assert all(below <= above + 1 for above, below in pairs)


def test_the_sections_of_a_goal_are_named_in_both_languages(client):
    for language in ("ko", "en"):
        page = read(client, f"/{language}/goals/3/compare/")
        for korean, english in (
            ("과제목표", "Objectives"),
            ("주요내용", "Main points"),
            ("기대효과", "Expected effects"),
        ):
            assert ("ko", korean) in page.texts
            assert ("en", english) in page.texts


def test_inline_lists_are_lists(client):
    markup = client.get("/ko/goals/1/compare/").content.decode()
    row = markup.partition('id="G1.C2"')[2].partition('id="G1.C2.1"')[0]
    korean = row.partition("<ul")[2].partition("</ul>")[0]
    assert korean.count("<li>") == 2


def test_what_is_not_translated_says_so_and_shows_no_korean_as_english(client):
    with gate(None, Note("시험", "Test")):
        rows.save(rows.statement("G1.C2"), title_en="", text_en="")
    for language, words in (("ko", "미번역"), ("en", "Not yet translated")):
        markup = client.get(f"/{language}/goals/1/compare/").content.decode()
        row = markup.partition('id="G1.C2"')[2].partition('id="G1.C2.1"')[0]
        assert row.count(words) >= 2
    assert read(client, "/en/goals/1/compare/").in_wrong_language("en") == []


def test_each_row_says_how_its_english_stands_where_it_is_no_plain_draft(client):
    with gate(None, Note("시험", "Test")):
        rows.save(rows.statement("G1.C1.1"), text_ko="한미 동맹 현대화 및 추진")
        reviewed = rows.statement("G1.C1.2")
        reviewed.review_english()
        reviewed.save()
    markup = client.get("/en/goals/1/compare/").content.decode()
    outdated, _, rest = markup.partition('id="G1.C1.1"')[2].partition('id="G1.C1.2"')
    assert "English: translation out of date" in outdated
    assert "Differs from the source" in outdated
    assert "English: reviewed translation" in rest.partition('id="G1.C1.3"')[0]
    assert "English: unofficial translation" not in markup
    assert '<span class="badge">Unofficial translation</span>' in markup


def test_terms_are_explained_in_their_row_and_lead_to_the_glossary(client):
    page = client.get("/ko/goals/4/compare/").content.decode()
    row = page.partition('id="G4.O2"')[2].partition('id="G4.C1"')[0]
    assert "peace structure on the Korean Peninsula" in row
    assert re.search(r'href="/ko/glossary/[a-z]+/#t\d+"', row)


def test_pages_lead_there_and_back(client):
    there = "/en/goals/4/compare/"
    assert there in read(client, "/en/goals/4/").links
    assert "/en/goals/4/" in read(client, there).links
    for document in Document.objects.all():
        there = f"/en/sources/{document.slug}/compare/"
        assert there in read(client, f"/en/sources/{document.slug}/").links
        assert f"/en/sources/{document.slug}/" in read(client, there).links
    row = "/en/sources/report-2025/compare/#2024.A1.1"
    assert row in read(client, "/en/statements/2024.A1.1/").links


def test_what_is_not_published_is_not_there(client):
    with gate(None, Note("시험", "Test")):
        rows.save(rows.statement("G1.C1.1"), state="withdrawn")
    assert 'id="G1.C1.1"' not in client.get("/ko/goals/1/compare/").content.decode()
    assert client.get("/ko/goals/9/compare/").status_code == 404
    assert client.get("/ko/sources/nothing/compare/").status_code == 404


def test_a_page_takes_as_many_queries_for_300_statements_as_for_3(client):
    small, large = factories.goal_with(3), factories.goal_with(300)
    few = queries(client, f"/en/goals/{small.number}/compare/")
    assert queries(client, f"/en/goals/{large.number}/compare/") == few
    before = queries(client, "/ko/sources/report-2025/compare/")
    factories.report_heading_with(30)
    assert queries(client, "/ko/sources/report-2025/compare/") == before
