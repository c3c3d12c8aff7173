"""The terms of a proposal: a time is read in one way, and goes on with its proposal."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desk.models import Proposal, ProposalState
from desk.proposals.decide import approve, publish_due
from desk.proposals.further.terms import PublishingTime, read_moment
from desk.proposals.record import Terms
from tests.support.desk.admin_forms import WHY, change_page, form_values
from tests.support.desk.translating import hidden, work_page
from tests.support.rows import statement
from tests.support.staff import NOTE, member, propose, signed_in, told

pytestmark = pytest.mark.django_db

MOMENT = datetime(2098, 12, 24, 1, tzinfo=UTC)
READ = (
    "2098-12-24T10:00",
    " 2098-12-24 10:00 ",
    "2098-12-24 10:00:00",
    "2098-12-24T01:00Z",
    "2098-12-23T20:00-05:00",
)
NO_TIMES = (
    *("12/24/2098 10:00", "24/12/2098 10:00", "10:00 2098-12-24", "2098-12-24"),
    *("2098. 12. 24. 오전 10:00", "tomorrow 10:00", "2098-12-24T10", "1" * 5000),
)
IMPOSSIBLE = ("2098-02-30 10:00", "2098-12-24T25:00", "2098-13-01 10:00")
OUTSIDE = (
    *("0001-01-01T00:00", "1999-12-31T23:59", "9999-12-31T23:59", "2100-02-01T00:00"),
    *("0001-01-01T00:00+23:59", "9999-12-31T23:59-23:59"),
)
PAST = ("2020-01-01 10:00", "2000-01-02T10:00")
REFUSED = {
    **dict.fromkeys(
        NO_TIMES,
        (
            "Enter the date and time in Korean Standard Time, for example",
            "한국 표준시로",
        ),
    ),
    **dict.fromkeys(IMPOSSIBLE, ("There is no such date or time.", "없는 날짜나 시각")),
    **dict.fromkeys(
        OUTSIDE, ("Enter a date and time from 2000 to 2099.", "2000년부터 2099년")
    ),
    **dict.fromkeys(PAST, ("(Korean Standard Time) has passed", "이미 지난 시각")),
}


class Form:
    """One that a time can be typed into, of the admin or of the translation desk."""

    def __init__(self, name: str, language: str) -> None:
        self.client = signed_in(member("editor"), language)
        one = statement("G1.C1.1")
        self.url = {"statement": change_page(one), "desk": work_page(one.code)}[name]
        page = self.client.get(self.url)
        if name == "statement":
            self.values = form_values(page)
        else:
            self.values = {**hidden(page), "do": "propose"}
        self.values |= {**WHY, "text_en": "Typed for an hour"}

    def send(self, typed: str):
        """The remarks that the desk shows first have been read."""
        sent = {**self.values, "publish_at": typed}
        answer = self.client.post(self.url, sent)
        if "shown" in sent and answer.status_code == 200:
            self.values["shown"] = sent["shown"] = answer.context["form"].mark
            answer = self.client.post(self.url, sent)
        return answer


@pytest.mark.parametrize("name", ["statement", "desk"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_time_is_the_same_in_both_languages(language, name):
    form = Form(name, language)
    for typed in READ:
        assert form.send(typed).status_code == 302, typed
        assert read_moment(typed) == MOMENT, typed
    # What says the same time again is the same proposal.
    assert Proposal.objects.get().publish_at == MOMENT


@pytest.mark.parametrize("name", ["statement", "desk"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_is_no_time_to_come_is_said_and_stays(language, name):
    form = Form(name, language)
    for typed, reasons in REFUSED.items():
        answer = form.send(typed)
        assert answer.status_code == 200, typed
        markup = answer.content.decode()
        assert reasons[language == "ko"] in markup, typed
        shown = re.search('<input[^>]*name="publish_at"[^>]*>', markup)[0]
        assert f'value="{typed}"' in shown
        assert 'type="text"' in shown
        assert "Typed for an hour" in markup
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_form_says_whose_time_it_is(language):
    client = signed_in(member("editor"), language)
    said = {"ko": "한국 표준시", "en": "Korean Standard Time"}[language]
    for url in (change_page(statement("G1.C1.1")), work_page("G1.C1.1")):
        markup = client.get(url).content.decode()
        label = re.search('<label[^>]*for="id_publish_at"[^>]*>(.*?)</label>', markup)
        assert said in label[1]
    waiting = propose("G1.C1.1", None, Terms(publish_at=MOMENT), text_en="X")
    assert f"({said})" in client.get(waiting.desk_url).content.decode()


def test_a_time_passes_by_the_clock_and_is_read_by_none(clock):
    soon = clock.moment + timedelta(minutes=1)
    typed = PublishingTime().prepare_value(soon)
    assert PublishingTime().clean(typed) == soon
    clock.move(timedelta(minutes=1))
    field = PublishingTime()
    with pytest.raises(Exception, match="has passed|이미 지난"):
        field.clean(typed)
    assert read_moment(typed) == soon


def with_terms(author, *, days: int = 300, **values) -> Proposal:
    moment = timezone.now().replace(second=0, microsecond=0) + timedelta(days=days)
    return propose("G1.C1.1", author, Terms(True, moment), **values)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("page", ["statement", "translation"])
def test_to_edit_further_keeps_the_terms(page, language):
    author = member("editor")
    client = signed_in(author, language)
    old = with_terms(author, text_en="First text")
    url = {"statement": change_page(old.statement), "translation": work_page("G1.C1.1")}
    resume = f"{url[page]}?proposal={old.pk}"
    assert resume in client.get(old.desk_url).content.decode().replace("&amp;", "&")
    opened = client.get(resume)
    if page == "statement":
        values = form_values(opened)
    else:
        form = opened.context["form"]
        values = {bound.html_name: bound.value() for bound in form}
        values |= {"do": "propose", "is_minor": "on", "shown": form.mark}
    assert values["text_en"] == "First text"
    assert values["change_note_ko"] == NOTE.ko
    assert values["change_note_en"] == NOTE.en
    answer = client.post(resume, values | {"text_en": "First text, longer."})
    while answer.status_code == 200:
        assert values["shown"] != answer.context["form"].mark, told(answer)
        values["shown"] = answer.context["form"].mark
        answer = client.post(resume, values | {"text_en": "First text, longer."})
    assert "proposal=" not in answer.url
    new = Proposal.objects.open().get()
    assert new.changes["text_en"] == "First text, longer."
    assert new.terms == old.terms
    assert new.replaces == old
    old.refresh_from_db()
    assert old.state == ProposalState.RETRACTED


def test_the_english_found_right_is_published_at_the_time_that_was_typed(editor):
    url = work_page("G1.C1.1")
    values = {
        bound.html_name: bound.value() for bound in editor.get(url).context["form"]
    }
    values |= {"do": "review", "is_minor": ""}
    wrong = editor.post(url, values | {"publish_at": "12/24/2098 10:00"})
    assert wrong.context["form"].has_error("publish_at")
    assert not Proposal.objects.exists()
    editor.post(url, values | {"publish_at": "2098-12-24 10:00"})
    assert Proposal.objects.get().publish_at == MOMENT


def decided(client, proposal, page):
    form = page.context["form"]
    sent = {name: form[name].value() for name in ("seen", "is_overdue")}
    return client.post(proposal.desk_url, sent | {"decision": "approve"})


@pytest.mark.parametrize("language", ["ko", "en"])
def test_who_approves_what_is_overdue_is_told_before(clock, language):
    publisher = signed_in(member("publisher"), language)
    late = propose(
        "G1.C1.1",
        None,
        Terms(publish_at=clock.moment + timedelta(hours=1)),
        text_en="X",
    )
    opened_before = publisher.get(late.desk_url)
    said = {"ko": "승인하고 바로 게시", "en": "Approve and publish now"}[language]
    assert said not in opened_before.content.decode()
    clock.move(timedelta(hours=1))
    answer = decided(publisher, late, opened_before)
    assert {"ko": "지났습니다", "en": "has passed"}[language] in told(answer)
    assert statement("G1.C1.1").text_en != "X"
    opened = publisher.get(late.desk_url)
    assert said in opened.content.decode()
    together = publisher.get(reverse("staff:approving"), {"proposal": late.pk})
    at_once = {
        "ko": "승인하면 바로 게시",
        "en": "It will be published as soon as it is approved.",
    }
    assert at_once[language] in together.content.decode()
    decided(publisher, late, opened)
    assert statement("G1.C1.1").text_en == "X"


def test_the_desk_flags_what_is_past_its_time(clock):
    publisher = member("publisher")
    soon = Terms(publish_at=clock.moment + timedelta(hours=1))
    author = member("editor")
    undecided = propose("G1.C1.1", author, soon, text_en="X")
    scheduled = propose("G1.C1.2", author, soon, text_en="Y")
    plain = propose("G2.C1.1", author, text_en="Z")
    approve(scheduled, publisher)
    home = signed_in(publisher).get("/admin/")
    assert home.context["overdue"].count == 0
    assert 'id="overdue"' not in home.content.decode()
    clock.move(timedelta(hours=2))
    for person in (publisher, author):
        home = signed_in(person).get("/admin/")
        assert home.context["overdue"].rows == [undecided, scheduled]
        assert home.content.decode().count("The scheduled time has passed:") >= 3
    listed = signed_in(publisher).get("/admin/desk/proposal/?overdue=1")
    assert {*listed.context["cl"].result_list} == {undecided, scheduled}
    assert (
        "next scheduled run"
        in signed_in(author).get(scheduled.desk_url).content.decode()
    )
    publish_due(timezone.now())
    home = signed_in(publisher).get("/admin/")
    assert home.context["overdue"].rows == [undecided]
    assert not plain.is_overdue
