"""The glossary: which terms a statement holds, and the page that explains them all."""

import gzip
import re

import pytest
from django.utils.translation import override

from statements.models import GlossaryTerm, Kind, Statement
from statements.pages import glossary
from statements.pages.glossary import terms_holding, with_terms
from statements.pages.initials import initial_of
from tests.support import factories
from tests.support.counting_queries import queries
from tests.support.crawling import Page

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
HEAVIEST = 25_000


def terms_of(text: str) -> list[str]:
    (row,) = with_terms([Statement(code="G1.O1", text_ko=text)])
    return [term.korean for term in row["terms"]]


def test_a_term_is_found_however_it_is_spaced_and_dotted():
    assert "글로벌 사우스" in terms_of("글로벌사우스와의 협력")
    assert "재외공관" in terms_of("재외\n공관을 통해")
    assert "수출·수주" in terms_of("방산 수출‧수주 확대")


def test_a_term_that_is_only_part_of_a_longer_one_is_not_found():
    assert terms_of("재외공관망") == ["재외공관망"]


def test_a_term_that_stands_alone_too_is_found_beside_the_longer_one():
    assert terms_of("재외공관망과 재외공관") == ["재외공관", "재외공관망"]


@pytest.mark.parametrize("spelling", ["한미동맹", "한미 동맹"])
def test_of_two_spellings_the_one_that_stands_there_is_found(spelling):
    assert terms_of(f"{spelling} 발전") == [spelling]


@pytest.mark.parametrize(
    "words",
    ["글로벌 사우스", "글로벌사우스", "Global South", "global south", "사우스"],
)
def test_terms_are_found_by_korean_and_by_english(words):
    assert "글로벌 사우스" in [term.korean for term in terms_holding(words)]


def test_points_of_abbreviations_do_not_matter():
    with_points = terms_holding("ROK-U.S. Alliance")
    assert with_points
    assert terms_holding("rok-us alliance") == with_points


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_has_every_term_with_an_anchor_and_is_light(client, language):
    answer = client.get(f"/{language}/glossary/")
    page = Page(answer.content.decode())
    for term in GlossaryTerm.objects.all():
        assert f"t{term.position}" in page.ids
        assert ("ko", term.korean) in page.texts
        assert ("en", term.english) in page.texts
    assert len(page.ids) == len(set(page.ids))
    assert len(gzip.compress(answer.content)) <= HEAVIEST


def test_a_term_leads_to_the_statements_that_it_occurs_in(client):
    markup = client.get("/ko/glossary/").content.decode()
    entries = {entry.split('"')[0]: entry for entry in markup.split('id="t')}
    with override("ko"):
        for row in with_terms(Statement.objects.published()):
            link = f'<a href="{row["statement"].get_absolute_url()}">'
            for term in row["terms"]:
                assert link in entries[str(term.position)]


def test_many_occurrences_are_folded(client):
    markup = client.get("/en/glossary/?q=경제안보").content.decode()
    assert re.search(r"<summary>In 8 statements</summary>", markup)


@pytest.mark.parametrize(("language", "words"), [("ko", "alliance"), ("en", "동맹")])
def test_the_page_searches_in_both_directions(client, language, words):
    page = Page(client.get(f"/{language}/glossary/?q={words}").content.decode())
    shown = [id_ for id_ in page.ids if re.fullmatch(r"t\d+", id_)]
    assert len(shown) == len(terms_holding(words)) > 3
    assert "한미 동맹" in page.text


def test_nothing_found_is_explained_and_leads_on(client):
    page = Page(client.get("/en/glossary/?q=zzz").content.decode())
    assert "No Korean or English term contains this keyword." in page.text
    assert "/en/statements/?q=zzz" in page.links
    assert "/en/glossary/" in page.links


@pytest.mark.parametrize("words", ["%00", "a" * 201, "%F0%9F%98%80", "<b>%22%27"])
def test_odd_words_are_answered_and_what_is_refused_is_said(client, words):
    answer = client.get(f"/en/glossary/?q={words}")
    assert answer.status_code == 200
    markup = answer.content.decode()
    is_refused = words == "%00" or len(words) > 200
    assert ('id="id_q_error"' in markup) == is_refused
    assert ('aria-invalid="true"' in markup) == is_refused
    assert '<b>"' not in markup
    assert 'id="t1"' not in markup


def test_a_search_for_nothing_shows_everything(client):
    assert (
        'id="t322"' in client.get("/ko/glossary/?q=%20", follow=True).content.decode()
    )


@pytest.mark.parametrize("path", ["glossary/", "glossary/?q=a"])
def test_the_glossary_takes_no_more_queries_as_the_corpus_grows(client, path):
    before = queries(client, f"/en/{path}")
    factories.goal_with(30)
    assert queries(client, f"/en/{path}") == before


@pytest.mark.parametrize("path", ["goals/1/compare/", "sources/goals/compare/", ""])
def test_the_glossary_is_linked_from_where_terms_are_read(client, path):
    page = Page(client.get(f"/ko/{path}").content.decode())
    assert "/ko/glossary/" in page.links


@pytest.mark.parametrize(
    ("words", "letter"),
    [
        *(("가치", "ㄱ"), ("끝", "ㄱ"), ("협력", "ㅎ"), ("NATO", "A–Z")),
        *(("3국 협력", "숫자"), ("新행정부", "기타")),
    ],
)
def test_korean_terms_are_by_their_first_consonant(words, letter):
    with override("ko"):
        assert initial_of(words, is_korean=True).name == letter


def test_english_terms_are_by_their_first_letter():
    with override("en"):
        names = [initial_of(w, is_korean=False).name for w in ("éclat", "NATO", "9th")]
    assert names == ["E", "N", "Numbers"]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_letter_can_be_jumped_to_and_terms_are_in_order(client, language):
    answer = client.get(f"/{language}/glossary/")
    page = Page(answer.content.decode())
    anchors = [name for name in page.ids if name.startswith("letter-")]
    assert len(anchors) > 10
    assert {f"#{name}" for name in anchors} <= set(page.links)
    for _chapter, terms in answer.context["groups"]:
        with override(language):
            of_letter = [
                (t.korean if language == "ko" else t.english).casefold()
                for t, _statements in terms
            ]
        assert of_letter == sorted(of_letter)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_term_is_on_the_page_of_its_letter_in_either_order(client, language):
    shown = {"ko": set(), "en": set()}
    rows = client.get(f"/{language}/glossary/").context["letter_rows"]
    assert [of for of, _label, _letters in rows][0] == language
    for of, _label, letters in rows:
        for letter in letters:
            path = f"/{language}/glossary/{letter.slug}/"
            answer = client.get(path)
            assert answer.status_code == (200 if letter.n_terms else 404), path
            if letter.n_terms:
                terms = [t for _, terms in answer.context["groups"] for t, _s in terms]
                assert len(terms) == letter.n_terms == answer.context["count"]
                shown[of] |= {term.korean for term in terms}
    everything = {term.korean for term in GlossaryTerm.objects.all()}
    assert shown == {"ko": everything, "en": everything}


def test_letters_are_links_where_terms_begin_with_them_and_text_elsewhere(client):
    page = Page(client.get("/en/glossary/n/").content.decode())
    assert "/en/glossary/a/" in page.links
    assert "/en/glossary/giyeok/" in page.links
    assert "/en/glossary/x/" not in page.links
    assert "X" in page.text
    assert page.title.startswith("Glossary: N")
    other = Page(client.get("/ko/glossary/n/").content.decode())
    assert other.title.startswith("용어집: N · 영어 ABC순")
    korean = Page(client.get("/en/glossary/giyeok/").content.decode())
    assert korean.title.startswith("Glossary: Giyeok · By the Korean word")
    assert korean.in_wrong_language("en") == []
    assert 'action="/en/glossary/"' in client.get("/en/glossary/n/").content.decode()


def test_of_very_many_statements_none_is_named_but_a_search(client, monkeypatch):
    monkeypatch.setattr(glossary, "MOST_STATEMENTS", 10)
    factories.statement(Kind.GOAL)
    page = Page(client.get("/en/glossary/a/").content.decode())
    assert "Find in statements" in page.text
    assert not any("/statements/G1" in link for link in page.links)


def test_terms_are_narrowed_to_a_category(client):
    answer = client.get("/en/glossary/?category=place")
    shown = [t for _chapter, terms in answer.context["groups"] for t, _s in terms]
    assert {term.category for term in shown} == {"place"}
    assert len(shown) == GlossaryTerm.objects.filter(category="place").count()
    assert "?category=event" in Page(answer.content.decode()).links
    assert client.get("/en/glossary/?category=atlantis").context["count"] == 0
