"""The pages of regions, countries and themes: what the explorer finds, all in one."""

import re
from datetime import date
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.utils.translation import override

from explorer.query import statement_filterset_for
from explorer.topics.dossier import STATEMENTS_SHOWN
from statements.models import (
    COUNTED_KINDS,
    Country,
    DataVersion,
    Document,
    Event,
    Figure,
    Link,
    Region,
    Statement,
    Theme,
)
from tests.support import factories
from tests.support.crawling import Page, sitemap_parts

pytestmark = pytest.mark.django_db
PARAMETERS = {"region": Region, "country": Country, "theme": Theme}
LANGUAGES = ("ko", "en")


def path_of(parameter: str, slug: str, language: str = "en") -> str:
    folder = {"country": "countries"}.get(parameter, f"{parameter}s")
    return f"/{language}/{folder}/{slug}/"


def found_by_the_explorer(query: str) -> int:
    request = RequestFactory().get("/")
    request.data_version = DataVersion.current()
    return statement_filterset_for(QueryDict(query), request).qs.count()


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_every_page_counts_what_the_explorer_finds(client, parameter):
    for term in PARAMETERS[parameter].objects.all():
        context = client.get(path_of(parameter, term.slug, "ko")).context
        assert context["count"] == found_by_the_explorer(f"{parameter}={term.slug}")


def test_the_index_counts_what_the_explorer_finds(client):
    context = client.get("/en/topics/").context
    regions, themes = context["regions"], context["themes"]
    assert [item["term"] for item in regions] == list(Region.objects.all())
    assert [item["term"] for item in themes] == list(Theme.objects.all())
    countries = [country for region in regions for country in region["countries"]]
    assert {item["term"] for item in countries} == set(Country.objects.all())
    for parameter, items in (
        ("region", regions),
        ("theme", themes),
        ("country", countries),
    ):
        for item in items:
            query = f"{parameter}={item['term'].slug}"
            assert item["counts"].total == found_by_the_explorer(query)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_counts_goals_achievements_and_tasks_apart(client, language):
    answer = client.get(f"/{language}/topics/")
    [japan] = [
        country
        for region in answer.context["regions"]
        for country in region["countries"]
        if country["term"].slug == "japan"
    ]
    of_japan = Statement.objects.published().of_kinds(*COUNTED_KINDS)
    of_japan = of_japan.filter(countries__slug="japan")
    natures = ("", "achievements", "tasks")
    for nature, count in zip(natures, japan["counts"], strict=True):
        assert count == of_japan.filter(nature=nature).count() > 0
    with override(language):
        assert str(japan["counts"]) in Page(page_of(answer)).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_leads_to_the_index_and_the_index_to_every_topic(client, language):
    home = Page(page_of(client.get(f"/{language}/")))
    assert f"/{language}/topics/" in home.links
    index = Page(page_of(client.get(f"/{language}/topics/")))
    for parameter, model in PARAMETERS.items():
        for term in model.objects.all():
            assert path_of(parameter, term.slug, language) in index.links


@pytest.mark.parametrize("name", ["regions", "themes"])
def test_the_indices_that_were_lead_to_the_one_that_is(client, name):
    answer = client.get(f"/ko/{name}/")
    assert (answer.status_code, answer.url) == (301, "/ko/topics/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_region_includes_its_countries_and_names_them(client, language):
    answer = client.get(path_of("region", "northeast-asia", language))
    page = Page(answer.content.decode())
    countries = Country.objects.filter(region__slug="northeast-asia")
    for country in countries:
        assert path_of("country", country.slug, language) in page.links
    named = {item["term"].slug: item["counts"] for item in answer.context["countries"]}
    assert named["japan"].total == found_by_the_explorer("country=japan")
    for code in ("2024.A1.2", "2025.T2.1.2", "G1.C2"):
        assert f"/{language}/statements/{code}/" in page.links


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("parameter", "slug"),
    [("region", "africa"), ("country", "japan"), ("theme", "consular-protection")],
)
def test_a_page_gives_files_feed_dates_figures_and_sources(
    client, language, parameter, slug
):
    answer = client.get(path_of(parameter, slug, language))
    page = Page(answer.content.decode())
    query = f"?{parameter}={slug}"
    for name in ("csv", "xlsx", "json", "atom"):
        assert f"/{language}/statements.{name}{query}" in page.links
    for name in ("timeline.ics", "statements/", "timeline/", "figures/"):
        assert f"/{language}/{name}{query}" in page.links
    feeds = re.findall(r'type="application/atom\+xml" href="([^"]+)"', page_of(answer))
    assert feeds == [f"/{language}/statements.atom{query}"]
    calendar = client.get(f"/{language}/timeline/{query}").context["events"]
    assert list(answer.context["events"]) == list(calendar)
    for event in answer.context["events"][:STATEMENTS_SHOWN]:
        assert event.quote in page.text
    for figure in answer.context["figures"][:STATEMENTS_SHOWN]:
        assert figure.quote in page.text
    assert sum("#source" in href for href in page.links) == len(
        [row for group in answer.context["groups"] for row in group.rows]
    )
    for document in answer.context["documents"]:
        assert document.get_absolute_url() in page.links


def page_of(answer) -> str:
    return answer.content.decode()


def test_counts_are_labelled_as_numbers_of_statements(client):
    for language, told in (
        ("ko", "정책의 중요도와는 관계없"),
        ("en", "do not show importance"),
    ):
        for path in ("topics/", "regions/africa/", "countries/japan/"):
            assert told in page_of(client.get(f"/{language}/{path}"))


def test_a_long_group_is_cut_and_leads_to_all_of_it(client):
    answer = client.get("/en/regions/global/")
    links = Page(page_of(answer)).links
    for group, count, rows in answer.context["groups"]:
        assert len(rows) == min(STATEMENTS_SHOWN, count)
        address = f"/en/statements/?region=global&{group.query}"
        assert (address in links) == (count > STATEMENTS_SHOWN)
        assert found_by_the_explorer(urlsplit(address).query) == count


@pytest.mark.parametrize("slug", ["japan", "china", "russia"])
def test_a_country_is_answered_whole_on_its_page(client, slug):
    page = Page(page_of(client.get(path_of("country", slug))))
    of_country = Statement.objects.published().filter(countries__slug=slug)
    for statement in of_country.of_kinds(*COUNTED_KINDS):
        assert statement.get_absolute_url().replace("/ko/", "/en/") in page.links


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("ko", ("하려는 일", "이룬 일로 보고한 것", "하기로 한 일")),
        (
            "en",
            (
                "What Korea wants",
                "What the ministry reports as done",
                "What the ministry plans to do",
            ),
        ),
    ],
)
def test_goals_come_first_then_achievements_then_tasks(client, language, titles):
    answer = client.get(path_of("region", "northeast-asia", language))
    kinds = [
        {row.statement.kind for row in column.newest.rows}
        for column in answer.context["columns"]
    ]
    assert kinds[0] <= {"objective", "key-content", "detail", "expected-effect"}
    assert kinds[1:] == [{"achievement"}, {"task"}]
    page = page_of(answer)
    places = [page.index(f">{title}</h2>") for title in titles]
    places += [page.index(f'id="{name}"') for name in ("events", "figures", "sources")]
    assert places == sorted(places)


def test_each_column_names_its_document_and_the_date_of_it(client):
    document = Document.objects.get(kind="goals")
    with factories.an_open_gate():
        Document.objects.filter(pk=document.pk).update(published_on=date(2025, 8, 2))
    page = page_of(client.get(path_of("country", "japan")))
    wants, did = re.split('id="did"', page.partition('id="wants"')[2])[:2]
    assert f'href="/en/sources/{document.slug}/"' in wants
    assert '<time datetime="2025-08-02">' in wants
    assert "Not stated in the document" in did.partition('id="will-do"')[0]


def test_a_column_without_statements_says_that_the_sources_have_none(client):
    page = page_of(client.get(path_of("region", "africa", "ko")))
    wants, rest = page.partition('id="wants"')[2].split('id="did"')
    said = "출처 문서에 없습니다. 정책이 없다는 뜻은 아닙니다."
    assert said in wants and said not in rest


def test_linked_statements_lead_to_each_other_by_the_name_of_the_link(client):
    page = page_of(client.get(path_of("country", "japan", "ko")))
    shown = Statement.objects.of_kinds(*COUNTED_KINDS).filter(countries__slug="japan")
    links = Link.objects.public().filter(later__in=shown, earlier__in=shown)
    assert links
    for link in links.select_related("later", "earlier"):
        with override("ko"):
            name = link.get_relation_display()
        for own, other in ((link.later, link.earlier), (link.earlier, link.later)):
            threads = threads_of(page, own.code)
            [thread] = [text for text in threads if f'href="#{other.code}"' in text]
            assert name in thread and "편집자가 붙인 연결" in thread
            assert f'id="{other.code}"' in page


def threads_of(page: str, code: str) -> list[str]:
    row = page.partition(f'id="{code}"')[2].partition('<li class="said')[0]
    return re.findall(r'<p class="thread.*?</p>', row, re.DOTALL)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("suggested", "link added by editors, draft"),
        ("confirmed", "confirmed by staff"),
        ("rejected", None),
    ],
)
def test_a_link_says_whether_staff_confirmed_it_and_a_rejected_one_is_none(
    client, state, said
):
    pair = {"later__code": "G1.C2", "earlier__code": "2024.A1.2"}
    with factories.an_open_gate():
        Link.objects.filter(**pair).update(state=state, relation="continues")
    page = page_of(client.get(path_of("country", "japan")))
    for code, other, name in (
        ("G1.C2", "2024.A1.2", "Continues"),
        ("2024.A1.2", "G1.C2", "Continued by"),
    ):
        threads = [t for t in threads_of(page, code) if f'"#{other}"' in t]
        assert len(threads) == (0 if said is None else 1)
        assert all(said in t and name in t for t in threads)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plain_line_rests_on_statements_of_the_page_alone(client, language):
    seen = 0
    for parameter, model in PARAMETERS.items():
        for term in model.objects.all():
            answer = client.get(path_of(parameter, term.slug, language))
            if plain := answer.context["plain"]:
                groups = answer.context["groups"]
                rows = [row for group in groups for row in group.rows]
                assert set(plain.codes) <= {row.statement.code for row in rows}
                assert plain.text in unescape(page_of(answer))
                if language == "ko":
                    assert term.name.partition("·")[0] in plain.text
                seen += 1
    assert seen > len(LANGUAGES)


def test_an_empty_page_does_not_say_that_there_is_no_policy(client):
    with factories.an_open_gate():
        Statement.objects.update(state="withdrawn")
    assert Page(page_of(client.get("/en/regions/south-asia/"))).text.count(
        "This does not mean there is no policy."
    )
    assert "정책이 없다는 뜻은 아닙니다" in page_of(
        client.get("/ko/regions/south-asia/")
    )


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_an_unknown_name_is_404(client, parameter):
    assert client.get(path_of(parameter, "atlantis")).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["statements/2024.A7.1/", "statements/?q=2024.A7.1"])
def test_the_tags_of_a_statement_lead_to_their_pages(client, language, path):
    page = Page(page_of(client.get(f"/{language}/{path}")))
    for topic in ("regions/africa/", "countries/sudan/", "themes/consular-protection/"):
        assert f"/{language}/{topic}" in page.links


def test_all_of_them_are_in_the_sitemap(client):
    listed = "".join(sitemap_parts(client).values())
    for parameter, model in PARAMETERS.items():
        for term in model.objects.all():
            for language in LANGUAGES:
                assert path_of(parameter, term.slug, language) in listed
    for name in ("timeline", "figures", "topics"):
        assert f"/ko/{name}/<" in listed


def test_no_event_or_figure_is_on_no_page(client):
    """Every one stands under a theme or a region, so that the pages hold them all."""
    seen = {Event: set(), Figure: set()}
    for parameter in ("region", "theme"):
        for term in PARAMETERS[parameter].objects.all():
            context = client.get(path_of(parameter, term.slug)).context
            seen[Event] |= {event.pk for event in context["events"]}
            seen[Figure] |= {figure.pk for figure in context["figures"]}
    events = Event.objects.first_mentions()
    assert seen[Event] >= set(events.values_list("pk", flat=True))
    assert seen[Figure] == set(Figure.objects.values_list("pk", flat=True))
