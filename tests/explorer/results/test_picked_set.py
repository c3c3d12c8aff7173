"""A set of statements that somebody picked by their numbers."""

import pytest

from tests.support.crawling import Page
from tests.support.reading_outputs import api_rows

pytestmark = pytest.mark.django_db
PICKED = "code=2025.T3,(g1.c1)&code=Ｇ２"
IN_ORDER = ["G1.C1", "G2", "2025.T3"]


def test_a_picked_set_is_found_in_order_titles_too(client):
    answer = client.get(f"/en/statements/?{PICKED}")
    assert [row.code for row in answer.context["statements"]] == IN_ORDER
    assert [chip["value"] for chip in answer.context["active"]] == IN_ORDER
    assert answer.context["active"][0]["without"] == "?code=G2&code=2025.T3"
    assert answer.context["active"][0]["count"] == 2


def test_every_output_has_the_picked_set(client):
    query = {"code": ["2025.T3,(g1.c1)", "Ｇ２"]}
    assert [row["code"] for row in api_rows(client, query)] == IN_ORDER
    for ending in ("csv", "json", "atom"):
        answer = client.get(f"/en/statements.{ending}?{PICKED}")
        text = answer.getvalue().decode()
        assert all(code in text for code in IN_ORDER), ending
        assert "G1.C2" not in text, ending
    assert client.get(f"/en/statements/embed/?{PICKED}").status_code == 200


def test_a_picked_set_is_cited_with_all_numbers_and_its_address(client):
    citation = client.get(f"/en/statements/?{PICKED}").context["citation"]
    assert "G1.C1, G2, 2025.T3" in citation
    assert "/en/statements/?code=G1.C1&code=G2&code=2025.T3" in citation
    narrowed = client.get(f"/en/statements/?{PICKED}&kind=goal")
    assert narrowed.context["count"] == 1
    assert narrowed.context["citation"] == ""


@pytest.mark.parametrize("code", ["G99", "nonsense", "2025.T3,G99"])
def test_an_unknown_number_is_a_filter_that_could_not_be_applied(client, code):
    page = Page(client.get("/en/statements/", {"code": code}).content.decode())
    wrong = code.rpartition(",")[2]
    assert f"There is no statement with the number “{wrong}”." in page.text
    answer = client.get("/api/v1/statements/", {"code": code})
    assert answer.status_code == 404
    assert [error["parameter"] for error in answer.json()["errors"]] == ["code"]


def test_each_result_has_its_outline_and_each_document_its_strip(client):
    answer = client.get(f"/en/statements/?{PICKED}")
    paths = [[s.code for s in row.path] for row in answer.context["statements"]]
    assert paths == [["G1"], [], ["2025.T"]]
    strips = {s.document.slug: s for s in answer.context["strips"]}
    assert strips["goals"].count == strips["goals"].hits.count("M") == 2
    assert strips["report-2025"].count == 1
