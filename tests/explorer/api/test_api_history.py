"""The API tells programs what changed: when, how often, and each field."""

from datetime import timedelta

import jsonschema_rs
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from statements.gate import gate
from statements.models import Kind, PublicationState, Revision, Statement
from tests.support import factories
from tests.support.clock import Clock
from tests.support.reading_outputs import api_rows, html_codes
from tests.support.rows import save, statement
from tests.support.staff import NOTE, approved, member, propose

pytestmark = pytest.mark.django_db
LIST = "/api/v1/statements/"


@pytest.fixture
def later(clock) -> Clock:
    """A day after the corpus was loaded."""
    clock.start += timedelta(days=1)
    clock.set(days=0)
    return clock


def change(code: str, **fields) -> None:
    with gate(member("editor"), NOTE):
        save(statement(code), **fields)


def test_every_statement_has_the_number_and_the_time_of_its_last_change(client, later):
    first = client.get(f"{LIST}G1.C1.1/").json()
    assert first["revision"] == 1
    change("G1.C1.1", text_en="Other words in English")
    row = client.get(f"{LIST}G1.C1.1/").json()
    assert row["revision"] == 2
    assert row["changed_at"] > first["changed_at"]
    assert row["changed_at"] == timezone.localtime().isoformat(timespec="seconds")
    listed = client.get(LIST, {"q": "G1.C1.1"}).json()["results"][0]
    assert (listed["revision"], listed["changed_at"]) == (2, row["changed_at"])


def test_what_readers_do_not_see_changes_neither(client, later):
    before = client.get(f"{LIST}G1.C1.1/").json()
    propose("G1.C1.1", text_en="Waits at the desk")
    with factories.an_open_gate():
        heading, state = statement("2025.T1.1"), PublicationState.DRAFT
        draft = factories.statement(Kind.TASK, heading, state=state)
        factories.link([statement("G1.C1.1")], [draft])
    assert client.get(f"{LIST}G1.C1.1/").json() == before
    assert client.get(f"{LIST}{draft.code}/history/").status_code == 404


def test_a_history_tells_each_field_as_it_was_and_as_it_is(client, later):
    old = statement("G1.C1.1").text_en
    author = member("editor")
    approved(propose("G1.C1.1", author, text_en="New words."))
    answer = client.get(f"{LIST}G1.C1.1/history/")
    assert author.username not in answer.content.decode()
    latest, first = answer.json()["revisions"]
    assert (latest["revision"], first["revision"]) == (2, 1)
    assert {"field": "text_en", "old": old, "new": "New words."} in latest["fields"]
    assert latest["note_ko"]
    assert latest["note_en"]
    assert {"field": "text_en", "old": None, "new": old} in first["fields"]


def test_a_history_begins_with_nothing_and_ends_with_the_present(client, later):
    change("G1.C1.1", text_en="Other words in English")
    change("G1.C1.1", editor_note_en="A note", editor_note_ko="주")
    rebuilt: dict = {}
    revisions = client.get(f"{LIST}G1.C1.1/history/").json()["revisions"]
    for revision in reversed(revisions):
        for field in revision["fields"]:
            assert rebuilt.get(field["field"]) == field["old"]
            rebuilt[field["field"]] = field["new"]
    row = client.get(f"{LIST}G1.C1.1/").json()
    shared = rebuilt.keys() & row.keys()
    assert {"text_ko", "text_en", "regions", "editor_note_en"} <= shared
    assert {name: rebuilt[name] for name in shared} == {n: row[n] for n in shared}


def test_a_withdrawn_statement_keeps_its_history_here(client, later):
    change("G5.E3", state=PublicationState.WITHDRAWN)
    latest, _first = client.get(f"{LIST}G5.E3/history/").json()["revisions"]
    assert latest["fields"] == [
        {"field": "state", "old": "published", "new": "withdrawn"}
    ]


@pytest.mark.parametrize(
    ("path", "status"),
    [("G9.C9", 404), ("x", 404), ("G1.C1/history/?fields=code", 400)],
)
def test_what_has_no_history_is_a_problem_document(client, path, status):
    path = path if "?" in path else f"{path}/history/"
    answer = client.get(LIST + path)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_a_history_is_as_the_description_has_it(client, later):
    change("G1.C1.1", text_en="Other words in English")
    described = client.get("/api/v1/openapi.json").json()
    schema = {"$ref": "#/components/schemas/StatementHistory", **described}
    jsonschema_rs.validate(schema, client.get(f"{LIST}G1.C1.1/history/").json())


def test_a_history_asks_no_more_of_the_database_as_it_grows(client, later):
    counts = []
    for number in range(2):
        for edit in range(1 + 5 * number):
            change("G1.C1.1", text_en=f"Words {number} {edit}")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{LIST}G1.C1.1/history/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_only_what_changed_since_is_found_in_every_output(client, later):
    everything = Statement.objects.published().count()
    moment = timezone.localtime().isoformat(timespec="seconds")
    later.set(days=3)
    change("G1.C1.1", text_en="Other words in English")
    day = str(timezone.localdate())
    for since in (moment, moment.replace("+", " "), day):
        query = {"changed_since": since}
        assert [row["code"] for row in api_rows(client, query)] == ["G1.C1.1"]
        assert html_codes(client, query) == ["G1.C1.1"]
        file = client.get("/en/statements.json", query)
        assert b"".join(file.streaming_content).count(b"G1.C1.1") >= 1
    kinds = {"kind": Kind.values, "changed_since": "2020-01-01"}
    assert client.get(LIST, kinds).json()["count"] == everything
    assert client.get(LIST, {"changed_since": "2099-01-01"}).json()["count"] == 0
    narrow = {"changed_since": day, "kind": "task"}
    assert client.get(LIST, narrow).json()["count"] == 0
    assert html_codes(client, narrow) == []


def test_the_page_keeps_the_filter_and_lets_it_be_taken_off(client):
    answer = client.get("/en/statements/", {"changed_since": "2020-01-01"})
    markup = answer.content.decode()
    assert 'type="hidden" name="changed_since" value="2020-01-01"' in markup
    assert "Changed since: 2020-01-01" in " ".join(markup.split())
    (chip,) = answer.context["active"]
    assert "2020" not in chip["without"]
    assert 'name="changed_since"' not in client.get("/en/statements/").text


@pytest.mark.parametrize(
    ("since", "is_ever"),
    [
        ("0000-02-29", True),
        ("0001-01-01T00:00:00+23:59", True),
        ("1947-12-31", True),
        ("2016-12-31t23:59:60.123456789z", True),
        ("2101-01-01", False),
        ("9999-12-31T23:59:60-23:59", False),
    ],
)
def test_every_moment_of_the_standard_is_taken(client, since, is_ever):
    asked = {"kind": Kind.values, "changed_since": since}
    everything = Statement.objects.published().count()
    assert client.get(LIST, asked).json()["count"] == (everything if is_ever else 0)


@pytest.mark.parametrize("since", ["yesterday", "2026-02-30", "0000-02-30", "1"])
def test_a_wrong_moment_is_told_in_words(client, since):
    answer = client.get(LIST, {"changed_since": since})
    assert answer.status_code == 400
    assert "2026-01-31" in answer.json()["errors"][0]["detail"]
    assert client.get("/ko/statements.csv", {"changed_since": since}).status_code == 400


def test_revisions_of_drafts_are_not_counted(client, later):
    with factories.an_open_gate():
        made = factories.statement(Kind.TASK, state=PublicationState.DRAFT)
    with gate(member("editor"), NOTE):
        save(made, text_en="Still a draft")
    with gate(member("editor"), NOTE):
        save(made, state=PublicationState.PUBLISHED)
    assert Revision.objects.filter(statement=made).count() == 3
    assert client.get(f"{LIST}{made.code}/").json()["revision"] == 1
