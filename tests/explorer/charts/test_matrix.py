"""Theme by region: every number is the size of what it leads to."""

import csv
import io
import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from explorer.charts.matrix import (
    MatrixCell,
    count_by_region,
    count_by_region_and_theme,
    matrix_columns,
    matrix_context,
    matrix_rows,
    statements_of_matrix,
)
from explorer.charts.regions import region_charts
from explorer.query import statement_filterset
from statements.filters.asked import GoalsFilter
from statements.filters.choices import vocabulary
from statements.filters.filterset import StatementFilter
from statements.models import (
    COUNTED_KINDS,
    Country,
    Kind,
    Link,
    PartNature,
    Region,
    Statement,
    Theme,
)
from tests.support import factories
from tests.support.reading_outputs import content, html_codes

pytestmark = pytest.mark.django_db
LANGUAGES = ("ko", "en")


@pytest.fixture
def asking(rf):
    """A request of the explorer by its query string."""

    def ask(query: str = ""):
        request = rf.get(f"/en/statements/?{query}")
        request.data_version = None
        return request

    return ask


def asked_for(request) -> dict:
    counts = count_by_region_and_theme(statements_of_matrix(request))
    return matrix_context(request, statement_filterset(request), counts)


def found_by(asking, name: str, slug: str, statements) -> set[int]:
    """What the one filter finds for one value of one parameter."""
    request = asking(f"{name}={slug}")
    chosen = StatementFilter(request.GET, statements, request=request)
    assert chosen.is_valid()
    return set(chosen.qs.values_list("pk", flat=True))


@pytest.mark.parametrize("narrowing", ["", "all kinds", "goal 3"])
def test_every_count_is_the_size_of_what_the_filter_finds(asking, narrowing):
    statements = Statement.objects.published()
    if narrowing != "all kinds":
        statements = statements.of_kinds(*COUNTED_KINDS)
    if narrowing == "goal 3":
        statements = GoalsFilter().filter(statements, ["3"])
    with CaptureQueriesContext(connection) as captured:
        counts = count_by_region_and_theme(statements)
    assert len(captured) == 1
    by_theme = {
        theme.slug: found_by(asking, "theme", theme.slug, statements)
        for theme in Theme.objects.all()
    }
    for region in Region.objects.all():
        in_region = found_by(asking, "region", region.slug, statements)
        for slug, of_theme in by_theme.items():
            expected = len(in_region & of_theme)
            assert counts.get((region.slug, slug), 0) == expected, (region.slug, slug)


def test_a_region_includes_its_countries_and_counts_a_statement_once():
    cuba, haiti = Country.objects.filter(slug__in=("cuba", "haiti"))
    africa, latin = (Region.objects.get(slug=s) for s in ("africa", "latin-america"))
    theme = Theme.objects.get(slug="diplomatic-capacity")
    heading = factories.report_heading_with(1)
    by_country, both_ways = factories.statements(
        Kind.ACHIEVEMENT,
        [heading] * 2,
        regions=[africa],
        countries=[cuba, haiti],
        themes=[theme],
    )
    factories.tag([both_ways], "regions", [latin])
    of_these = Statement.objects.filter(pk__in=(by_country.pk, both_ways.pk))
    assert count_by_region_and_theme(of_these) == {
        ("latin-america", "diplomatic-capacity"): 2,
        ("africa", "diplomatic-capacity"): 2,
    }


@pytest.mark.parametrize(
    ("count", "level"),
    [(0, 1), (1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (6, 4), (99, 4)],
)
def test_counts_fall_into_four_classes(count, level):
    assert MatrixCell(Region(), Theme(), count, "").level == level


def test_a_cell_keeps_what_is_asked_for_and_takes_the_place_of_its_own_two():
    query = QueryDict("q=APEC&region=africa&region=europe&theme=cyber-ai&page=3&goal=3")
    [row] = matrix_rows(
        {}, [Region(slug="middle-east")], [Theme(slug="multilateral-un")], query
    )
    narrowed = QueryDict(row.cells[0].query.removeprefix("?"))
    assert narrowed == QueryDict(
        "q=APEC&region=middle-east&theme=multilateral-un&goal=3"
    )


@pytest.mark.parametrize("query", ["", "goal=2", "q=APEC", "region=africa&year=2025"])
def test_cells_lead_to_as_many_statements_as_they_print(client, asking, query):
    request = asking(query)
    rows = asked_for(request)["rows"]
    cells = [cell for row in rows for cell in row.cells if cell.count]
    assert cells
    for cell in cells[:3]:
        asked = dict(QueryDict(cell.query.removeprefix("?")).lists())
        assert len(html_codes(client, asked)) == cell.count


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_prints_every_pair_and_the_list_every_pair_that_has_any(
    asking, language
):
    request = asking()
    with override(language):
        context = asked_for(request)
        text = render_to_string("explorer/charts/_matrix.html", context)
    cells = [cell for row in context["rows"] for cell in row.cells]
    filled = [cell for cell in cells if cell.count]
    none = {"ko": "없음", "en": "none"}[language]
    assert "<caption>" in text
    assert text.count('<th scope="col"') == 1 + Region.objects.count()
    assert text.count('<th scope="row"') == Theme.objects.count()
    assert text.count("<td") == len(cells) == 14 * 19
    assert text.count(f'<span class="vh">{none}</span>') == len(cells) - len(filled)
    links = re.findall(r"statements/(\?region=[^\"]+)\"", text)
    assert sorted(links) == sorted(
        2 * [cell.query.replace("&", "&amp;") for cell in filled]
    )


def test_the_list_for_narrow_screens_has_the_same_cells_region_by_region(asking):
    request = asking()
    context = asked_for(request)
    filled = {cell for row in context["rows"] for cell in row.cells if cell.count}
    columns = matrix_columns(context["rows"], context["regions"])
    assert [column.region for column in columns] == context["regions"]
    assert {cell for column in columns for cell in column.cells} == filled


def rows_of_file(client, query: str) -> dict[tuple[str, str], int]:
    body = content(client.get(f"/ko/matrix.csv?{query}"))
    assert body.startswith(b"\xef\xbb\xbf")
    rows = csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""))
    return {(row["region"], row["theme"]): int(row["statements"]) for row in rows}


@pytest.mark.parametrize("query", ["", "kind=task", "region=africa&region=europe"])
def test_the_file_has_the_cells_of_the_table(client, asking, query):
    request = asking(query)
    rows = asked_for(request)["rows"]
    shown = {(c.region.slug, c.theme.slug): c.count for row in rows for c in row.cells}
    assert rows_of_file(client, query) == shown
    if "region" in query:
        assert {region for region, _theme in shown} == {"africa", "europe"}


def test_a_wrong_filter_is_told_and_gives_no_file(client):
    answer = client.get("/en/matrix.csv?region=atlantis")
    assert answer.status_code == 400
    assert b"region: " in answer.content


def test_each_tile_has_a_mark_for_each_statement_that_its_link_leads_to(asking):
    counted = Statement.objects.published().of_kinds(*COUNTED_KINDS)
    tiles = region_charts(Statement.objects.published(), vocabulary(None))
    natures = count_by_region(counted, "nature")
    for tile in tiles:
        found = found_by(asking, "region", tile.region.slug, counted)
        assert tile.count == len(found)
        assert [mark.kind for mark in tile.marks].count(Kind.TASK) == natures.get(
            (tile.region.slug, PartNature.TASKS), 0
        )


def lines_of(client, name: str) -> list[dict[str, str]]:
    body = content(client.get(f"/en/{name}.csv")).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body, newline="")))


def test_the_boards_file_counts_what_each_region_leads_to(client, asking):
    counted = Statement.objects.published().of_kinds(*COUNTED_KINDS)
    lines = lines_of(client, "regions")
    assert [line["region"] for line in lines] == [r.slug for r in Region.objects.all()]
    for line in lines:
        found = found_by(asking, "region", line["region"], counted)
        assert int(line["statements"]) == len(found)
        assert int(line["task"]) == len(
            found_by(
                asking,
                "region",
                line["region"],
                counted.filter(nature=PartNature.TASKS),
            )
        )


def test_the_goals_file_counts_what_stands_under_each(client):
    for line in lines_of(client, "goals"):
        under = Statement.objects.published().filter(root__code=line["code"])
        assert int(line["details"]) == under.of_kinds(Kind.DETAIL).count()
        assert int(line["key_contents"]) == under.of_kinds(Kind.KEY_CONTENT).count()
        links = Link.objects.public().filter(later__in=under)
        assert int(line["links"]) == links.count()
