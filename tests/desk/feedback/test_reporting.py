"""A reader reports a problem, and follows it by its number."""

import re

import pytest
from django.test import Client

from desk.feedback.models import NUMBER_LENGTH, NUMBER_LETTERS
from desk.feedback.receive import OF_ADDRESS
from desk.models import FailedTries, ProblemReport
from statements.models import Kind, PublicationState
from tests.support import factories
from tests.support.crawling import Page
from tests.support.desk.reports import (
    TEXT,
    ComingStamps,
    report_on,
    report_page,
    sent,
    typed,
)
from tests.support.staff import published

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
MAIL = "reader@example.org"
LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])


@LANGUAGES
def test_the_form_is_reached_from_the_statement_and_kept_by_nobody(language):
    client = Client()
    page = Page(client.get(f"/{language}/statements/G1.C1/").content.decode())
    address = report_page("G1.C1", language)
    assert address in page.links
    answer = client.get(address)
    shown = Page(answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert len(shown.headings) == 1
    assert shown.in_wrong_language(language) == []
    assert "csrftoken" not in answer.cookies


@LANGUAGES
def test_what_was_sent_is_kept_and_followed_by_its_number(language):
    answer = sent(language=language, mail=MAIL)
    report = ProblemReport.objects.get()
    assert answer.status_code == 302
    assert re.fullmatch(rf"[{NUMBER_LETTERS}]{{{NUMBER_LENGTH}}}", report.number)
    assert (report.text, report.mail, report.problem) == (TEXT, MAIL, "figure")
    assert (report.state, report.is_held) == ("received", False)
    followed = Client().get(answer.url)
    text = followed.content.decode()
    assert followed.status_code == 200
    assert report.number in text
    assert ("접수됨" if language == "ko" else "Received") in text
    assert Page(text).in_wrong_language(language) == []


def test_the_page_of_a_report_shows_nothing_that_was_sent():
    report = report_on("G1.C1", mail=MAIL)
    answer = Client().get(f"/en/reports/{report.number}/")
    assert TEXT not in answer.content.decode()
    assert MAIL not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


@pytest.mark.parametrize("number", ["bcdfghjkmn", "b", "b" * 300, "1", "한"])
def test_a_number_that_nobody_has_is_not_found(number):
    assert Client().get(f"/en/reports/{number}/").status_code == 404


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"text": ""}, "This field is required."),
        ({"text": "\u200b \u3164"}, "This field is required."),
        ({"text": "a\x00b"}, "Null characters are not allowed."),
        ({"text": "a\u202eb"}, "characters that cannot be shown: U+202E"),
        ({"text": "x" * 2001}, "at most 2000 characters"),
        ({"problem": ""}, "This field is required."),
        ({"problem": "9" * 40}, "is not one of the available choices"),
        ({"mail": "nobody"}, "Enter a valid email address."),
        ({"mail": '"\x01"@example.org'}, "characters that cannot be shown: U+0001"),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(values, told):
    kept = {"text": TEXT, "mail": MAIL} | values
    answer = sent(**kept)
    assert answer.status_code == 400
    assert told in answer.content.decode()
    form = answer.context["form"]
    assert {name: form[name].value() for name in kept} == kept
    assert not ProblemReport.objects.exists()
    assert not FailedTries.objects.exists(), "what is not taken is not counted"


def test_two_thousand_letters_on_many_lines_are_taken():
    text = "가\n" * 999 + "가나"
    assert sent(text=text.replace("\n", "\r\n")).status_code == 302
    assert ProblemReport.objects.get().text == text


def test_drafts_have_no_form_and_withdrawn_statements_have():
    published("G1.C1", state=PublicationState.WITHDRAWN)
    assert Client().get(report_page("G1.C1")).status_code == 200
    draft = factories.statement(Kind.GOAL, state=PublicationState.DRAFT)
    assert Client().get(report_page(draft.code)).status_code == 404
    assert sent(draft.code).status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://odd.example"}, 302),
        ({"Origin": "http://testserver"}, 302),
        ({}, 302),
    ],
)
def test_a_form_that_another_site_sent_is_shown_and_not_taken(headers, status):
    client = Client(enforce_csrf_checks=True)
    answer = client.post(report_page("G1.C1"), typed(), headers=headers)
    assert answer.status_code == status
    assert ProblemReport.objects.exists() == (status == 302)
    if status == 403:
        assert TEXT in answer.content.decode()


@pytest.mark.parametrize(
    ("values", "signs"),
    [
        ({"homepage": "https://spam.example"}, ["trap"]),
        ({"opened": ""}, ["no-stamp"]),
        ({"opened": "G1.C1:1:forged"}, ["no-stamp"]),
        ({"opened": typed("G1.C2")["opened"]}, ["no-stamp"]),
        ({"opened": ComingStamps(salt="desk.feedback").sign("G1.C1")}, ["too-fast"]),
        ({"text": "http://a https://b WWW.c"}, ["links"]),
        ({"text": "http://a https://b"}, []),
    ],
)
def test_what_looks_like_spam_is_held_and_not_thrown_away(values, signs):
    answer = sent(**values)
    report = ProblemReport.objects.get()
    assert (report.is_held, report.spam_signs) == (bool(signs), signs)
    told = Client().get(answer.url).content.decode()
    assert "Received" in told
    assert "spam" not in told.casefold()


def test_a_text_that_came_before_is_held_however_it_is_spaced():
    report_on("G1.C2")
    sent(text=f"  {TEXT.upper()} ")
    assert ProblemReport.objects.get(statement__code="G1.C1").spam_signs == ["repeated"]


def test_few_words_may_come_from_several_people():
    report_on("G1.C2", text="오타")
    sent(text="오타")
    assert not ProblemReport.objects.filter(is_held=True).exists()


@pytest.mark.usefixtures("clock")
def test_an_address_that_sends_too_many_is_told_to_wait_and_loses_nothing():
    answers = [sent(text=f"{TEXT} {number}") for number in range(OF_ADDRESS.free + 1)]
    assert [answer.status_code for answer in answers[:-1]] == [302] * OF_ADDRESS.free
    refused = answers[-1]
    assert refused.status_code == 429
    assert refused["Retry-After"] == "600"
    assert f"{TEXT} {OF_ADDRESS.free}" in refused.content.decode()
    assert ProblemReport.objects.count() == OF_ADDRESS.free
    elsewhere = Client(REMOTE_ADDR="192.0.2.7").post(report_page("G1.C1"), typed())
    assert elsewhere.status_code == 302


def test_no_address_is_kept_as_it_is():
    sent()
    keys = FailedTries.objects.values_list("key", flat=True)
    assert len(keys) == 2
    assert not any("127.0.0.1" in key for key in keys)
