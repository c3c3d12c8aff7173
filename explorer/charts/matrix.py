"""How many statements each theme has in each region: numbers, and a table of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef
from django.http import HttpRequest, QueryDict

from explorer.query import offered
from statements.filters.choices import vocabulary
from statements.filters.filterset import StatementFilter
from statements.models import Region, Statement, StatementQuerySet, Theme

#: What a cell sets anew, and what belongs to another view or page.
OWN, LEFT_OUT = ("region", "theme"), ("page", "view")
#: The least count of each class after the first.
CLASSES = (2, 4, 6)


class MatrixCell(NamedTuple):
    region: Region
    theme: Theme
    count: int
    query: str

    @property
    def level(self) -> int:
        """1 to 4: up to one, two or three, four or five, six and more."""
        return 1 + sum(self.count >= least for least in CLASSES)


class MatrixRow(NamedTuple):
    theme: Theme
    cells: list[MatrixCell]


class MatrixColumn(NamedTuple):
    """A region with the themes that it has statements of, for narrow screens."""

    region: Region
    cells: list[MatrixCell]


def by_region(statements: StatementQuerySet, field: str) -> dict[tuple[str, str], int]:
    """How many of the statements each region has, by the values of a field of theirs.

    A region includes its countries, as in the filter; a statement counts once a region.
    """
    chosen = Statement.objects.filter(pk__in=statements.order_by().values("pk"))
    chosen = chosen.annotate(value=F(field)).order_by()
    own = chosen.annotate(place=F("regions__slug"))
    of_countries = chosen.annotate(place=F("countries__region__slug"))
    through = Statement.regions.through.objects
    already = through.filter(statement=OuterRef("pk"), region__slug=OuterRef("place"))
    own, more = (
        some.filter(place__isnull=False, value__isnull=False)
        .values_list("place", "value")
        .annotate(n=Count("pk", distinct=True))
        for some in (own, of_countries.exclude(Exists(already)))
    )
    counts: Counter[tuple[str, str]] = Counter()
    for place, value, n in own.union(more, all=True):
        counts[place, value] += n
    return dict(counts)


def pair_counts(statements: StatementQuerySet) -> dict[tuple[str, str], int]:
    """How many of the statements have both, by region and theme."""
    return by_region(statements, "themes__slug")


def matrix(
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
                    narrowed(query, region, theme),
                )
                for region in regions
            ],
        )
        for theme in themes
    ]


def narrowed(query: QueryDict, region: Region, theme: Theme) -> str:
    """The query for one cell: values of one parameter are alternatives, so the cell's
    region and theme stand in place of those asked for.
    """
    narrow = query.copy()
    for name in LEFT_OUT:
        narrow.pop(name, None)
    narrow["region"], narrow["theme"] = region.slug, theme.slug
    return f"?{narrow.urlencode()}"


def turned(rows: Iterable[MatrixRow], regions: Sequence[Region]) -> list[MatrixColumn]:
    """The same cells region by region, the empty ones left out."""
    cells = [cell for row in rows for cell in row.cells if cell.count]
    return [
        MatrixColumn(region, [cell for cell in cells if cell.region == region])
        for region in regions
    ]


def selection_beside(request: HttpRequest) -> StatementQuerySet:
    """What all that is asked for but region and theme finds."""
    wide = request.GET.copy()
    for name in (*OWN, *LEFT_OUT):
        wide.pop(name, None)
    return StatementFilter(wide, offered(request), request=request).qs


def matrix_asked_for(
    request: HttpRequest,
    filterset: StatementFilter,
    counts: Mapping[tuple[str, str], int],
) -> dict:
    """What templates/explorer/charts/_matrix.html shows of a selection.

    Regions and themes that are asked for become the rows and columns; `counts` are of
    the statements that all else that is asked for finds.
    """
    terms = vocabulary(request.data_version)
    chosen = filterset.given if filterset.is_valid() else {}
    regions = chosen_of(terms.regions, chosen.get("region"))
    themes = chosen_of(terms.themes, chosen.get("theme"))
    rows = matrix(counts, regions, themes, request.GET)
    return {"regions": regions, "rows": rows, "columns": turned(rows, regions)}


def chosen_of(terms: list, slugs: list[str] | None) -> list:
    return [term for term in terms if not slugs or term.slug in slugs]
