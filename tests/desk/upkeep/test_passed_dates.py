"""Dates that have passed with nothing recorded: listed until someone records it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desk.upkeep.due_dates import passed_dates
from statements.models import (
    Event,
    Kind,
    Nature,
    PublicationState,
)
from tests.support import factories
from tests.support.desk.admin_forms import change_page
from tests.support.desk.tracking import OUTCOME, record
from tests.support.rows import save, statement
from tests.support.staff import member, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

PASSED = reverse("staff:passed_dates")
YESTERDAY = timezone.localdate() - timedelta(days=1)


def dated(days: int, **fields) -> Event:
    """An event that ended so many days ago, of a task of its own."""
    end = timezone.localdate() - timedelta(days=days)
    made = factories.statement(Kind.TASK, statement("2025.T1.1"))
    values = {"start": end, "end": end, "precision": "day", **fields}
    with factories.an_open_gate():
        event = factories.event_of(made, **values)
        event.save()
    return event


def listed(client: Client, **query) -> set[int]:
    answer = client.get(PASSED, query)
    assert answer.status_code == 200
    return {event.pk for event in answer.context["page_obj"]}


def test_dates_are_listed_once_they_have_passed_in_seoul(editor):
    yesterday, today, going_on = dated(1), dated(0), dated(2, nature=Nature.IN_EFFECT)
    reported, told = dated(3, nature=Nature.REPORTED), dated(3, **OUTCOME)
    found = listed(editor)
    assert {yesterday.pk, going_on.pk} <= found
    assert not {today.pk, reported.pk, told.pk} & found
    assert found >= {e.pk for e in passed_dates(date(2026, 1, 1))}


def test_the_day_is_that_of_seoul(monkeypatch):
    event = Event.objects.get(title_en="Chair of APEC")
    assert event.end == date(2025, 12, 31)
    for moment, is_over in (("2025-12-31T14:59", False), ("2025-12-31T15:00", True)):
        now = timezone.datetime.fromisoformat(f"{moment}+00:00")
        monkeypatch.setattr(timezone, "now", lambda now=now: now)
        assert passed_dates().filter(pk=event.pk).exists() == is_over


def test_a_later_status_of_the_statement_takes_a_date_off_the_list(editor):
    event = dated(10)
    code = event.statement.code
    record(editor, code, as_of=(event.end - timedelta(days=1)).isoformat())
    assert event.pk in listed(editor)
    record(editor, code, as_of=event.end.isoformat())
    assert event.pk not in listed(editor)


def test_a_date_of_a_withdrawn_statement_is_no_longer_due(editor):
    event = dated(10)
    assert event.pk in listed(editor)
    with factories.an_open_gate():
        save(event.statement, state=PublicationState.WITHDRAWN)
    assert event.pk not in listed(editor)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_each_row_leads_to_the_form_of_the_event(language):
    event = dated(1)
    auditor = signed_in(member("auditor"), language)
    page = auditor.get(PASSED)
    assert change_page(event, "event") in page.content.decode()
    assert event.statement.code in page.content.decode()
    heading = {"ko": "지난 일정", "en": "Dates that have passed"}[language]
    assert heading in page.content.decode()


def test_dates_are_narrowed_by_document_and_year(editor):
    event = dated(1, end=date(2020, 5, 5), start=date(2020, 5, 1))
    assert listed(editor, year="2020") == {event.pk}
    assert event.pk in listed(editor, document="report-2025", year="2020")
    assert listed(editor, document="goals", year="2020") == set()
    for wrong in ({"year": "1066"}, {"document": "atlantis"}, {"year": "soon"}):
        answer = editor.get(PASSED, wrong)
        assert answer.context["form"].errors
        assert not answer.context["page_obj"].object_list
        assert "errorlist" in answer.content.decode()


def test_the_list_is_paged_and_its_queries_do_not_grow(editor):
    dated(1)
    editor.get(PASSED)
    with CaptureQueriesContext(connection) as few:
        editor.get(PASSED)
    heading = factories.report_heading_with(60, Kind.TASK)
    with factories.an_open_gate():
        Event.objects.filter(statement__parent=heading).update(
            start=YESTERDAY, end=YESTERDAY, precision="day"
        )
    with CaptureQueriesContext(connection) as many:
        assert len(listed(editor)) == 50
    assert len(many) <= len(few) + 1  # the page now counts more than it shows
    assert len(listed(editor, page="2")) >= 11
