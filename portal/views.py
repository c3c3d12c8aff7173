from copy import copy

from django.conf import settings
from django.core.paginator import Paginator
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import (
    get_language,
    get_language_from_request,
    override,
)
from django.views.decorators.http import require_safe

from explorer.charts.matrix import (
    count_by_region_and_theme,
    matrix_context,
    statements_of_matrix,
)
from explorer.query import statement_filterset
from explorer.results.kept_index import facet_index
from goals.models import Goal
from portal.home.goal_panels import goal_panels
from portal.plain_language import plain_summary
from portal.version import VERSION
from statements.filters.choices import vocabulary
from statements.filters.filterset import StatementFilter
from statements.models import (
    DataVersion,
    Document,
    Event,
    Figure,
    Kind,
    Link,
    LinkState,
    Statement,
)
from statements.models.kinds import Nature
from statements.requests import PortalRequest


def root(request: HttpRequest) -> HttpResponse:
    """Leads to the language last read in, else to that of the browser."""
    with override(get_language_from_request(request)):
        response = redirect(reverse("home"))
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def plain_language(request: PortalRequest) -> HttpResponse:
    terms = vocabulary(request.data_version)
    text = plain_summary(get_language())
    documents = {document.slug: document for document in terms.documents}
    written_for = documents.get(text["document"])
    context = {
        **text,
        "document": written_for,
        "report": documents.get(text["report"]),
        "later_goals": terms.later_goals(written_for) if written_for else None,
    }
    return render(request, "portal/plain_language.html", context)


def styleguide(request: PortalRequest) -> HttpResponse:
    """Every component in every state, with real data; routed while developing only."""
    listed = Statement.objects.published().for_listing()
    statements = [
        statement
        for kind in Kind
        if kind != Kind.GOAL
        for statement in listed.of_kinds(kind)[:1]
    ]
    wrong = request.GET.copy() | {"region": "atlantis"}
    narrowed = request.GET.copy() | {"region": "africa", "theme": "consular-protection"}
    draft = Link.objects.public().select_related("earlier")[0]
    terms = vocabulary(request.data_version)
    untranslated, confirmed = copy(statements[0]), copy(draft)
    untranslated.title_en = untranslated.text_en = ""
    confirmed.state = LinkState.CONFIRMED
    context = {
        "goals": Goal.objects.whole(),
        "panels": goal_panels(facet_index(request), terms),
        "statements": statements,
        "untranslated": untranslated,
        "links": [draft, confirmed],
        "matrix": matrix_context(
            request,
            statement_filterset(request),
            count_by_region_and_theme(statements_of_matrix(request)),
        ),
        "document": Document.objects.first(),
        "events": [Event.objects.filter(nature=nature).first() for nature in Nature],
        "figures": Figure.objects.all()[:1],
        "invalid": StatementFilter(wrong, listed, request=request),
        "filter": StatementFilter(narrowed, listed, request=request),
        "page_obj": Paginator(range(60), 20).page(2),
    }
    return render(request, "portal/styleguide.html", context)


def robots(request: HttpRequest) -> HttpResponse:
    context = {"sitemap": settings.SITE_URL + reverse("sitemap")}
    text = render_to_string("robots.txt", context)
    return HttpResponse(text, content_type="text/plain")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers, and says its version."""
    return HttpResponse(f"ok {VERSION}\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The process answers, and so do the tables of its database; 503 where they do
    not.
    """
    try:
        DataVersion.objects.exists()
    except Error:
        return HttpResponse("database\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
