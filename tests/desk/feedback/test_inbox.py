"""Staff read the reports and answer them."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from desk.audit_log import logged_act
from desk.feedback.models import CLOSED_REPORTS, ReportState
from desk.models import ProblemReport
from statements.models import DataVersion
from tests.support.crawling import Page
from tests.support.desk.reports import TEXT, report_on
from tests.support.kills.engines import found_by, postgresql, sqlite
from tests.support.staff import member, published, signed_in, told

pytestmark = pytest.mark.any_engine
MAIL = "reader@example.org"
LIST = reverse("admin:desk_problemreport_changelist")
ANSWER = {"answer_ko": "고쳤습니다.", "answer_en": "It was corrected."}


def inbox_page(report: ProblemReport) -> str:
    return reverse("admin:desk_problemreport_change", args=[report.pk])


def answered(report: ProblemReport, client: Client | None = None, **values):
    client = client or signed_in(member("editor"))
    given = {"seen": 1, "state": "unchanged", "do": "answer", **ANSWER, **values}
    answer = client.post(inbox_page(report), given)
    report.refresh_from_db()
    return answer


@pytest.mark.django_db
def test_the_list_has_open_held_and_closed_reports():
    parts = {
        "open": report_on("G1.C1"),
        "held": report_on("G1.C2", is_held=True, state=ReportState.LOOKED_AT),
        "closed": report_on("G1.C1.1", state=ReportState.UNCHANGED),
    }
    client = signed_in(member("editor"))
    for part, report in parts.items():
        shown = client.get(LIST, {"inbox": part}).context["cl"].result_list
        assert list(shown) == [report]
    assert client.get(LIST).context["cl"].result_count == len(parts)


@pytest.mark.django_db
def test_the_first_page_counts_what_is_open_and_what_is_held():
    report = report_on("G1.C1")
    report_on("G1.C2", is_held=True)
    page = signed_in(member("editor")).get(reverse("admin:index")).content.decode()
    assert "Problem reports from readers (1)" in " ".join(page.split())
    assert inbox_page(report) in page
    assert "Held as possible spam: 1" in page
    other = signed_in(member("translator")).get(reverse("admin:index"))
    assert inbox_page(report) not in other.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_report_is_shown_beside_its_statement(language):
    report = report_on("G1.C1", mail=MAIL, is_held=True, spam_signs=["links"])
    answer = signed_in(member("editor"), language).get(inbox_page(report))
    page = Page(answer.content.decode())
    text = answer.content.decode()
    assert answer.status_code == 200
    assert TEXT in text
    assert MAIL in text
    assert report.statement.text_en in text
    assert report.get_absolute_url().split("/")[-2] in text
    assert page.in_wrong_language(language) == []


@pytest.mark.django_db
def test_auditors_read_reports_without_addresses_and_answer_none():
    report = report_on("G1.C1", mail=MAIL)
    client = signed_in(member("auditor"))
    text = client.get(inbox_page(report)).content.decode()
    assert TEXT in text
    assert MAIL not in text
    assert answered(report, client).status_code == 403
    assert report.state == ReportState.RECEIVED


@pytest.mark.django_db
def test_an_answer_is_public_at_the_number_and_logged_without_what_was_sent():
    editor = member("editor")
    report = report_on("G1.C1", mail=MAIL)
    assert answered(report, signed_in(editor)).status_code == 302
    assert (report.state, report.answer_en) == ("unchanged", ANSWER["answer_en"])
    assert (report.mail, report.answered_by) == ("", editor)
    for language in ("ko", "en"):
        page = Client().get(f"/{language}/reports/{report.number}/").content.decode()
        assert ANSWER[f"answer_{language}"] in page
        assert editor.username not in page
    [entry] = LogEntry.objects.filter(user=editor, object_id=report.pk)
    assert logged_act(entry) in ("report answered", "의견에 답변")
    assert MAIL not in entry.change_message
    assert TEXT not in entry.change_message + entry.object_repr


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["answer_ko", "answer_en"])
def test_a_report_is_closed_with_an_answer_in_both_languages(missing):
    report = report_on("G1.C1")
    answer = answered(report, **{missing: ""})
    assert "A closed report needs an answer" in answer.content.decode()
    assert report.state == ReportState.RECEIVED
    assert answered(report, state="looked-at", **{missing: ""}).status_code == 302
    assert report.state == ReportState.LOOKED_AT


@pytest.mark.django_db
def test_a_change_made_after_a_report_is_marked_in_public_and_says_no_more():
    report = report_on("G1.C1", received_at=timezone.now() - timedelta(days=1))
    revision = published("G1.C1", text_en="A better text").revisions.latest("pk")
    version = DataVersion.current().token
    history = "/en/statements/G1.C1/history/"
    mark = "Changed after a reader’s report"
    assert mark not in Client().get(history).content.decode()
    answered(report, state="changed", revision=revision.pk)
    assert report.revision == revision
    assert DataVersion.current().token != version, "readers get the page anew"
    for address in (history, "/en/changes/"):
        page = Client().get(address).content.decode()
        assert page.count(mark) == 1
        assert report.number not in page
        assert TEXT not in page
    followed = Client().get(f"/en/reports/{report.number}/").content.decode()
    assert history in followed
    version = DataVersion.current().token
    answered(report, seen=2, state="unchanged", revision=revision.pk)
    assert report.revision is None
    assert mark not in Client().get(history).content.decode()
    assert DataVersion.current().token != version


@pytest.mark.django_db
def test_only_changes_of_the_statement_since_the_report_are_offered():
    older = published("G1.C1", text_en="Before").revisions.latest("pk")
    report = report_on("G1.C1")
    other = published("G1.C2", text_en="Another").revisions.latest("pk")
    for revision in (older, other):
        answered(report, state="changed", revision=revision.pk)
        assert report.state == ReportState.RECEIVED


@pytest.mark.django_db
def test_who_answers_second_is_told_and_loses_nothing():
    report = report_on("G1.C1")
    first, second = member("editor"), signed_in(member("editor"))
    answered(report, signed_in(first))
    answer = answered(report, second, state="looked-at", answer_en="Mine")
    text = " ".join(answer.content.decode().split())
    assert f"{first} changed this report in the meantime" in text
    assert ANSWER["answer_en"] in text
    assert answer.context["form"]["answer_en"].value() == "Mine"
    assert report.state == ReportState.UNCHANGED
    again = answer.context["form"]["seen"].value()
    assert answered(report, second, seen=again, answer_en="Mine").status_code == 302
    assert report.answer_en == "Mine"


@pytest.mark.django_db
def test_a_held_report_is_released_or_answered():
    released, other = report_on("G1.C1", is_held=True), report_on("G1.C2", is_held=True)
    client = signed_in(member("administrator"))
    answer = answered(released, client, do="release", state="received")
    assert told(answer) == "The report is no longer held."
    assert (released.is_held, released.state) == (False, "received")
    answered(other, client)
    assert not other.is_held
    acts = LogEntry.objects.filter(object_id=released.pk).values_list("change_message")
    assert list(acts) == [("report released",)]


@pytest.mark.django_db
def test_what_readers_wrote_is_forgotten_when_its_time_is_over(settings, capsys):
    settings.REPORT_RETENTION_DAYS = 30
    long_ago = {"received_at": timezone.now() - timedelta(days=31)}
    held = report_on("G1.C1", is_held=True, **long_ago)
    closed = report_on("G1.C1", state="changed", **ANSWER, **long_ago)
    waiting = report_on("G1.C1", mail=MAIL, **long_ago)
    young = report_on("G1.C1", mail=MAIL)
    call_command("purge_logins")
    assert not ProblemReport.objects.filter(pk=held.pk).exists()
    for report in (closed, waiting, young):
        report.refresh_from_db()
    assert (closed.text, closed.fingerprint, closed.answer_en) == (
        "",
        "",
        ANSWER["answer_en"],
    )
    assert (waiting.text, waiting.mail) == (TEXT, "")
    assert (young.text, young.mail) == (TEXT, MAIL)
    call_command("purge_logins")
    assert "Deleted: 3" in capsys.readouterr().out.splitlines()[0]
    assert Client().get(f"/en/reports/{closed.number}/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("state", CLOSED_REPORTS)
def test_the_table_itself_keeps_no_address_of_a_closed_report(state):
    with pytest.raises(IntegrityError), transaction.atomic():
        report_on("G1.C1", state=state, mail=MAIL)


@pytest.mark.parametrize(("engine", "tries"), [(postgresql, 5), (sqlite, 1)])
def test_two_answers_at_once_come_out_as_one_and_a_notice(engine, tries, tmp_path):
    found = found_by(
        "tests.support.desk.report_races", tries, engine=engine, folder=tmp_path
    )
    assert found == {"tries": tries, "faults": []}
