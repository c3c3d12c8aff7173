"""A page for each region, country and theme: all that the documents say under it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, TypedDict, TypeVar, cast

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from explorer.exports.facts import (
    facts_of_topic,
    filtered_events,
    filtered_figures,
    give_sources,
)
from explorer.query import fact_filterset_for, statement_filterset_for
from explorer.topic_groups import GROUPED_BY, TopicGroup, topic_groups
from statements.filters.choices import vocabulary
from statements.filters.fields import TagsFilter
from statements.filters.filterset import StatementFilter
from statements.models import (
    Country,
    Event,
    Figure,
    Region,
    Statement,
    StatementQuerySet,
    Theme,
    mark_within,
)
from statements.requests import PortalRequest

#: How many statements of a group, and how many events and figures, a page shows.
STATEMENTS_SHOWN = 10

Topic = TypeVar("Topic", Region, Country, Theme)


class GroupSummary(TypedDict):
    """A group of one topic: its first statements, and how many it has in all."""

    name: str
    query: str
    count: int
    statements: list[Statement]


class TopicCount(TypedDict):
    """A topic with how many statements stand under it, in all and by group."""

    term: Region | Country | Theme
    count: int
    groups: list[tuple[str, int]]


class RegionCount(TopicCount):
    countries: list[TopicCount]


@require_safe
def regions_page(request: PortalRequest) -> HttpResponse:
    terms = vocabulary(request.data_version)
    counted = statement_filterset_for(QueryDict(), request)
    by_region = count_by_value(counted, "region")
    by_country = count_by_value(counted, "country")
    groups = topic_groups(terms)
    regions: list[RegionCount] = [
        {
            **count_topic(region, by_region, groups),
            "countries": [
                count_topic(country, by_country, groups)
                for country in terms.countries
                if country.region_id == region.pk
            ],
        }
        for region in terms.regions
    ]
    return render(request, "explorer/topics/regions.html", {"regions": regions})


@require_safe
def themes_page(request: PortalRequest) -> HttpResponse:
    counted = statement_filterset_for(QueryDict(), request)
    by_theme = count_by_value(counted, "theme")
    terms = vocabulary(request.data_version)
    groups = topic_groups(terms)
    themes = [count_topic(theme, by_theme, groups) for theme in terms.themes]
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
    tagged = StatementFilter(query, Statement.objects.published(), request=request)
    events, events_beside = facts_of_topic(
        Event.objects.all(), tagged, filtered_events(facts)
    )
    figures, figures_beside = facts_of_topic(
        Figure.objects.all(), tagged, filtered_figures(facts)
    )
    give_sources(events)
    counts = count_by_value(filterset, "country") if countries else {}
    every_group = topic_groups(vocabulary(request.data_version))
    groups = summarize_groups(filterset.qs, every_group)
    context = {
        "term": topic,
        "query": query.urlencode(),
        "groups": groups,
        "count": sum(group["count"] for group in groups),
        "events": events,
        "figures": figures,
        "events_beside": events_beside,
        "figures_beside": figures_beside,
        "countries": [count_topic(c, counts, every_group) for c in countries],
        "shown": STATEMENTS_SHOWN,
    }
    return render(request, f"explorer/topics/{parameter}.html", context)


def summarize_groups(
    statements: StatementQuerySet, groups: Iterable[TopicGroup]
) -> list[GroupSummary]:
    """Each group that has any of the statements."""
    first = first_of_each_group(statements)
    counted = statements.order_by().values_list(*GROUPED_BY).annotate(Count("pk"))
    counts = {tuple(told): count for *told, count in counted}
    return [
        {
            "name": group.name,
            "query": group.query,
            "count": group.total(counts),
            "statements": rows_of_group(group, first),
        }
        for group in groups
        if group.total(counts)
    ]


def rows_of_group(
    group: TopicGroup, statements: Iterable[Statement]
) -> list[Statement]:
    rows = [
        statement
        for statement in statements
        if group.holds(statement.nature, statement.year, statement.document_id)
    ][:STATEMENTS_SHOWN]
    mark_within(rows)
    return rows


def first_of_each_group(statements: StatementQuerySet) -> StatementQuerySet:
    """The first statements of each kind and edition, with what their rows show."""
    number = Window(
        RowNumber(),
        partition_by=[F(name) for name in GROUPED_BY],
        order_by=F("sort_key").asc(),
    )
    return (
        statements.annotate(number_in_group=number)
        .filter(number_in_group__lte=STATEMENTS_SHOWN)
        .select_related("parent")
        .prefetch_related("paragraphs")
        .in_outline_order()
    )


def count_by_value(
    filterset: StatementFilter, parameter: str
) -> dict[str, Counter[tuple[Any, ...]]]:
    """The filtered statements by the values of a tag's filter, group by group."""
    tags = cast(TagsFilter, filterset.filters[parameter])
    return tags.counts_by_value(filterset.qs, *GROUPED_BY)


def count_topic(
    topic: Region | Country | Theme,
    counts_by_value: Mapping[str, Counter[tuple[Any, ...]]],
    groups: Iterable[TopicGroup],
) -> TopicCount:
    counts = counts_by_value.get(topic.slug, Counter())
    totals = [(group.name, group.total(counts)) for group in groups]
    return {"term": topic, "count": counts.total(), "groups": totals}
