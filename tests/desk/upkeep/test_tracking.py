"""What staff record of the state of things: statuses, and how dated events ended."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from desk.accounts.roles import Role
from statements.gate import Note, gate
from statements.history.restore import write_snapshot
from statements.history.snapshot import snapshots
from statements.models import (
    Event,
    Kind,
    PublicationState,
    Revision,
    Statement,
    StatusUpdate,
)
from tests.support import factories
from tests.support.crawling import Page
from tests.support.desk.admin_forms import change_page, edit
from tests.support.desk.tracking import ADD, OUTCOME, record, status_of
from tests.support.reading_outputs import api_rows, content, html_codes
from tests.support.rows import save, statement
from tests.support.staff import approve_all, member, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

LABEL = {
    "ko": "결과(담당자 기록, 원문에 없음)",
    "en": "Outcome (recorded by staff, not stated in the source)",
}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    "code, path", [("2025.T4.2.2", "statements/2025.T4.2.2/"), ("G2", "goals/2/")]
)
def test_a_status_is_public_once_approved_and_names_no_person(
    client, code, path, language
):
    author = member("editor")
    editor = signed_in(author)
    editor.post(ADD, status_of(code))
    assert not StatusUpdate.objects.exists()
    approve_all()
    assert StatusUpdate.objects.get().by == author
    markup = client.get(f"/{language}/{path}").content.decode()
    assert {"ko": "협의를 시작했습니다.", "en": "Talks have begun."}[language] in markup
    assert "https://example.org/status" in markup
    assert 'datetime="2026-01-15"' in markup
    assert {"ko": "기록: 이 누리집 담당 부서", "en": "Recorded by: staff of this site"}[
        language
    ] in markup
    assert author.username not in markup
    assert not Page(markup).in_wrong_language(language)


def test_the_status_of_a_key_content_is_told_on_the_page_of_its_goal(client, editor):
    assert "Note and evidence" not in client.get("/en/goals/1/").content.decode()
    record(editor, "G1.C2")
    markup = client.get("/en/goals/1/").content.decode()
    assert markup.count("Note and evidence") == 1
    assert "In progress" in markup


def test_who_changes_a_status_answers_for_it(editor):
    record(editor, "2025.T4.2.2")
    other = member("editor")
    url = change_page(StatusUpdate.objects.get(), "statusupdate")
    edit(signed_in(other), url, note_en="Talks go on.")
    approve_all()
    update = StatusUpdate.objects.get()
    assert (update.note_en, update.by) == ("Talks go on.", other)


@pytest.mark.parametrize(
    "name, value",
    [
        ("note_ko", ""),
        ("note_en", ""),
        ("evidence", ""),
        ("evidence", "javascript:alert(1)"),
        ("as_of", ""),
        ("as_of", (date.today() + timedelta(days=3)).isoformat()),
        ("status", "finished"),
        ("change_note_ko", ""),
    ],
)
def test_a_status_without_note_evidence_or_with_a_day_to_come_is_refused(
    editor, name, value
):
    answer = editor.post(ADD, status_of("2025.T4.2.2", **{name: value}))
    assert name in answer.context["adminform"].form.errors
    assert "Talks have begun." in answer.content.decode() or name == "note_en"
    approve_all()
    assert not StatusUpdate.objects.exists()


def test_only_published_statements_have_a_status_and_one_a_day(editor):
    draft = factories.statement(
        Kind.TASK, statement("2025.T1.1"), state=PublicationState.DRAFT
    )
    answer = editor.post(ADD, status_of(draft.code))
    assert "statement" in answer.context["adminform"].form.errors
    record(editor, "2025.T4.2.2")
    answer = editor.post(ADD, status_of("2025.T4.2.2", status="completed"))
    assert "as_of" in answer.context["adminform"].form.errors


@pytest.mark.parametrize("role", [role for role in Role if role != Role.EDITOR])
def test_nobody_but_editors_records_a_status(role):
    answer = signed_in(member(role.name)).post(ADD, status_of("2025.T4.2.2"))
    assert answer.status_code == 403


def test_the_filter_appears_with_the_first_status_and_follows_the_last(client, editor):
    assert 'value="under-way"' not in client.get("/en/statements/").content.decode()
    assert client.get("/api/v1/statements/?status=completed").status_code == 400
    record(editor, "2025.T4.2.2")
    record(editor, "2025.T5.2.1")
    record(editor, "2025.T5.2.1", status="completed", as_of="2026-01-20")
    page = client.get("/en/statements/?kind=task")
    counts = re.findall(
        r'value="(under-way|completed)".*?(\d+)\D*?</', page.content.decode(), re.S
    )
    assert ("under-way", "1") in counts
    assert ("completed", "1") in counts
    for asked, codes in {
        "under-way": ["2025.T4.2.2"],
        "completed": ["2025.T5.2.1"],
        "changed": [],
    }.items():
        query = {"status": asked}
        assert html_codes(client, query) == codes
        assert [row["code"] for row in api_rows(client, query)] == codes
        answer = client.get("/ko/statements.csv", query)
        lines = content(answer).decode("utf-8-sig").splitlines()
        assert [line.split(",")[0] for line in lines[1:]] == codes


def test_a_status_can_be_taken_away_again_and_the_filter_goes(client, editor):
    record(editor, "2025.T4.2.2")
    pk = StatusUpdate.objects.get().pk
    editor.post(
        reverse("admin:statements_statusupdate_delete", args=[pk]), {"post": "yes"}
    )
    approve_all()
    assert not StatusUpdate.objects.exists()
    assert client.get("/en/statements.csv?status=completed").status_code == 400


def test_nothing_but_people_enters_a_status():
    assert not StatusUpdate.objects.exists()


@pytest.fixture
def event() -> Event:
    return Event.objects.get(
        statement__code="2024.A1.1", title_en="Washington Declaration"
    )


def recorded(event: Event, editor: Client) -> None:
    edit(editor, change_page(event, "event"), **OUTCOME)
    approve_all()
    event.refresh_from_db()


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("path", ["statements/2024.A1.1/", "timeline/"])
def test_an_outcome_is_shown_as_recorded_by_staff(
    client, editor, event, path, language
):
    address = f"/{language}/{path}"
    text = OUTCOME[f"outcome_{language}"]
    assert text not in client.get(address).content.decode()
    recorded(event, editor)
    markup = client.get(address).content.decode()
    times = {"statements/2024.A1.1/": 1, "timeline/": 2}[path]
    assert markup.count(text) == times
    assert LABEL[language] in markup
    assert OUTCOME["outcome_evidence"] in markup
    assert not Page(markup).in_wrong_language(language)


def test_an_outcome_is_in_history_calendar_and_csv(client, editor, event):
    recorded(event, editor)
    history = client.get("/en/statements/2024.A1.1/history/").content.decode()
    assert f"{LABEL['en']}: {OUTCOME['outcome_en']}" in history
    calendar = Calendar.from_ical(content(client.get("/ko/timeline.ics")))
    told = [e["description"] for e in calendar.walk("VEVENT")]
    assert [LABEL["ko"] in text for text in told].count(True) == 1
    rows = content(client.get("/en/timeline.csv")).decode("utf-8-sig")
    assert "outcome_ko,outcome_en,outcome_evidence" in rows
    assert ",".join(OUTCOME.values()) in rows


@pytest.mark.parametrize("missing", OUTCOME)
def test_half_an_outcome_is_refused_where_it_lacks_something(editor, event, missing):
    url = change_page(event, "event")
    answer = edit(editor, url, **{**OUTCOME, missing: ""})
    assert list(answer.context["adminform"].form.errors) == [missing]
    other = next(name for name in OUTCOME if name != missing)
    assert OUTCOME[other] in answer.content.decode()


def test_revisions_from_before_there_were_outcomes_stay_as_they_are(event):
    """Nothing differs until an outcome is filled, and returning blanks it again."""
    code = event.statement.code
    before = statement(code).revisions.first()
    assert "outcome_ko" not in before.snapshot["events"][0]
    assert snapshots([event.statement_id])[event.statement_id] == before.snapshot
    with gate(factories.staff_member(), Note("가", "a")):
        save(event, place_en=event.place_en)
    assert statement(code).revisions.first() == before
    with gate(factories.staff_member(), Note("가", "a")):
        save(event, **OUTCOME)
    assert statement(code).revisions.first().snapshot["events"][0]["outcome_en"]
    with gate(factories.staff_member(), Note("가", "a")):
        write_snapshot(statement(code), {"events": before.snapshot["events"]}, None)
    assert snapshots([event.statement_id])[event.statement_id] == before.snapshot
    assert Event.objects.get(pk=event.pk).outcome_en == ""


def test_every_past_state_with_outcomes_and_statuses_is_rebuilt(editor, event):
    record(editor, "2024.A1.1")
    recorded(event, editor)
    record(editor, "2024.A1.1", status="completed", as_of="2026-02-01")
    one = statement("2024.A1.1")
    for revision in Revision.objects.filter(statement=one).order_by("pk"):
        with gate(factories.staff_member(), Note("가", "a")):
            write_snapshot(
                Statement.objects.get(pk=one.pk),
                {
                    name: revision.snapshot[name]
                    for name in ("events", "statusupdates", "state")
                },
                factories.staff_member(),
            )
        assert snapshots([one.pk])[one.pk] == revision.snapshot
