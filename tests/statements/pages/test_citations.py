"""Citations: plain in both languages, BibTeX, CSL-JSON."""

import re

import pytest
from django.utils.translation import override

from statements.gate import Note, gate
from statements.pages import citations
from tests.support import rows
from tests.support.crawling import Page

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_engine,
    # The day of a citation is that of its test, at midnight too.
    pytest.mark.usefixtures("clock"),
]
#: Of csl-data.json, the schema for items; it allows no property beside its own.
CSL_PROPERTIES = {
    *("id", "type", "title", "container-title", "author", "source", "URL", "number"),
    *("locator", "note", "language", "accessed"),
}


def plain(code: str, language: str) -> str:
    with override(language):
        return citations.plain_citation(
            rows.statement(code), f"https://x.kr/{language}/"
        )


def test_a_korean_citation_names_publisher_document_code_lines_and_address():
    text = plain("G1.C2", "ko")
    for part in (
        "외교부",
        "「외교정책 목표」",
        "G1.C2",
        "원문 32, 34행",
        "https://x.kr/ko/",
    ):
        assert part in text
    today = citations.today()
    assert f"({today.year}. {today.month}. {today.day}. 확인)" in text
    assert "번역" not in text


def test_an_english_citation_says_that_the_translation_is_unofficial():
    text = plain("G1.C2", "en")
    for part in ("“Foreign Policy Goals,”", "source lines 32, 34", "unofficial transl"):
        assert part in text
    assert not re.search("[가-힣]", text)


def test_an_untranslated_statement_is_cited_as_the_korean_that_is_shown():
    with gate(None, Note("시험", "Test")):
        rows.save(rows.statement("G1.C2.1"), text_en="")
    assert "translat" not in plain("G1.C2.1", "en")


def test_a_publisher_that_the_source_does_not_name_is_cited_as_attributed():
    assert "외교부(추정)" in plain("2024.A1.1", "ko")
    assert "Ministry of Foreign Affairs (inferred)" in plain("2024.A1.1", "en")
    assert "inferred" not in plain("G1", "en")


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("path", ["statements/G1.C2/", "goals/4/"])
def test_a_page_gives_both_citations_its_own_first(client, language, path):
    markup = client.get(f"/{language}/{path}").content.decode()
    found = re.findall(r'class="citation" lang="(..)"[^>]*>([^<]+)</p>', markup)
    assert [code for code, _ in found] == sorted(
        ["en", "ko"], key=lambda c: c != language
    )
    for code, text in found:
        assert f"http://testserver/{code}/{path}" in text


@pytest.mark.parametrize("code", ["G4", "G1.C2", "2024.A1.1"])
def test_both_files_can_be_had_for_every_kind_of_statement(client, code):
    for name, kind in (
        ("cite.bib", "application/x-bibtex"),
        ("cite.json", "application/vnd.citationstyles.csl+json"),
    ):
        answer = client.get(f"/en/statements/{code}/{name}")
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith(kind)
        assert code in answer["Content-Disposition"]


def test_a_page_links_to_its_files(client):
    for path, code in (("goals/4/", "G4"), ("statements/G1.C2/", "G1.C2")):
        links = Page(client.get(f"/ko/{path}").content.decode()).links
        assert f"/ko/statements/{code}/cite.bib" in links
        assert f"/ko/statements/{code}/cite.json" in links


def test_bibtex_escapes_what_it_would_read_as_a_command():
    assert citations.escape(r"50% & $1 #2 a_b {c} \d ~^") == (
        r"50\% \& \$1 \#2 a\_b \{c\} \textbackslash{}d "
        r"\textasciitilde{}\textasciicircum{}"
    )


@pytest.mark.parametrize("language", ["ko", "en"])
def test_bibtex_is_balanced_and_free_of_list_marks(client, language):
    with gate(None, Note("시험", "Test")):
        text = "▴{국익} 50% \\ 확대 ▴R&D_협력"
        rows.save(rows.statement("G2.C2.1"), text_ko=text, text_en="R&D {50%} \\ more")
    entry = client.get(f"/{language}/statements/G2.C2.1/cite.bib").content.decode()
    assert entry.startswith("@misc{G2.C2.1,\n")
    bare = re.sub(r"\\[{}]", "", entry)
    assert bare.count("{") == bare.count("}")
    assert r"R\&D" in entry
    assert "▴" not in entry
    assert len(re.findall(r"^  \w+ = \{.*\},$", entry, re.M)) == 7


@pytest.mark.parametrize("language", ["ko", "en"])
def test_csl_json_is_one_item_of_the_schemas_properties(client, language):
    (item,) = client.get(f"/{language}/statements/G4.C3.1/cite.json").json()
    assert set(item) <= CSL_PROPERTIES
    assert (item["id"], item["type"]) == ("G4.C3.1", "webpage")
    assert item["language"] == language
    assert item["author"][0]["literal"]
    assert item["URL"] == f"http://testserver/{language}/statements/G4.C3.1/"
    today = citations.today()
    assert item["accessed"] == {"date-parts": [[today.year, today.month, today.day]]}
    assert "▴" not in item["title"]


def test_the_items_of_a_list_are_set_apart_in_a_title():
    statement = rows.statement("2024.A4.2")
    with override("ko"):
        title = citations.title_of(statement)
    assert "정상회의(24.3월); AI" in title


def test_what_is_not_published_is_not_cited(client):
    assert client.get("/ko/statements/G9.C1/cite.bib").status_code == 404
    assert client.get("/ko/statements/G9.C1/cite.json").status_code == 404


def test_citations_leave_the_language_as_it_was():
    with override("en"):
        found = citations.citations_in_both(rows.statement("G1.C2"))
        assert found[0]["text"] == citations.plain_citation(
            rows.statement("G1.C2"), "http://testserver/en/statements/G1.C2/"
        )
