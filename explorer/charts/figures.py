"""The figures of the documents, as text: a bar would look like progress."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from explorer.exports.facts import filtered_figures
from explorer.query import fact_filterset
from statements.pages.page_numbers import numbered
from statements.requests import PortalRequest

#: More stand on further pages.
FIGURES_PER_PAGE = 150


@require_safe
def figures_page(request: PortalRequest) -> HttpResponse:
    filterset = fact_filterset(request)
    figures = filtered_figures(filterset).select_related("statement")
    numbers = numbered(lambda: figures, FIGURES_PER_PAGE, request.GET.get("page"))
    context = {"filter": filterset, "figures": figures} | numbers
    return render(request, "explorer/charts/figures.html", context)
