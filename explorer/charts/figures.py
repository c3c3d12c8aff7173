"""The figures of the documents: bars only where values can be compared."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from explorer.exports.facts import filtered_figures
from explorer.query import fact_filterset
from statements.models import Figure

#: Two numbers are read sooner than two bars.
FEWEST_BARS = 3


@require_safe
def figures_page(request: HttpRequest) -> HttpResponse:
    filterset = fact_filterset(request)
    figures = filtered_figures(filterset).select_related("statement")
    charts = figure_charts(figures)
    drawn = {figure.pk for chart in charts for figure in chart["figures"]}
    context = {
        "filter": filterset,
        "figures": figures,
        "charts": charts,
        "others": [figure for figure in figures if figure.pk not in drawn],
    }
    return render(request, "explorer/figures.html", context)


def figure_charts(figures: Iterable[Figure]) -> list[dict]:
    """Counts of the same thing that one statement gives side by side."""
    plain = (f for f in figures if not f.qualifier and f.unit != "%")
    groups = [list(group) for _key, group in groupby(plain, key=counted_subject)]
    return [
        {
            "statement": group[0].statement,
            "unit": group[0].unit,
            "figures": group,
            "most": max(figure.value for figure in group),
        }
        for group in groups
        if len(group) >= FEWEST_BARS
    ]


def counted_subject(figure: Figure) -> tuple[int, str, str]:
    return figure.statement_id, figure.unit, figure.nature
