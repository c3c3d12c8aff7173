"""The figures of the documents: bars only where values can be compared."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from typing import TypedDict

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from explorer.exports.facts import filtered_figures
from explorer.query import fact_filterset
from statements.models import Figure, Statement
from statements.requests import PortalRequest

#: Two numbers are read sooner than two bars.
FEWEST_BARS = 3


class FigureChart(TypedDict):
    """Figures that are drawn as bars; the longest bar is of the value `most`."""

    statement: Statement
    unit: str
    figures: list[Figure]
    most: Decimal


@require_safe
def figures_page(request: PortalRequest) -> HttpResponse:
    filterset = fact_filterset(request)
    figures = filtered_figures(filterset).select_related("statement")
    charts = figure_charts(figures)
    drawn_pks = {figure.pk for chart in charts for figure in chart["figures"]}
    context = {
        "filter": filterset,
        "figures": figures,
        "charts": charts,
        "others": [figure for figure in figures if figure.pk not in drawn_pks],
    }
    return render(request, "explorer/charts/figures.html", context)


def figure_charts(figures: Iterable[Figure]) -> list[FigureChart]:
    """Charts of counts of the same thing that one statement gives side by side."""
    exact = (
        figure for figure in figures if not figure.qualifier and figure.unit != "%"
    )
    groups = [list(group) for _subject, group in groupby(exact, key=counted_subject)]
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
