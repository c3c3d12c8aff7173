"""How many queries a page takes: few, and no more for 300 statements than for 3."""

import pytest

from statements.models import Kind, Statement
from tests.support import factories
from tests.support.counting_queries import queries

pytestmark = [pytest.mark.django_db, pytest.mark.unmeasured]
MOST = 8


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_goal_page_takes_as_many_queries_for_300_statements_as_for_3(
    client, language
):
    small = factories.goal_with(3)
    large = factories.goal_with(300)
    few = queries(client, f"/{language}/goals/{small.number}/")
    many = queries(client, f"/{language}/goals/{large.number}/")
    assert few == many <= MOST


LISTS = (
    *("achievements", "tasks", "statements", "goals", "timeline", "figures"),
    *("topics", "regions/korean-peninsula", "countries/north-korea"),
    "themes/alliance-security",
)


def test_points_under_points_take_a_query_however_many_there_are(client):
    taken = []
    for n_items in (3, 300):
        heading = factories.report_heading_with(n_items, Kind.TASK)
        points = Statement.objects.filter(kind=Kind.POINT, parent__parent=heading)
        factories.statements(Kind.POINT, list(points))
        taken.append(queries(client, "/en/tasks/"))
    assert taken[0] == taken[1] <= MOST + 1


def test_no_list_takes_more_queries_as_it_grows(client):
    before = {path: queries(client, f"/en/{path}/") for path in LISTS}
    factories.report_heading_with(300)
    factories.goal_with(30)
    after = {path: queries(client, f"/en/{path}/") for path in LISTS}
    assert before == after
    assert max(after.values()) <= MOST
