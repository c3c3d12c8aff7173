"""A page for each region, country and theme: all that the documents say under it."""

from collections.abc import Iterable
from typing import TypeVar

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from explorer.exports.facts import (
    facts_of_topic,
    filtered_events,
    filtered_figures,
    give_sources,
)
from explorer.query import fact_filterset_for
from explorer.results.kept_index import facet_index
from explorer.topics.counts import (
    ColumnCounts,
    RegionCount,
    count_topic,
    places_of_topic,
)
from explorer.topics.dossier import (
    STATEMENTS_SHOWN,
    GroupSummary,
    dossier_columns,
    summarize_groups,
)
from explorer.topics.groups import TOPIC_COLUMNS, topic_groups
from explorer.topics.plain_line import plain_line
from statements.filters.choices import vocabulary
from statements.filters.filterset import StatementFilter
from statements.models import Country, Event, Figure, Region, Statement, Theme
from statements.pages.lazy_values import lazy_parts
from statements.requests import PortalRequest

Topic = TypeVar("Topic", Region, Country, Theme)
#: The values of a dossier that are made together.
STATEMENT_PARTS = ("groups", "columns", "counts", "count", "plain", "documents")
FACT_PARTS = ("events", "figures", "events_beside", "figures_beside")


@require_safe
def topics_page(request: PortalRequest) -> HttpResponse:
    terms, index = vocabulary(request.data_version), facet_index(request)
    regions: list[RegionCount] = [
        {
            **count_topic(index, region),
            "countries": [
                count_topic(index, country)
                for country in terms.countries
                if country.region_id == region.pk
            ],
        }
        for region in terms.regions
    ]
    themes = [count_topic(index, theme) for theme in terms.themes]
    context = {"regions": regions, "themes": themes}
    return render(request, "explorer/topics/index.html", context)


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
    query, terms = (
        QueryDict(f"{parameter}={topic.slug}"),
        vocabulary(request.data_version),
    )

    def statements() -> dict[str, object]:
        index, groups = facet_index(request), topic_groups(terms)
        places = places_of_topic(index, topic) & index.counted
        return {
            **statement_context(topic, summarize_groups(index, places, groups)),
            "countries": [count_topic(index, country) for country in countries],
        }

    context = {
        "term": topic,
        "query": query.urlencode(),
        "shown": STATEMENTS_SHOWN,
        **lazy_parts(statements, *STATEMENT_PARTS, "countries"),
        **lazy_parts(lambda: fact_context(request, query), *FACT_PARTS),
    }
    return render(request, "explorer/topics/dossier.html", context)


def fact_context(request: PortalRequest, query: QueryDict) -> dict[str, object]:
    """The part of a dossier's context that is of its events and figures."""
    facts = fact_filterset_for(query, request)
    tagged = StatementFilter(query, Statement.objects.published(), request=request)
    events, events_beside = facts_of_topic(
        Event.objects.all(), tagged, filtered_events(facts)
    )
    figures, figures_beside = facts_of_topic(
        Figure.objects.all(), tagged, filtered_figures(facts)
    )
    give_sources(events)
    parts = (events, figures, events_beside, figures_beside)
    return dict(zip(FACT_PARTS, parts, strict=True))


def statement_context(
    topic: Region | Country | Theme, summaries: list[GroupSummary]
) -> dict[str, object]:
    """The part of a dossier's context that is of its statements."""
    by_column = (
        sum(s.total for s in summaries if s.group.nature == column.nature)
        for column in TOPIC_COLUMNS
    )
    counts = ColumnCounts(*by_column)
    codes = {row.statement.code for summary in summaries for row in summary.rows}
    documents = [d for s in summaries if s.total for d in s.group.documents]
    return {
        "groups": [summary for summary in summaries if summary.total],
        "columns": list(dossier_columns(summaries)),
        "counts": counts,
        "count": counts.total,
        "plain": plain_line(topic, codes, get_language() or "ko"),
        "documents": list(dict.fromkeys(documents)),
    }
