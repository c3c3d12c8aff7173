"""The matrix of themes and regions: counts of statements, and a table of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from django.db.models import Count, Exists, F, OuterRef
from django.http import QueryDict

from explorer.query import given_values, offered_statements
from statements.filters.choices import vocabulary
from statements.filters.filterset import StatementFilter
from statements.models import Region, Statement, StatementQuerySet, Theme
from statements.requests import PortalRequest

#: The parameters that a cell sets anew, and those of another view or page.
CELL_PARAMETERS, PAGE_PARAMETERS = ("region", "theme"), ("page", "view")
#: The least count of each level after the first.
LEVEL_STARTS = (2, 4, 6)

Tag = TypeVar("Tag", Region, Theme)


@dataclass(frozen=True)
class MatrixCell:
    region: Region
    theme: Theme
    count: int
    query: str

    @property
    def level(self) -> int:
        """Its shade, 1 to 4: up to one, two or three, four or five, six and more."""
        return 1 + sum(self.count >= least for least in LEVEL_STARTS)


class MatrixRow(NamedTuple):
    theme: Theme
    cells: list[MatrixCell]


class MatrixColumn(NamedTuple):
    """A region with the themes that it has statements of, for narrow screens."""

    region: Region
    cells: list[MatrixCell]


def count_by_region(
    statements: StatementQuerySet, field: str, *further: str
) -> dict[tuple[Any, ...], int]:
    """Counts the statements of each region by the values of fields of theirs, without
    those that have no value of the first.

    A region includes its countries, as in the filter; a statement counts once a region.
    """
    values = {f"value{n}": F(name) for n, name in enumerate((field, *further))}
    chosen = Statement.objects.filter(pk__in=statements.order_by().values("pk"))
    chosen = chosen.annotate(**values).order_by()
    tagged = chosen.annotate(place=F("regions__slug"))
    by_country = chosen.annotate(place=F("countries__region__slug"))
    through = Statement.regions.through.objects
    has_tag = through.filter(statement=OuterRef("pk"), region__slug=OuterRef("place"))
    of_tags, of_countries = (
        placed.filter(place__isnull=False, value0__isnull=False)
        .values_list("place", *values)
        .annotate(n=Count("pk", distinct=True))
        for placed in (tagged, by_country.exclude(Exists(has_tag)))
    )
    counts: Counter[tuple[Any, ...]] = Counter()
    for *told, n in of_tags.union(of_countries, all=True):
        counts[tuple(told)] += n
    return dict(counts)


def count_by_region_and_theme(
    statements: StatementQuerySet,
) -> dict[tuple[str, str], int]:
    return count_by_region(statements, "themes__slug")


def matrix_rows(
    counts: Mapping[tuple[str, str], int],
    regions: Sequence[Region],
    themes: Sequence[Theme],
    query: QueryDict,
) -> list[MatrixRow]:
    """A row a theme, a cell a region; each cell leads to the statements it counts."""
    return [
        MatrixRow(
            theme,
            [
                MatrixCell(
                    region,
                    theme,
                    counts.get((region.slug, theme.slug), 0),
                    cell_query(query, region, theme),
                )
                for region in regions
            ],
        )
        for theme in themes
    ]


def cell_query(query: QueryDict, region: Region, theme: Theme) -> str:
    """The query for one cell: values of one parameter are alternatives, so the cell's
    region and theme stand in place of those that the query has.
    """
    narrowed = query.copy()
    for name in PAGE_PARAMETERS:
        narrowed.pop(name, None)
    narrowed["region"], narrowed["theme"] = region.slug, theme.slug
    return f"?{narrowed.urlencode()}"


def matrix_columns(
    rows: Iterable[MatrixRow], regions: Sequence[Region]
) -> list[MatrixColumn]:
    """The same cells region by region, the empty ones left out."""
    cells = [cell for row in rows for cell in row.cells if cell.count]
    return [
        MatrixColumn(region, [cell for cell in cells if cell.region == region])
        for region in regions
    ]


def statements_of_matrix(request: PortalRequest) -> StatementQuerySet:
    """The statements that the query finds without its regions and themes."""
    widened = request.GET.copy()
    for name in (*CELL_PARAMETERS, *PAGE_PARAMETERS):
        widened.pop(name, None)
    offered = offered_statements(request)
    statements: StatementQuerySet
    statements = StatementFilter(widened, offered, request=request).qs
    return statements


def filtered_matrix(
    request: PortalRequest,
    filterset: StatementFilter,
    counts: Mapping[tuple[str, str], int],
) -> tuple[list[Region], list[MatrixRow]]:
    """The regions and rows of the matrix: all of them, or those that the query names.

    `counts` are of the statements that `statements_of_matrix` gives.
    """
    terms = vocabulary(request.data_version)
    regions = chosen_tags(terms.regions, given_values(filterset, "region"))
    themes = chosen_tags(terms.themes, given_values(filterset, "theme"))
    return regions, matrix_rows(counts, regions, themes, request.GET)


def matrix_context(
    request: PortalRequest,
    filterset: StatementFilter,
    counts: Mapping[tuple[str, str], int],
) -> dict[str, object]:
    """The context of templates/explorer/charts/_matrix.html, of a `filtered_matrix`."""
    regions, rows = filtered_matrix(request, filterset, counts)
    return {
        "regions": regions,
        "rows": rows,
        "columns": matrix_columns(rows, regions),
    }


def chosen_tags(tags: Iterable[Tag], slugs: Collection[str]) -> list[Tag]:
    """The tags with these slugs; all of them where no slug is chosen."""
    return [tag for tag in tags if not slugs or tag.slug in slugs]
