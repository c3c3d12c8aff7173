"""The matrix as a file: a line a pair, with the numbers that its page shows."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from explorer.charts.matrix import (
    count_by_region_and_theme,
    matrix_context,
    statements_of_matrix,
)
from explorer.exports.views import attach_file, csv_response
from explorer.query import output_view
from statements.filters.filterset import StatementFilter

MATRIX_COLUMNS = (
    *("region", "region_ko", "region_en", "theme", "theme_ko", "theme_en"),
    "statements",
)


@output_view()
def matrix_csv(request: HttpRequest, filterset: StatementFilter) -> HttpResponse:
    counts = count_by_region_and_theme(statements_of_matrix(request))
    rows = matrix_context(request, filterset, counts)["rows"]
    cells = (
        {
            "region": cell.region.slug,
            "region_ko": cell.region.name_ko,
            "region_en": cell.region.name_en,
            "theme": cell.theme.slug,
            "theme_ko": cell.theme.name_ko,
            "theme_en": cell.theme.name_en,
            "statements": cell.count,
        }
        for row in rows
        for cell in row.cells
    )
    return attach_file(
        csv_response(cells, MATRIX_COLUMNS),
        _("statements by theme and region"),
        "csv",
        "matrix",
    )
