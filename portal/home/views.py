"""The home page: what Korea wants, did and will do, and the ways into it."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from explorer.exports.data_page import changes_since_load
from explorer.query import statement_filterset_for
from portal.home.goal_panels import goal_panels
from portal.home.named_facts import newest_reported, telling_figures
from portal.home.tag_counts import counted_tags, documents_with_counts, gap_table
from statements.filters.choices import vocabulary
from statements.filters.filterset import StatementFilter
from statements.models import Country, Event, Nature
from statements.pages.lazy_values import lazy_values
from statements.requests import PortalRequest

#: How many countries, and how many changes, the page lists.
COUNTRIES_LISTED, CHANGES_LISTED = 12, 5


def home(request: PortalRequest) -> HttpResponse:
    def counted() -> StatementFilter:
        return statement_filterset_for(QueryDict(), request)

    def countries() -> list[tuple[Country, int]]:
        return counted_tags(counted(), "country", terms.countries)[:COUNTRIES_LISTED]

    terms = vocabulary(request.data_version)
    passed = Event.objects.passed(Nature.PLANNED).first_mentions()
    context = lazy_values(
        panels=lambda: goal_panels(counted(), terms),
        goals_documents=lambda: terms.goals_documents,
        events=newest_reported,
        figures=telling_figures,
        passed=passed.count,
        gaps=lambda: gap_table(counted(), terms),
        regions=lambda: counted_tags(counted(), "region", terms.regions),
        countries=countries,
        documents=lambda: documents_with_counts(counted().qs, terms.documents),
        changes=lambda: changes_since_load(CHANGES_LISTED),
    )
    return render(request, "portal/home.html", context)
