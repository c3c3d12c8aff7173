"""A page for each region, country and theme: all that the documents say under it."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, F, Prefetch, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
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

#: How many statements of a group, and how many events and figures, a page shows.
STATEMENTS_SHOWN = 10


class TopicGroup(NamedTuple):
    name: Promise
    kinds: tuple[Kind, ...]

    @property
    def query(self) -> str:
        return "&".join(f"kind={kind.value}" for kind in self.kinds)


TOPIC_GROUPS = (
    TopicGroup(_("Achievements"), (Kind.ACHIEVEMENT,)),
    TopicGroup(_("2025 tasks"), (Kind.TASK,)),
    TopicGroup(
        _("Goals document"), (Kind.OBJECTIVE, Kind.KEY_CONTENT, Kind.EXPECTED_EFFECT)
    ),
)


@require_safe
def regions_page(request: HttpRequest) -> HttpResponse:
    terms = vocabulary(request.data_version)
    everything = statement_filterset_for(QueryDict(), request)
    by_region = count_kinds_by_value(everything, "region")
    by_country = count_kinds_by_value(everything, "country")
    listed = [
        {
            **count_term(region, by_region),
            "countries": [
                count_term(country, by_country)
                for country in terms.countries
                if country.region_id == region.pk
            ],
        }
        for region in terms.regions
    ]
    return render(request, "explorer/regions.html", {"regions": listed})


@require_safe
def themes_page(request: HttpRequest) -> HttpResponse:
    kinds = count_kinds_by_value(statement_filterset_for(QueryDict(), request), "theme")
    terms = vocabulary(request.data_version).themes
    listed = [count_term(theme, kinds) for theme in terms]
    return render(request, "explorer/themes.html", {"themes": listed})


@require_safe
def region_page(request: HttpRequest, slug: str) -> HttpResponse:
    terms = vocabulary(request.data_version)
    term = find_term(slug, terms.regions)
    countries = [one for one in terms.countries if one.region_id == term.pk]
    return render_topic(request, "region", term, countries)


@require_safe
def country_page(request: HttpRequest, slug: str) -> HttpResponse:
    terms = vocabulary(request.data_version)
    return render_topic(request, "country", find_term(slug, terms.countries))


@require_safe
def theme_page(request: HttpRequest, slug: str) -> HttpResponse:
    terms = vocabulary(request.data_version)
    return render_topic(request, "theme", find_term(slug, terms.themes))


def find_term(slug: str, terms: Iterable[Region | Country | Theme]):
    term = next((term for term in terms if term.slug == slug), None)
    if term is None:
        raise Http404
    return term


def render_topic(
    request: HttpRequest,
    parameter: str,
    term: Region | Country | Theme,
    countries: Iterable[Country] = (),
) -> HttpResponse:
    query = QueryDict(f"{parameter}={term.slug}")
    filterset = statement_filterset_for(query, request)
    facts = fact_filterset_for(query, request)
    events = filtered_events(facts).select_related("statement")
    figures = filtered_figures(facts).select_related("statement")
    kinds = count_kinds_by_value(filterset, "country") if countries else {}
    groups = count_topic_groups(filterset.qs)
    context = {
        "term": term,
        "query": query.urlencode(),
        "groups": groups,
        "count": sum(group["count"] for group in groups),
        "events": events,
        "figures": figures,
        "countries": [count_term(country, kinds) for country in countries],
        "shown": STATEMENTS_SHOWN,
    }
    return render(request, f"explorer/{parameter}.html", context)


def count_topic_groups(statements: StatementQuerySet) -> list[dict]:
    """Each group that has any, its first statements and how many it has in all."""
    first = first_of_each_kind(statements)
    counts = Counter(
        dict(statements.order_by().values_list("kind").annotate(Count("pk")))
    )
    return [
        {
            "name": group.name,
            "query": group.query,
            "count": sum(counts[kind.value] for kind in group.kinds),
            "statements": [s for s in first if s.kind in group.kinds][
                :STATEMENTS_SHOWN
            ],
        }
        for group in TOPIC_GROUPS
        if any(counts[kind.value] for kind in group.kinds)
    ]


def first_of_each_kind(statements: StatementQuerySet) -> StatementQuerySet:
    """The first of each kind, with what their rows show."""
    within = Statement.objects.published().of_kinds(Kind.POINT, Kind.NOTE)
    number = Window(RowNumber(), partition_by=F("kind"), order_by=F("sort_key").asc())
    return (
        statements.annotate(number_in_kind=number)
        .filter(number_in_kind__lte=STATEMENTS_SHOWN)
        .prefetch_related(
            "paragraphs",
            Prefetch("children", within.in_outline_order(), to_attr="points"),
        )
        .in_outline_order()
    )


def count_kinds_by_value(
    filterset: StatementFilter, parameter: str
) -> dict[str, Counter]:
    tags: TagsFilter = filterset.filters[parameter]
    return tags.kinds_by_value(filterset.qs)


def count_term(term: Region | Country | Theme, kinds: dict[str, Counter]) -> dict:
    """A term with how many statements stand under it, in all and by group."""
    found = kinds.get(term.slug, Counter())
    groups = [(g.name, sum(found[k.value] for k in g.kinds)) for g in TOPIC_GROUPS]
    return {"term": term, "count": found.total(), "groups": groups}
