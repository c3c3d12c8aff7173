"""The pages of regions, countries and themes: what the explorer finds, all in one."""

import re
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from explorer.query import statement_filterset_for
from explorer.topics import STATEMENTS_SHOWN
from statements.models import (
    Country,
    DataVersion,
    Event,
    Figure,
    Region,
    Statement,
    Theme,
)
from tests.support import factories
from tests.support.crawling import Page

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


@pytest.mark.parametrize(
    ("index", "parameter"), [("regions", "region"), ("themes", "theme")]
)
def test_the_index_counts_what_the_explorer_finds(client, index, parameter):
    listed = client.get(f"/en/{index}/").context[index]
    assert [item["term"] for item in listed] == list(
        PARAMETERS[parameter].objects.all()
    )
    for item in listed:
        query = f"{parameter}={item['term'].slug}"
        assert item["count"] == found_by_the_explorer(query)
        assert item["count"] == sum(n for _name, n in item["groups"])
        for country in item.get("countries", ()):
            query = f"country={country['term'].slug}"
            assert country["count"] == found_by_the_explorer(query)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_region_includes_its_countries_and_names_them(client, language):
    answer = client.get(path_of("region", "northeast-asia", language))
    page = Page(answer.content.decode())
    countries = Country.objects.filter(region__slug="northeast-asia")
    for country in countries:
        assert path_of("country", country.slug, language) in page.links
    named = {item["term"].slug: item["count"] for item in answer.context["countries"]}
    assert named["japan"] == found_by_the_explorer("country=japan")
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
        [s for group in answer.context["groups"] for s in group["statements"]]
    )


def page_of(answer) -> str:
    return answer.content.decode()


def test_counts_are_labelled_as_numbers_of_statements(client):
    for language, told in (
        ("ko", "정책의 중요도와는 관계없"),
        ("en", "do not show importance"),
    ):
        for path in ("regions/", "regions/africa/", "themes/", "countries/japan/"):
            assert told in page_of(client.get(f"/{language}/{path}"))


def test_a_long_group_is_cut_and_leads_to_all_of_it(client):
    answer = client.get("/en/regions/global/")
    links = Page(page_of(answer)).links
    for group in answer.context["groups"]:
        assert len(group["statements"]) == min(STATEMENTS_SHOWN, group["count"])
        address = f"/en/statements/?region=global&{group['query']}"
        assert (address in links) == (group["count"] > STATEMENTS_SHOWN)
        assert found_by_the_explorer(urlsplit(address).query) == group["count"]


def test_achievements_tasks_and_goals_stand_apart(client):
    groups = client.get("/en/regions/northeast-asia/").context["groups"]
    kinds = [{s.kind for s in group["statements"]} for group in groups]
    assert kinds[:2] == [{"achievement"}, {"task"}]
    assert kinds[2] <= {"objective", "key-content", "detail", "expected-effect"}


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
def test_the_tags_of_a_statement_lead_to_their_pages(client, language):
    page = Page(page_of(client.get(f"/{language}/statements/2024.A7.1/")))
    for path in ("regions/africa/", "countries/sudan/", "themes/consular-protection/"):
        assert f"/{language}/{path}" in page.links


def test_all_of_them_are_in_the_sitemap(client):
    listed = client.get("/sitemap.xml").content.decode()
    for parameter, model in PARAMETERS.items():
        for term in model.objects.all():
            for language in LANGUAGES:
                assert path_of(parameter, term.slug, language) in listed
    for name in ("timeline", "figures", "regions", "themes"):
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
