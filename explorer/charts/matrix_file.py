"""The matrix as a file: a line a pair, with the numbers that its page shows."""

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from explorer.charts.matrix import (
    count_by_region_and_theme,
    filtered_matrix,
    statements_of_matrix,
)
from explorer.exports.views import attach_file, csv_response
from explorer.query import output_view, statement_filterset
from statements.filters.filterset import StatementFilter
from statements.requests import PortalRequest

MATRIX_FILE_COLUMNS = (
    *("region", "region_ko", "region_en", "theme", "theme_ko", "theme_en"),
    "statements",
)


@output_view(statement_filterset)
def matrix_csv(request: PortalRequest, filterset: StatementFilter) -> HttpResponseBase:
    counts = count_by_region_and_theme(statements_of_matrix(request))
    _regions, rows = filtered_matrix(request, filterset, counts)
    lines = (
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
    answer = csv_response(lines, MATRIX_FILE_COLUMNS)
    return attach_file(answer, _("statements by theme and region"), "csv", "matrix")
