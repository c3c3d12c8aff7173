"""The API: the explorer's answers for programs, and their description."""

import jsonschema_rs
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from explorer.exports.columns import STATEMENT_COLUMN_NAMES
from statements.filters.filterset import StatementFilter
from statements.models import Kind, PublicationState, Statement
from tests.support import factories, rows
from tests.support.crawling import Page
from tests.support.reading_outputs import REQUIRED, api_rows, html_codes

pytestmark = pytest.mark.django_db
LIST = "/api/v1/statements/"


def errors(answer) -> dict[str, str]:
    assert answer["Content-Type"] == "application/problem+json"
    return {one["parameter"]: one["detail"] for one in answer.json()["errors"]}


def test_a_page_has_the_count_its_neighbours_and_rows_in_both_languages(client):
    page = client.get(LIST, {"kind": "task", "page_size": 10, "page": 2}).json()
    assert page["count"] == 48
    assert "page=3" in page["next"]
    assert "page=1" in page["previous"]
    assert "kind=task" in page["next"]
    assert len(page["results"]) == 10
    for row in page["results"]:
        assert list(row) == list(STATEMENT_COLUMN_NAMES)
        assert set(REQUIRED) <= set(row)
        assert row["text_ko"]
        assert row["text_en"]
    last = client.get(LIST, {"kind": "task", "page_size": 10, "page": 5}).json()
    assert last["next"] is None
    assert len(last["results"]) == 8


def test_pages_together_are_what_the_explorer_finds(client):
    for query in ({}, {"q": "한미"}, {"region": ["africa", "europe"], "sort": "date"}):
        codes = [row["code"] for row in api_rows(client, {**query, "page_size": 7})]
        assert codes == html_codes(client, query)


def test_only_the_fields_asked_for_are_given(client):
    page = client.get(LIST, {"fields": "title_en,code"}).json()
    assert list(page["results"][0]) == ["title_en", "code"]
    one = client.get(f"{LIST}G1.C2/", {"fields": "code"}).json()
    assert one == {"code": "G1.C2"}


def test_one_statement_is_the_row_of_the_list(client):
    listed = client.get(LIST, {"kind": "key-content", "goal": "1"}).json()["results"]
    for row in listed:
        assert client.get(f"{LIST}{row['code']}/").json() == row


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("region=atlantis", "region"),
        ("regoin=africa", "regoin"),
        ("page_size=101", "page_size"),
        ("page_size=5&page_size=6", "page_size"),
        ("page=0", "page"),
        ("page=x", "page"),
        ("fields=code,name", "fields"),
        ("sort=size", "sort"),
        ("status=started", "status"),
        ("q=" + "a" * 201, "q"),
        ("q=%00", "q"),
    ],
)
def test_every_slip_is_named_and_explained(client, query, parameter):
    answer = client.get(f"{LIST}?{query}")
    assert answer.status_code == 400
    assert parameter in errors(answer)


@pytest.mark.parametrize("code", ["2099.T1", "Infinity", "\x00", "G1,G99"])
def test_an_unknown_number_is_not_found(client, code):
    answer = client.get(LIST, {"code": code}, headers={"accept-language": "en"})
    assert answer.status_code == 404
    assert "no statement with the number" in answer.json()["title"]
    both = client.get(LIST, {"code": code, "region": "atlantis"})
    assert both.status_code == 400
    assert {"code", "region"} <= {*errors(both)}


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("en-GB,en;q=0.9", "en"), ("ko", "ko"), ("fr", "ko"), ("", "ko")],
)
def test_errors_are_in_the_language_that_is_accepted(client, accepted, language):
    client.cookies["django_language"] = "ko" if language == "en" else "en"
    answer = client.get(
        f"{LIST}?region=atlantis", headers={"accept-language": accepted}
    )
    assert answer["Content-Language"] == language
    assert "Accept-Language" in answer["Vary"]
    told = {
        "ko": "지역 목록에 ‘atlantis’ 값이 없습니다",
        "en": "There is no region “atlantis”",
    }
    assert told[language] in errors(answer)["region"]


@pytest.mark.parametrize(
    "path", [f"{LIST}G99.C1/", f"{LIST}x/", f"{LIST}?page=99", "/api/v1/nothing/"]
)
def test_what_is_not_there_is_a_problem_document(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 404


def test_a_withdrawn_statement_is_gone_with_its_last_text(client):
    statement = rows.statement("G3.C2")
    statement.state = PublicationState.WITHDRAWN
    with factories.an_open_gate():
        statement.save()
    answer = client.get(f"{LIST}G3.C2/")
    assert answer.status_code == 410
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["statement"]["text_ko"] == statement.text_ko


def test_a_draft_is_not_there(client):
    draft = factories.statement(Kind.TASK, state=PublicationState.DRAFT)
    assert client.get(f"{LIST}{draft.code}/").status_code == 404
    assert draft.code not in [row["code"] for row in api_rows(client, {})]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_is_read_only(method):
    answer = getattr(Client(enforce_csrf_checks=True), method)(LIST)
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert answer["Content-Type"] == "application/problem+json"


def test_every_site_may_read_it(client):
    for answer in (
        client.get(LIST),
        client.options(LIST),
        client.get(f"{LIST}?page=x"),
    ):
        assert answer["Access-Control-Allow-Origin"] == "*"
    assert client.options(LIST).status_code == 204


def test_an_unchanged_answer_is_not_made_again(client):
    known = {"if-none-match": client.get(LIST)["ETag"]}
    with CaptureQueriesContext(connection) as captured:
        assert client.get(LIST, headers=known).status_code == 304
    assert len(captured) == 1
    factories.statement(Kind.GOAL)
    assert client.get(LIST, headers=known).status_code == 200


def test_queries_do_not_grow_with_the_page(client):
    counts = []
    for size in (3, 100):
        path = f"{LIST}?page_size={size}"
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 8


def test_the_description_names_every_filter_and_every_column(client):
    described = client.get("/api/v1/openapi.json").json()
    parameters = described["paths"][LIST]["get"]["parameters"]
    names = {parameter["name"] for parameter in parameters}
    assert names == {*StatementFilter.base_filters, "page", "fields"} - {"status"}
    columns = described["components"]["schemas"]["Statement"]["properties"]
    assert list(columns) == list(STATEMENT_COLUMN_NAMES)


def test_answers_are_as_the_description_has_them(client):
    described = client.get("/api/v1/openapi.json").json()

    def check(name: str, data) -> None:
        schema = {"$ref": f"#/components/schemas/{name}", **described}
        jsonschema_rs.validate(schema, data)

    for query in ("", "?q=ODA&fields=code", "?kind=goal&page_size=2", "?region=africa"):
        check("StatementPage", client.get(LIST + query).json())
    for code in Statement.objects.values_list("code", flat=True)[:40]:
        check("Statement", client.get(f"{LIST}{code}/").json())
    for path in (f"{LIST}?page=0&region=x", f"{LIST}x/"):
        check("Problem", client.get(path).json())


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_documentation_is_in_both_languages(client, language):
    for answer in (
        client.get("/api/v1/docs", {"language": language}),
        client.get("/api/v1/docs", headers={"accept-language": language}),
    ):
        text = answer.content.decode()
        page = Page(text)
        assert f'<html lang="{language}"' in text
        assert answer["Content-Language"] == language
        assert not page.in_wrong_language(language)
        assert len(page.headings) == 1
        for name in (*StatementFilter.base_filters, "fields", *STATEMENT_COLUMN_NAMES):
            assert name in page.text or name == "status"
