"""A page for each region, country and theme: all that the documents say under it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypedDict, TypeVar, cast

from django.db.models import Count, F, Prefetch, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from explorer.exports.facts import filtered_events, filtered_figures
from explorer.query import fact_filterset_for, statement_filterset_for
from statements.filters.choices import vocabulary
from statements.filters.fields import TagsFilter
from statements.filters.filterset import StatementFilter
from statements.models import (
    Country,
    Kind,
    Region,
    Statement,
    StatementQuerySet,
    Theme,
)
from statements.requests import PortalRequest

#: How many statements of a group, and how many events and figures, a page shows.
STATEMENTS_SHOWN = 10

Topic = TypeVar("Topic", Region, Country, Theme)


class TopicGroup(NamedTuple):
    """Kinds of statements that a topic's page shows and counts together."""

    name: Promise
    kinds: tuple[Kind, ...]

    @property
    def query(self) -> str:
        return "&".join(f"kind={kind.value}" for kind in self.kinds)

    def total(self, counts: Mapping[str, int]) -> int:
        """The sum of the counts by kind over the group's own kinds."""
        return sum(counts.get(kind.value, 0) for kind in self.kinds)


TOPIC_GROUPS = (
    TopicGroup(_("Achievements"), (Kind.ACHIEVEMENT,)),
    TopicGroup(_("2025 tasks"), (Kind.TASK,)),
    TopicGroup(
        _("Goals document"), (Kind.OBJECTIVE, Kind.KEY_CONTENT, Kind.EXPECTED_EFFECT)
    ),
)


class GroupSummary(TypedDict):
    """A group of one topic: its first statements, and how many it has in all."""

    name: Promise
    query: str
    count: int
    statements: list[Statement]


class TopicCount(TypedDict):
    """A topic with how many statements stand under it, in all and by group."""

    term: Region | Country | Theme
    count: int
    groups: list[tuple[Promise, int]]


class RegionCount(TopicCount):
    countries: list[TopicCount]


@require_safe
def regions_page(request: PortalRequest) -> HttpResponse:
    terms = vocabulary(request.data_version)
    browsed = statement_filterset_for(QueryDict(), request)
    by_region = count_kinds_by_value(browsed, "region")
    by_country = count_kinds_by_value(browsed, "country")
    regions: list[RegionCount] = [
        {
            **count_topic(region, by_region),
            "countries": [
                count_topic(country, by_country)
                for country in terms.countries
                if country.region_id == region.pk
            ],
        }
        for region in terms.regions
    ]
    return render(request, "explorer/topics/regions.html", {"regions": regions})


@require_safe
def themes_page(request: PortalRequest) -> HttpResponse:
    browsed = statement_filterset_for(QueryDict(), request)
    by_theme = count_kinds_by_value(browsed, "theme")
    terms = vocabulary(request.data_version).themes
    themes = [count_topic(theme, by_theme) for theme in terms]
    return render(request, "explorer/topics/themes.html", {"themes": themes})


@require_safe
def region_page(request: PortalRequest, slug: str) -> HttpResponse:
    terms = vocabulary(request.data_version)
    region = find_topic(slug, terms.regions)
    countries = [c for c in terms.countries if c.region_id == region.pk]
    return render_topic(request, "region", region, countries)


@require_safe
def country_page(request: PortalRequest, slug: str) -> HttpResponse:
    terms = vocabulary(request.data_version)
    return render_topic(request, "country", find_topic(slug, terms.countries))


@require_safe
def theme_page(request: PortalRequest, slug: str) -> HttpResponse:
    terms = vocabulary(request.data_version)
    return render_topic(request, "theme", find_topic(slug, terms.themes))


def find_topic(slug: str, topics: Iterable[Topic]) -> Topic:
    """The topic with this slug; raises Http404 where there is none."""
    for topic in topics:
        if topic.slug == slug:
            return topic
    raise Http404


def render_topic(
    request: PortalRequest,
    parameter: str,
    topic: Region | Country | Theme,
    countries: Iterable[Country] = (),
) -> HttpResponse:
    query = QueryDict(f"{parameter}={topic.slug}")
    filterset = statement_filterset_for(query, request)
    facts = fact_filterset_for(query, request)
    events = filtered_events(facts).select_related("statement")
    figures = filtered_figures(facts).select_related("statement")
    kinds = count_kinds_by_value(filterset, "country") if countries else {}
    groups = summarize_groups(filterset.qs)
    context = {
        "term": topic,
        "query": query.urlencode(),
        "groups": groups,
        "count": sum(group["count"] for group in groups),
        "events": events,
        "figures": figures,
        "countries": [count_topic(country, kinds) for country in countries],
        "shown": STATEMENTS_SHOWN,
    }
    return render(request, f"explorer/topics/{parameter}.html", context)


def summarize_groups(statements: StatementQuerySet) -> list[GroupSummary]:
    """Each group that has any of the statements."""
    first = first_of_each_kind(statements)
    counts = dict(statements.order_by().values_list("kind").annotate(Count("pk")))
    return [
        {
            "name": group.name,
            "query": group.query,
            "count": group.total(counts),
            "statements": [
                statement for statement in first if statement.kind in group.kinds
            ][:STATEMENTS_SHOWN],
        }
        for group in TOPIC_GROUPS
        if group.total(counts)
    ]


def first_of_each_kind(statements: StatementQuerySet) -> StatementQuerySet:
    """The first statements of each kind, with what their rows show."""
    points = Statement.objects.published().of_kinds(Kind.POINT, Kind.NOTE)
    number = Window(RowNumber(), partition_by=F("kind"), order_by=F("sort_key").asc())
    return (
        statements.annotate(number_in_kind=number)  # type: ignore[no-redef]  # declared
        .filter(number_in_kind__lte=STATEMENTS_SHOWN)
        .prefetch_related(
            "paragraphs",
            Prefetch("children", points.in_outline_order(), to_attr="points"),
        )
        .in_outline_order()
    )


def count_kinds_by_value(
    filterset: StatementFilter, parameter: str
) -> dict[str, Counter[str]]:
    """The filtered statements by the values of a tag's filter, kind by kind."""
    tags = cast(TagsFilter, filterset.filters[parameter])
    return tags.kinds_by_value(filterset.qs)


def count_topic(
    topic: Region | Country | Theme, kinds: Mapping[str, Counter[str]]
) -> TopicCount:
    counts = kinds.get(topic.slug, Counter())
    groups = [(group.name, group.total(counts)) for group in TOPIC_GROUPS]
    return {"term": topic, "count": counts.total(), "groups": groups}
