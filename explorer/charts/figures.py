"""The figures of the documents: bars only where values can be compared."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from explorer.exports.facts import figures_of
from explorer.query import selection_for_facts
from statements.models import Figure

#: Two numbers are read sooner than two bars.
FEWEST_BARS = 3


@require_safe
def figures_page(request: HttpRequest) -> HttpResponse:
    filterset = selection_for_facts(request)
    figures = figures_of(filterset).select_related("statement")
    charts = charts_of(figures)
    drawn = {figure.pk for chart in charts for figure in chart["figures"]}
    context = {
        "filter": filterset,
        "figures": figures,
        "charts": charts,
        "others": [figure for figure in figures if figure.pk not in drawn],
    }
    return render(request, "explorer/charts/figures.html", context)


def charts_of(figures: Iterable[Figure]) -> list[dict]:
    """Counts of the same thing that one statement gives side by side."""
    plain = (f for f in figures if not f.qualifier and f.unit != "%")
    groups = [list(group) for _key, group in groupby(plain, key=what_is_counted)]
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


def what_is_counted(figure: Figure) -> tuple[int, str, str]:
    return figure.statement_id, figure.unit, figure.nature
