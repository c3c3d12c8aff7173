"""The home page: what Korea wants, did and will do, and the ways into it."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from explorer.exports.data_page import changes_since_load
from explorer.query import statement_filterset_for
from portal.home.goal_panels import goal_panels
from portal.home.named_facts import newest_reported, telling_figures
from portal.home.tag_counts import counted_tags, documents_with_counts, gap_table
from statements.filters.choices import vocabulary
from statements.models import Event, Nature
from statements.requests import PortalRequest

#: How many countries, and how many changes, the page lists.
COUNTRIES_LISTED, CHANGES_LISTED = 12, 5


def home(request: PortalRequest) -> HttpResponse:
    terms = vocabulary(request.data_version)
    counted = statement_filterset_for(QueryDict(), request)
    countries = counted_tags(counted, "country", terms.countries)
    context = {
        "panels": goal_panels(counted, terms),
        "goals_documents": terms.goals_documents,
        "events": newest_reported(),
        "figures": telling_figures(),
        "passed": Event.objects.passed(Nature.PLANNED).first_mentions().count(),
        "gaps": gap_table(counted, terms),
        "regions": counted_tags(counted, "region", terms.regions),
        "countries": countries[:COUNTRIES_LISTED],
        "documents": documents_with_counts(counted.qs, terms.documents),
        "changes": changes_since_load(CHANGES_LISTED),
    }
    return render(request, "portal/home.html", context)
