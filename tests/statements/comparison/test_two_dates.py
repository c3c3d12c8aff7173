"""Between two dates: what came, what went, and what differs word by word."""

import csv
import json
import random
from datetime import timedelta
from io import StringIO

import pytest
from django.utils import timezone

from statements.comparison.records import (
    OF_STATEMENT,
    RecordKey,
    Records,
    apply_changes,
    record_changes,
    statement_record,
)
from statements.comparison.states import public_state, records_of
from statements.gate import Note, gate
from statements.history.public_view import public_snapshot
from statements.history.snapshot import snapshots
from statements.models import GlossaryTerm, Kind, PublicationState, Statement
from statements.models.revision import end_of
from tests.statements.history.eventful import some_change, some_change_of_entries
from tests.support import factories
from tests.support.clock import Clock
from tests.support.crawling import Page
from tests.support.rows import save, statement
from tests.support.staff import NOTE, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def later(clock) -> Clock:
    """Days are told from after the corpus was loaded."""
    clock.start += timedelta(days=2)
    clock.set(days=0)
    return clock


def today() -> str:
    return str(timezone.localdate())


def published_now() -> Records:
    """The statements as the tables have them, asked of no history."""
    public = Statement.objects.published()
    codes = set(public.values_list("code", flat=True))
    parents = codes | set(Statement.objects.withdrawn().values_list("code", flat=True))
    records = {}
    for one in snapshots(public.values_list("pk", flat=True)).values():
        one["parent"] = one["parent"] if one["parent"] in parents else None
        record = statement_record(public_snapshot(one, codes))
        records[RecordKey(OF_STATEMENT, one["code"])] = record
    return records


def long_history(clock: Clock, chance: random.Random, days: int) -> dict[str, Records]:
    """By day, the statements that were public at its end."""
    by, stood = factories.staff_member(), {}
    for number in range(days):
        clock.set(days=number)
        with gate(by, Note("시험", "Test")):
            for _ in range(5):
                some_change(chance, number)
            some_change_of_entries(chance, number)
        stood[today()] = published_now()
    return stood


def wrong_pairs(clock: Clock, days: int, pairs: int) -> list[tuple[str, str]]:
    """Of random pairs of days, those whose difference does not lead from the first to
    the second.
    """
    chance = random.Random(2026)
    stood = long_history(clock, chance, days)
    ends = {day: end_of(timezone.datetime.fromisoformat(day).date()) for day in stood}
    states = {day: records_of(public_state(end)) for day, end in ends.items()}
    for day, state in states.items():
        statements = {k: v for k, v in state.items() if k.of == OF_STATEMENT}
        assert statements == stood[day], day
    assert len({len(state) for state in states.values()}) > 3
    chosen = [sorted(chance.choices([*states], k=2)) for _ in range(pairs)]
    return [
        (first, last)
        for first, last in chosen
        if apply_changes(
            states[first],
            json.loads(json.dumps(record_changes(states[first], states[last]))),
        )
        != states[last]
    ]


def test_the_difference_of_two_days_leads_from_the_one_to_the_other(later):
    assert wrong_pairs(later, days=8, pairs=40) == []


@pytest.mark.audit
def test_a_thousand_differences_lead_from_one_day_to_the_other(later):
    assert wrong_pairs(later, days=40, pairs=1000) == []


def test_a_difference_is_not_applied_to_what_it_is_not_of():
    key = RecordKey(OF_STATEMENT, "G1")
    changes = record_changes({key: {"title_en": "One"}}, {key: {"title_en": "Two"}})
    assert apply_changes({key: {"title_en": "One"}}, changes)[key]["title_en"] == "Two"
    with pytest.raises(ValueError, match="G1: title_en"):
        apply_changes({key: {"title_en": "Three"}}, changes)


def change_a_little(clock: Clock) -> tuple[str, str]:
    """One statement changes, one goes, one comes, one is a draft; the two days."""
    first = today()
    clock.set(days=3)
    with gate(member("editor"), NOTE):
        save(statement("G1.C1.1"), text_en="Other words in English")
        save(statement("G5.E3"), state=PublicationState.WITHDRAWN)
        heading = statement("2025.T1.1")
        factories.statement(Kind.TASK, heading, code="2025.T1.1.91")
        draft = PublicationState.DRAFT
        factories.statement(Kind.TASK, heading, code="2025.T1.1.92", state=draft)
        save(GlossaryTerm.objects.order_by("pk")[0], english="another term")
    return first, today()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_page_tells_what_came_what_went_and_what_changed(client, later, language):
    first, last = change_a_little(later)
    answer = client.get(f"/{language}/changes/?from={first}&to={last}")
    markup = answer.content.decode()
    for words in ("G1.C1.1", "G5.E3", "2025.T1.1.91", "Other", "another"):
        assert words in markup
    assert "2025.T1.1.92" not in markup
    assert {"ko": "게시 중단", "en": "No longer published"}[language] in markup
    assert not Page(markup).in_wrong_language(language)
    assert len(answer.context["changes"]) == 4
    nothing = {"ko": "바뀐 내용이 없습니다", "en": "Nothing differs"}[language]
    assert nothing in client.get(f"/{language}/changes/?from={last}&to={last}").text


def test_the_files_say_the_same_as_the_page(client, later):
    first, last = change_a_little(later)
    query = f"?from={first}&to={last}"
    whole = client.get(f"/en/changes.json{query}").json()
    assert (whole["from"], whole["to"], whole["count"]) == (first, last, 4)
    acts = {change["id"]: change["act"] for change in whole["changes"]}
    assert acts["G1.C1.1"] == "change"
    assert acts["G5.E3"] == "delete"
    assert acts["2025.T1.1.91"] == "add"
    answer = client.get(f"/en/changes.csv{query}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    fields = {
        (change["id"], f["field"])
        for change in whole["changes"]
        for f in change["fields"]
    }
    assert {(row["id"], row["field"]) for row in rows} == fields
    (changed,) = (r for r in rows if (r["id"], r["field"]) == ("G1.C1.1", "text_en"))
    assert changed["new"] == "Other words in English"
    assert changed["old"]


@pytest.mark.parametrize(
    ("query", "ko", "en"),
    [
        ("from=2026-13-01&to=2026-01-01", "날짜", "valid date"),
        ("from=2999-01-01&to=2999-01-02", "오늘이나", "today or an earlier date"),
        ("from=2026-01-02&to=2026-01-01", "뒤입니다", "later than the second"),
        ("from=2026-01-02", "필수", "required"),
        ("to=0001-01-01&from=2026-01-01", "1948", "1948"),
    ],
)
def test_wrong_dates_are_told_in_the_language_of_the_page(client, query, ko, en):
    for language, words in (("ko", ko), ("en", en)):
        for page in ("changes/", "changes.csv", "changes.json"):
            answer = client.get(f"/{language}/{page}?{query}")
            assert answer.status_code == 400, page
            assert words in answer.content.decode(), (language, page)


def test_the_form_stands_on_the_page_of_changes(client):
    markup = client.get("/en/changes/").content.decode()
    assert 'name="from"' in markup
    assert 'name="to"' in markup


def test_the_page_asks_no_more_of_the_database_as_the_history_grows(
    client, later, django_assert_max_num_queries
):
    first = today()
    long_history(later, random.Random(1), days=4)
    with django_assert_max_num_queries(12):
        answer = client.get(f"/en/changes/?from={first}&to={today()}")
    assert answer.status_code == 200
