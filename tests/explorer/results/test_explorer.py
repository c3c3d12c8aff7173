"""The explorer: counts that keep their word, order, views, words, and no reload."""

import random
import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from explorer.query import statement_filterset
from explorer.results.rows import STATEMENTS
from statements.filters.choices import vocabulary
from statements.gate import Note, gate
from statements.models import DataVersion, Event, Region, Statement, Theme
from statements.search import query_plan, suggest
from statements.templatetags.kept_parts import PARTS
from tests.support import factories
from tests.support.crawling import Page

pytestmark = pytest.mark.django_db
WORDS = ("", "", "한미동맹", "AI", "협력", "foreign aid", "두코바이")
MOST_QUERIES = 6
ANY_ANSWER = (
    "",
    "region=europe&region=africa&theme=economic-security&kind=task&year=2025&goal=3",
    "page=6",
    "sort=date&view=table",
    "view=matrix&region=europe",
    "kind=detail",
    "region=africa&theme=passport-mobility&country=japan",
    "region=atlantis",
    "page_size=0",
    "q=AI",
    "q=G1.C2",
    "q=한미동맹&document=goals",
    "q=한미동맹&view=table",
    "q=한미동맹&view=matrix",
    "q=두코바이",
    "q=africca&region=europe",
    "q=ㅋㅋ 아프리&kind=note",
    "q=펭귄 서식지",
    "q=협력 없는말 abcdefgh 아프리카 일본 foreign",
    "q=How does Korea protect its nationals abroad?",
    "q=!!!",
)


def answered(rf, query: str):
    """The FilterSet's own answer to a query string."""
    request = rf.get(f"/ko/statements/?{query}")
    request.data_version = DataVersion.current()
    asked = statement_filterset(request)
    assert asked.is_valid(), asked.errors
    return asked


def codes(rf, query: str) -> list[str]:
    return list(answered(rf, query).qs.values_list("code", flat=True))


def some_queries(number: int) -> list[str]:
    """Several values of several filters, words and orders, the same on every run."""
    chance = random.Random("explorer")
    terms = vocabulary(DataVersion.current())
    values = {
        "kind": ["task", "achievement", "detail", "heading", "key-content"],
        "year": ["2024", "2025"],
        "dated": [str(year) for year in terms.event_years],
        "region": [region.slug for region in terms.regions],
        "theme": [theme.slug for theme in terms.themes],
        "country": [country.slug for country in terms.countries],
        "goal": ["1", "2", "3", "4", "5"],
        "document": ["goals", "report-2025"],
    }
    made = []
    for _ in range(number):
        asked = [
            (name, value)
            for name in chance.sample(sorted(values), chance.randint(0, 3))
            for value in chance.sample(values[name], chance.randint(1, 2))
        ]
        asked.append(("sort", chance.choice(["", "relevance", "code", "date"])))
        asked.append(("q", chance.choice(WORDS)))
        made.append(urlencode([(name, value) for name, value in asked if value]))
    return made


def test_pages_hold_what_the_filters_find_in_their_order(client, rf):
    for query in some_queries(25):
        answer = client.get(f"/ko/statements/?page_size=100&{query}")
        shown = [one.code for one in answer.context["statements"]]
        assert shown == codes(rf, query)[:100], query
        assert answer.context["count"] == len(codes(rf, query))


def test_a_count_is_the_size_of_what_its_choice_leads_to(client, rf):
    for query in some_queries(4):
        for facet in client.get(f"/en/statements/?{query}").context["facets"]:
            for choice in facet.choices:
                led = QueryDict(query, mutable=True)
                led.setlist(facet.name, [choice.value])
                found = answered(rf, led.urlencode()).qs.count()
                assert choice.count == found, (query, facet.name, choice.value)


def test_no_choice_without_a_statement_can_be_made(client):
    markup = client.get("/en/statements/?region=africa").content.decode()
    for line in markup.split("<label")[1:]:
        is_empty = '<span class="count">0<' in line
        assert ("disabled" in line) == is_empty, line


def test_several_values_of_a_filter_are_found_by_any(client, rf):
    both = set(codes(rf, "region=africa&region=europe"))
    assert both == set(codes(rf, "region=africa")) | set(codes(rf, "region=europe"))
    answer = client.get("/en/statements/?region=africa&region=europe&page_size=100")
    assert {one.code for one in answer.context["statements"]} == both


@pytest.mark.parametrize(
    "query",
    [
        "region=africa&theme=passport-mobility&country=japan",
        "q=zzzzzz",
        "q=zzzzzz&kind=goal",
        "kind=goal&country=cuba",
        "kind=goal&kind=part&country=cuba",
    ],
)
def test_nothing_found_says_what_each_filter_less_would_give(client, rf, query):
    answer = client.get(f"/en/statements/?{query}")
    assert answer.context["count"] == 0
    text = Page(answer.content.decode()).text
    ways = answer.context["active"]
    assert {way["name"] for way in ways} == {*QueryDict(query)}
    for way in ways:
        assert way["count"] == len(codes(rf, way["without"][1:]))
        assert re.search(rf"\b{way['count']} statements? without this filter", text)


def queries(client, query: str) -> int:
    """Of a request whose words nobody has searched for since the data changed."""
    query_plan.plans.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/en/statements/?{query}").status_code == 200
    return len(captured)


def test_any_answer_takes_few_queries_and_no_more_as_statements_grow(client):
    suggest("warm up the words")
    client.get("/en/statements/")
    before = {query: queries_with_nothing_kept(client, query) for query in ANY_ANSWER}
    assert max(before.values()) <= MOST_QUERIES, before
    factories.report_heading_with(300)
    suggest("warm up the words")
    client.get("/en/statements/")
    after = {query: queries_with_nothing_kept(client, query) for query in ANY_ANSWER}
    assert after == before


def queries_with_nothing_kept(client, query: str) -> int:
    PARTS.clear()
    STATEMENTS.clear()
    return queries(client, query)


def test_the_dated_come_first_by_date_and_none_is_lost(client):
    answer = client.get("/ko/statements/?sort=date&page_size=100")
    shown = [statement.pk for statement in answer.context["statements"]]
    dated = set(Event.objects.values_list("statement", flat=True)) & set(shown)
    assert set(shown[: len(dated)]) == dated
    newest = [
        max(Event.objects.filter(statement=pk).values_list("start", flat=True))
        for pk in shown[: len(dated)]
    ]
    assert newest == sorted(newest, reverse=True)
    assert answer.context["count"] == 145


@pytest.mark.parametrize(
    ("language", "words", "marked"),
    [
        ("ko", "한미동맹", "한미 동맹"),
        ("en", "critical mineral", "Critical Minerals"),
    ],
)
def test_what_the_words_found_is_marked_as_it_is_spelled(
    client, language, words, marked
):
    answer = client.get(f"/{language}/statements/", {"q": words})
    assert f"<mark>{marked}</mark>" in answer.content.decode()


def test_words_found_in_the_other_language_alone_are_shown_in_it(client):
    page = Page(client.get("/en/statements/", {"q": "공고화"}).content.decode())
    assert any(language == "ko" and "공고화" in text for language, text in page.texts)


def test_words_that_find_nothing_come_with_terms_that_find_something(client):
    answer = client.get("/ko/statements/", {"q": "ㅋㅋ 아프리", "kind": "note"})
    assert answer.context["count"] == 0
    links = Page(answer.content.decode()).links
    assert answer.context["suggestions"]
    for words in answer.context["suggestions"]:
        assert client.get("/ko/statements/", {"q": words}).context["count"]
        assert any(urlencode({"q": words}) in link for link in links)


def test_a_word_that_nothing_has_is_told_with_the_one_looked_for_instead(client):
    answer = client.get("/en/statements/", {"q": "africca"})
    text = Page(answer.content.decode()).text
    assert "“africca”" in text
    assert "No statement contains" in text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_view_shows_what_is_found(client, rf, language):
    query = "kind=achievement&page_size=100"
    expected = codes(rf, query)
    for view in ("list", "table"):
        answer = client.get(f"/{language}/statements/?{query}&view={view}")
        markup = answer.content.decode()
        places = [markup.index(f"/{language}/statements/{code}/") for code in expected]
        assert places == sorted(places)


def test_the_matrix_leads_to_what_it_counts(client, rf):
    answer = client.get("/en/statements/?view=matrix&year=2025")
    counts = answer.context["counts"]
    links = Page(answer.content.decode()).links
    for region in Region.objects.values_list("slug", flat=True):
        for theme in Theme.objects.values_list("slug", flat=True):
            query = f"year=2025&region={region}&theme={theme}"
            found = len(codes(rf, query))
            assert counts.get((region, theme), 0) == found
            is_led_to = any(f"region={region}&theme={theme}" in link for link in links)
            assert is_led_to == bool(found)


def test_an_unknown_view_is_named_and_explained(client):
    page = Page(client.get("/en/statements/?view=globe").content.decode())
    assert "There is no view “globe”." in page.text


def test_a_page_beyond_the_end_is_the_last_one_and_no_number_is_the_first(client):
    last = client.get("/ko/statements/").context["page_obj"].paginator.num_pages
    for asked, given in (("99", last), ("0", last), ("none", 1)):
        answer = client.get(f"/ko/statements/?page={asked}")
        assert answer.context["page_obj"].number == given


def test_what_is_found_can_be_taken_away_with_all_filters_and_no_page(client):
    answer = client.get(
        "/en/statements/?theme=cyber-ai&region=global&view=table&page=1"
    )
    links = Page(answer.content.decode()).links
    for ending in ("csv", "xlsx", "json", "atom"):
        assert f"/en/statements.{ending}?theme=cyber-ai&region=global" in links


def test_a_change_of_the_data_is_found_and_counted_at_once(client):
    before = client.get("/en/statements/?region=africa").context["count"]
    task = Statement.objects.exclude(regions__slug="africa").get(code="2025.T1.1.1")
    with gate(None, Note(ko="시험", en="A try")):
        task.regions.add(Region.objects.get(slug="africa"))
    assert client.get("/en/statements/?region=africa").context["count"] == before + 1


@pytest.mark.parametrize(
    "query", ["q=G1.C2", "q=한미동맹", "view=table&kind=key-content"]
)
def test_results_add_nothing_to_the_words_of_the_source(client, query):
    page = Page(client.get(f"/ko/statements/?{query}&page_size=100").content.decode())
    assert not [text for _language, text in page.texts if "▴" in text]
    assert not [text for _language, text in page.texts if text.strip() == "—"]
    statement = Statement.objects.get(code="G1.C2")
    if query != "q=한미동맹":
        said = "".join("".join(text.split()) for _language, text in page.texts)
        for part in (statement.title_ko, *statement.text_ko.split("▴")):
            assert "".join(part.split()) in said
