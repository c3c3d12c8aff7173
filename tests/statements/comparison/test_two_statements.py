"""Any two statements side by side, as page and as files."""

import csv
from io import StringIO

import pytest

from statements.gate import gate
from statements.models import Link, PublicationState
from tests.support.crawling import Page
from tests.support.rows import save, statement
from tests.support.staff import NOTE, member

pytestmark = pytest.mark.django_db


def alike() -> tuple[str, str]:
    """Two statements whose texts differ in one word."""
    old = statement("G1.C1.1")
    with gate(member("editor"), NOTE):
        words = {"text_ko": f"{old.text_ko} 추가", "text_en": f"{old.text_en} Added"}
        save(statement("G1.C1.2"), **words)
    return "G1.C1.1", "G1.C1.2"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_both_texts_stand_beside_each_other_in_both_languages(client, language):
    codes = ("G1.C1.1", "2025.T3.1")
    answer = client.get(f"/{language}/compare/?a={codes[0]}&b={codes[1]}")
    page = Page(answer.content.decode())
    words = " ".join(page.text.split())
    for code in codes:
        one = statement(code)
        for text in filter(
            None, (one.title_ko, one.title_en, one.text_ko, one.text_en)
        ):
            assert " ".join(text.split()) in words
        assert one.document.get_absolute_url() in page.links
    assert not page.in_wrong_language(language)
    assert len(page.headings) == 1
    few = {"ko": "같은 말이 적어", "en": "too few words in common"}[language]
    assert few in words


def test_texts_that_resemble_each_other_are_told_word_by_word(client):
    a, b = alike()
    markup = client.get(f"/en/compare/?a={a}&b={b}").content.decode()
    assert markup.count("<ins>") == 2
    assert "<del>" not in markup
    whole = client.get(f"/en/compare.json?a={a}&b={b}").json()
    added = [
        run["text"] for run in whole["word_changes"]["en"] if run["change"] == "added"
    ]
    assert added == ["Added"]


def test_a_link_between_the_two_is_told_with_its_reason_whichever_comes_first(client):
    link = Link.objects.public().select_related("later", "earlier").first()
    codes = (link.later.code, link.earlier.code)
    for a, b in (codes, codes[::-1]):
        assert link.rationale_en in client.get(f"/en/compare/?a={a}&b={b}").text
        told = client.get(f"/en/compare.json?a={a}&b={b}").json()["link"]
        assert (told["later"], told["earlier"]) == codes
        assert told["rationale_ko"] == link.rationale_ko
    with gate(member("editor"), NOTE):
        save(link, state="rejected")
    query = f"?a={codes[0]}&b={codes[1]}"
    assert link.rationale_en not in client.get(f"/en/compare/{query}").text
    assert client.get(f"/en/compare.json{query}").json()["link"] is None


def test_the_files_have_the_columns_of_every_file(client):
    row = client.get("/api/v1/statements/G1.C1.1/").json()
    whole = client.get("/en/compare.json?a=G1.C1.1&b=2025.T3.1").json()
    assert whole["a"] == row
    assert whole["b"]["code"] == "2025.T3.1"
    answer = client.get("/en/compare.csv?a=G1.C1.1&b=2025.T3.1")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = {row["field"]: row for row in csv.DictReader(StringIO(text))}
    assert list(rows) == list(row)
    assert rows["text_ko"]["a"] == row["text_ko"]


@pytest.mark.parametrize(
    ("query", "ko", "en"),
    [
        ("a=G1.C1&b=G99", "‘G99’ 항목이 없습니다", "no statement “G99”"),
        ("a=G1.C1", "필수", "required"),
        ("a=G1.C1&b=G5.E3", "게시를 중단", "no longer published"),
        ("a=G1.C1&b=2025.T1.1.93", "항목이 없습니다", "There is no statement"),
    ],
)
def test_wrong_numbers_are_told_in_the_language_of_the_page(client, query, ko, en):
    with gate(member("editor"), NOTE):
        save(statement("G5.E3"), state=PublicationState.WITHDRAWN)
    for language, words in (("ko", ko), ("en", en)):
        for page in ("compare/", "compare.csv", "compare.json"):
            answer = client.get(f"/{language}/{page}?{query}")
            assert answer.status_code == 400, page
            text = answer.content.decode()
            assert any(word in text for word in words.split("|")), (page, text[-900:])


def test_numbers_may_be_written_as_in_a_search(client):
    for one in ("g1.c1", "(G1.C1)", "Ｇ１．Ｃ１"):
        query = {"a": one, "b": " 2025.t3.1 "}
        assert client.get("/en/compare/", query).status_code == 200


def test_the_form_alone_asks_for_two_numbers(client, django_assert_max_num_queries):
    markup = client.get("/ko/compare/").text
    assert 'name="a"' in markup
    assert 'name="b"' in markup
    with django_assert_max_num_queries(22):
        client.get("/en/compare/?a=G1.C1&b=2025.T3.1")
