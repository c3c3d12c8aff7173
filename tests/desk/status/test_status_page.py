"""The status page: every fact with its state in words, whatever fails."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desk.models import CommandRun, RunOutcome
from desk.status import facts, work_facts
from desk.status.runs import recorded_run
from portal.mirror.copies import CopyFacts, begin_copy, finish_copy
from tests.support.staff import member, propose, signed_in

pytestmark = pytest.mark.django_db

ADDRESS = reverse("staff:status")

PUBLISHING = "Publishing at the scheduled time"


def shown(role: str = "publisher", language: str = "en"):
    answer = signed_in(member(role), language).get(ADDRESS)
    assert answer.status_code == 200
    return {
        fact.label: fact
        for section in answer.context["sections"]
        for fact in section.facts
    }, answer.content.decode()


@pytest.fixture
def good_day(settings, tmp_path):
    """Everything ran, and is new."""
    settings.BACKUP_DIR = settings.MIRROR_DIR = tmp_path
    now = timezone.now()
    (tmp_path / f"portal-{now:%Y%m%dT%H%M%SZ}.zip").write_bytes(b"backup")
    copy = CopyFacts(now.isoformat(), "token", pages=700, files=2000, bytes=1)
    finish_copy(begin_copy(tmp_path, now), copy)
    for name in work_facts.EXPECTED:
        with recorded_run(name):
            pass


@pytest.mark.parametrize(
    ("language", "good", "bad"),
    [("en", "good", "needs attention"), ("ko", "정상", "확인 필요")],
)
def test_on_a_good_day_every_state_is_good_in_words(good_day, language, good, bad):
    lines, text = shown(language=language)
    assert [line for line in lines.values() if not line.is_good] == []
    assert f"<td>{good}</td>" in text
    assert bad not in text


def test_what_never_ran_and_is_nowhere_is_to_be_looked_at(settings, tmp_path):
    settings.BACKUP_DIR = settings.MIRROR_DIR = tmp_path / "nowhere"
    lines, text = shown("administrator")
    assert {name for name, line in lines.items() if not line.is_good} == {
        *("Last backup", "Last copy of the site", PUBLISHING),
        "Nightly check of the data",
    }
    assert "4 items need attention." in text


@pytest.mark.parametrize(
    ("age", "outcome", "is_good"),
    [
        (timedelta(minutes=4), RunOutcome.DONE, True),
        (timedelta(minutes=4), RunOutcome.RUNNING, True),
        (timedelta(minutes=4), RunOutcome.FAILED, False),
        (timedelta(minutes=16), RunOutcome.DONE, False),
    ],
)
def test_a_run_is_good_that_ended_well_and_not_long_ago(age, outcome, is_good):
    CommandRun.objects.create(
        name="publish_due", started_at=timezone.now() - age, outcome=outcome
    )
    assert shown()[0][PUBLISHING].is_good == is_good


def test_a_part_that_fails_says_so_and_leaves_the_others(good_day, monkeypatch):
    def fail():
        raise RuntimeError("hunter2")

    readers = [*facts.STATUS.readers, ("Weather", fail)]
    monkeypatch.setattr(facts.STATUS, "readers", readers)
    lines, text = shown()
    assert "could not be read" in text
    assert "hunter2" not in text
    assert lines["Version"].is_good


def test_the_number_of_queries_does_not_grow(good_day):
    client = signed_in(member("publisher"), "en")
    client.get(ADDRESS)
    counts = []
    for number in (1, 2):
        propose(f"G1.C1.{number}", text_en="X")
        with recorded_run(f"job-{number}"):
            pass
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(ADDRESS)
        counts.append(len(queries))
    assert counts[0] == counts[1] < 40


def test_the_first_page_of_the_desk_leads_to_it_for_those_who_may():
    for role, may in (("publisher", True), ("administrator", True), ("editor", False)):
        page = signed_in(member(role), "en").get(reverse("admin:index"))
        assert (ADDRESS.encode() in page.content) == may, role
