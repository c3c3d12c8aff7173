"""The home page: what Korea wants, did and will do, and the ways into it."""

from django.http import HttpResponse
from django.shortcuts import render

from explorer.exports.data_page import changes_since_load
from explorer.results.kept_index import facet_index
from portal.home.goal_panels import goal_panels
from portal.home.named_facts import newest_reported, telling_figures
from portal.home.tag_counts import counted_tags, documents_with_counts, gap_table
from statements.filters.choices import vocabulary
from statements.models import Country, Document, Event, Nature
from statements.pages.lazy_values import lazy_values
from statements.requests import PortalRequest

#: How many countries, changes and documents the page lists.
COUNTRIES_LISTED, CHANGES_LISTED, DOCUMENTS_LISTED = 12, 5, 10


def home(request: PortalRequest) -> HttpResponse:
    def countries() -> list[tuple[Country, int]]:
        return counted_tags(facet_index(request), terms.countries)[:COUNTRIES_LISTED]

    def documents() -> list[tuple[Document, int]]:
        newest = terms.documents[:DOCUMENTS_LISTED]
        return documents_with_counts(facet_index(request), newest)

    terms = vocabulary(request.data_version)
    passed = Event.objects.passed(Nature.PLANNED).first_mentions()
    context = lazy_values(
        panels=lambda: goal_panels(facet_index(request), terms),
        goals_documents=lambda: terms.goals_documents,
        events=newest_reported,
        figures=telling_figures,
        passed=passed.count,
        gaps=lambda: gap_table(facet_index(request), terms),
        regions=lambda: counted_tags(facet_index(request), terms.regions),
        countries=countries,
        documents=documents,
        n_documents=lambda: len(terms.documents),
        changes=lambda: changes_since_load(CHANGES_LISTED),
    )
    return render(request, "portal/home.html", context)
