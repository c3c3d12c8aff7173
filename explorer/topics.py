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

from explorer.exports.facts import events_of, figures_of
from explorer.query import selection_for_facts_of, selection_of
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


GROUPS = (
    TopicGroup(_("Achievements"), (Kind.ACHIEVEMENT,)),
    TopicGroup(_("2025 tasks"), (Kind.TASK,)),
    TopicGroup(
        _("Goals document"), (Kind.OBJECTIVE, Kind.KEY_CONTENT, Kind.EXPECTED_EFFECT)
    ),
)


@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    terms = vocabulary(request.data_version)
    everything = selection_of(QueryDict(), request)
    by_region = kinds_by_value(everything, "region")
    by_country = kinds_by_value(everything, "country")
    listed = [
        {
            **counted(region, by_region),
            "countries": [
                counted(country, by_country)
                for country in terms.countries
                if country.region_id == region.pk
            ],
        }
        for region in terms.regions
    ]
    return render(request, "explorer/topics/regions.html", {"regions": listed})


@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    kinds = kinds_by_value(selection_of(QueryDict(), request), "theme")
    terms = vocabulary(request.data_version).themes
    listed = [counted(theme, kinds) for theme in terms]
    return render(request, "explorer/topics/themes.html", {"themes": listed})


@require_safe
def region(request: HttpRequest, slug: str) -> HttpResponse:
    terms = vocabulary(request.data_version)
    term = named(slug, terms.regions)
    countries = [one for one in terms.countries if one.region_id == term.pk]
    return dossier(request, "region", term, countries)


@require_safe
def country(request: HttpRequest, slug: str) -> HttpResponse:
    terms = vocabulary(request.data_version)
    return dossier(request, "country", named(slug, terms.countries))


@require_safe
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    terms = vocabulary(request.data_version)
    return dossier(request, "theme", named(slug, terms.themes))


def named(slug: str, terms: Iterable[Region | Country | Theme]):
    term = next((term for term in terms if term.slug == slug), None)
    if term is None:
        raise Http404
    return term


def dossier(
    request: HttpRequest,
    parameter: str,
    term: Region | Country | Theme,
    countries: Iterable[Country] = (),
) -> HttpResponse:
    query = QueryDict(f"{parameter}={term.slug}")
    filterset = selection_of(query, request)
    facts = selection_for_facts_of(query, request)
    events = events_of(facts).select_related("statement")
    figures = figures_of(facts).select_related("statement")
    kinds = kinds_by_value(filterset, "country") if countries else {}
    groups = groups_of(filterset.qs)
    context = {
        "term": term,
        "query": query.urlencode(),
        "groups": groups,
        "count": sum(group["count"] for group in groups),
        "events": events,
        "figures": figures,
        "countries": [counted(country, kinds) for country in countries],
        "shown": STATEMENTS_SHOWN,
    }
    return render(request, f"explorer/topics/{parameter}.html", context)


def groups_of(statements: StatementQuerySet) -> list[dict]:
    """Each group that has any, its first statements and how many it has in all."""
    first = firsts(statements)
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
        for group in GROUPS
        if any(counts[kind.value] for kind in group.kinds)
    ]


def firsts(statements: StatementQuerySet) -> StatementQuerySet:
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


def kinds_by_value(filterset: StatementFilter, parameter: str) -> dict[str, Counter]:
    tags: TagsFilter = filterset.filters[parameter]
    return tags.kinds_by_value(filterset.qs)


def counted(term: Region | Country | Theme, kinds: dict[str, Counter]) -> dict:
    """A term with how many statements stand under it, in all and by group."""
    found = kinds.get(term.slug, Counter())
    groups = [(g.name, sum(found[k.value] for k in g.kinds)) for g in GROUPS]
    return {"term": term, "count": found.total(), "groups": groups}
