from copy import copy

from django.core.paginator import Paginator
from django.db import DatabaseError, connection
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import (
    get_language,
    get_language_from_request,
    override,
)

from explorer.charts.matrix import matrix_asked_for, pair_counts, selection_beside
from explorer.charts.regions import board
from explorer.charts.timeline import by_year
from explorer.continuity.queries import tally
from explorer.exports.data_page import changes_since_the_load
from explorer.query import selection
from goals.models import Goal
from portal.easy import easy_read
from portal.version import VERSION
from statements.filters.choices import vocabulary
from statements.filters.filterset import StatementFilter
from statements.models import (
    BROWSED_KINDS,
    Document,
    Event,
    Figure,
    Kind,
    Link,
    LinkState,
    PublicationState,
    Statement,
    Theme,
)
from statements.models.facts import Nature

#: How many themes, and how many changes, the home page lists.
THEMES, CHANGES = 8, 5


def root(request: HttpRequest) -> HttpResponse:
    """To the language last read in, else to the one that the browser asks for."""
    with override(get_language_from_request(request)):
        response = redirect(reverse("home"))
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


def home(request: HttpRequest) -> HttpResponse:
    published = Statement.objects.published()
    terms = vocabulary(request.data_version)
    context = {
        "goals": Goal.objects.whole(),
        "statement_count": published.count(),
        "tiles": board(published, terms.regions),
        "themes": themes_by_count()[:THEMES],
        "years": by_year(Event.objects.filter(statement__in=published)),
        "tally": tally(),
        "documents": terms.documents,
        "changes": changes_since_the_load()[:CHANGES],
    }
    return render(request, "portal/home.html", context)


def themes_by_count() -> QuerySet[Theme]:
    browsed = Q(
        statements__state=PublicationState.PUBLISHED,
        statements__kind__in=BROWSED_KINDS,
    )
    counted = Theme.objects.annotate(
        statement_count=Count("statements", filter=browsed)
    )
    return counted.order_by("-statement_count", "position")


def easy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/easy.html", easy_read(get_language()))


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with real data; routed while developing only."""
    listed = Statement.objects.published().for_listing()
    of_kinds = [listed.of_kinds(kind).first() for kind in Kind if kind != Kind.GOAL]
    wrong = request.GET.copy() | {"region": "atlantis"}
    asked = request.GET.copy() | {"region": "africa", "theme": "consular-protection"}
    draft = Link.objects.public().select_related("earlier").first()
    terms = vocabulary(request.data_version)
    untranslated, confirmed = copy(of_kinds[0]), copy(draft)
    untranslated.title_en = untranslated.text_en = ""
    confirmed.state = LinkState.CONFIRMED
    context = {
        "goals": Goal.objects.whole(),
        "statements": of_kinds,
        "untranslated": untranslated,
        "links": [draft, confirmed],
        "tiles": board(Statement.objects.published(), terms.regions),
        "matrix": matrix_asked_for(
            request, selection(request), pair_counts(selection_beside(request))
        ),
        "themes": themes_by_count(),
        "document": Document.objects.first(),
        "events": [Event.objects.filter(nature=nature).first() for nature in Nature],
        "figures": Figure.objects.all()[:1],
        "invalid": StatementFilter(wrong, listed, request=request),
        "filter": StatementFilter(asked, listed, request=request),
        "page_obj": Paginator(range(60), 20).page(2),
    }
    return render(request, "portal/styleguide.html", context)


def robots(request: HttpRequest) -> HttpResponse:
    context = {"sitemap": request.build_absolute_uri(reverse("sitemap"))}
    return render(request, "robots.txt", context, content_type="text/plain")


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers, and says its version."""
    return HttpResponse(f"ok {VERSION}\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """The process answers, and so does its database; 503 where it does not."""
    try:
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
