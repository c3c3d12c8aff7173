"""Events and figures say no more than the paragraphs of their statement."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override

from desk.models import Proposal
from statements.gate import gate
from statements.history.restore import write_snapshot
from statements.history.snapshot import snapshots
from statements.models import Event, Figure, Kind
from tests.support import factories
from tests.support.crawling import Page
from tests.support.desk.admin_forms import WHY, form_values
from tests.support.reading_outputs import content
from tests.support.rows import save, statement
from tests.support.staff import NOTE, propose

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
LANGUAGES = pytest.mark.parametrize(
    ("language", "told"), [("ko", "의 원문에 없습니다"), ("en", "is not in the source")]
)
#: The quote and the words that its source has.
QUOTED = {
    "the same": ("25.8월", "’25.8월 방한"),
    "other white space": ("25. 8 월", "’25.8\u3000월"),
    "over two lines": ("8월 말", "25.8월\n말까지"),
    "a number at the end": ("제3", "회의 제3"),
}
NOT_QUOTED = {
    "other words": ("26.9월", "’25.8월 방한"),
    "part of a longer number": ("3회", "13회 개최"),
    "a number cut off": ("제1", "제13차 회의"),
    "nothing but white space": ("\u3000", "13회 개최"),
}
DAYS = {
    ("year", "2026-01-01", "2027-12-31"): set(),
    ("year", "2026-03-01", "2026-12-31"): {"start"},
    ("year", "2026-01-01", "2026-12-30"): {"end"},
    ("month", "2028-02-01", "2028-02-29"): set(),
    ("month", "2026-11-01", "2027-01-31"): set(),
    ("month", "2026-02-02", "2026-02-27"): {"start", "end"},
    ("day", "2026-02-02", "2026-02-27"): set(),
}


@pytest.fixture
def task():
    return factories.statement(Kind.TASK)


def days(start: str, end: str) -> dict[str, date]:
    return {"start": date.fromisoformat(start), "end": date.fromisoformat(end)}


@pytest.mark.parametrize(("quote", "source"), QUOTED.values(), ids=QUOTED)
def test_a_quote_may_differ_from_its_source_in_white_space(task, quote, source):
    factories.let_source_say(task, source)
    for fact in (factories.event_of(task), factories.figure_of(task)):
        fact.quote = quote
        fact.clean()
        with gate(None, NOTE):
            fact.save()


@LANGUAGES
@pytest.mark.parametrize(("quote", "source"), NOT_QUOTED.values(), ids=NOT_QUOTED)
def test_what_the_source_does_not_say_is_refused(task, language, told, quote, source):
    factories.let_source_say(task, source)
    for fact in (factories.event_of(task), factories.figure_of(task)):
        fact.quote = quote
        with override(language):
            with pytest.raises(ValidationError, match=told) as refused:
                fact.clean()
            assert set(refused.value.message_dict) == {"quote"}
            with pytest.raises(ValidationError, match=told), gate(None, NOTE):
                fact.save()
    assert not Event.objects.filter(statement=task).exists()
    assert not Figure.objects.filter(statement=task).exists()


@pytest.mark.parametrize(("case", "wrong"), DAYS.items())
def test_days_are_as_exact_as_their_precision(task, case, wrong):
    precision, start, end = case
    event = factories.event_of(task, precision=precision, **days(start, end))
    assert set(event.wrong_with_source()) == wrong


@pytest.mark.parametrize(
    "write",
    [
        lambda event: save(event, quote="99회"),
        lambda event: save(event, precision="year"),
        lambda event: Event.objects.filter(pk=event.pk).update(quote="99회"),
        lambda event: Event.objects.filter(pk=event.pk).update(title_ko=""),
        lambda event: Event.objects.bulk_create(
            [factories.event_of(event.statement, quote="99회")]
        ),
        lambda event: save(event, statement=statement("G1.C1")),
    ],
    ids=["save", "precision", "update", "no name", "bulk", "another statement"],
)
def test_no_way_of_writing_goes_past_the_source(task, write):
    event = factories.event_of(task)
    with gate(None, NOTE):
        event.save()
    before = list(Event.objects.order_by("pk").values())
    with pytest.raises(ValidationError), gate(None, NOTE):
        write(event)
    assert list(Event.objects.order_by("pk").values()) == before


@LANGUAGES
@pytest.mark.parametrize("kind", ["event", "figure"])
def test_the_form_says_it_beside_the_field(editor, language, told, kind):
    editor.cookies["django_language"] = language
    model = {"event": Event, "figure": Figure}[kind]
    path = reverse(f"admin:statements_{kind}_change", args=[model.objects.all()[0].pk])
    values = form_values(editor.get(path)) | WHY | {"quote": "99회"}
    answer = editor.post(path, values)
    assert answer.status_code == 200
    assert told in str(answer.context["adminform"].form.errors["quote"])
    assert not Proposal.objects.exists()


def test_a_snapshot_cannot_bring_it_back(task):
    with gate(None, NOTE):
        factories.event_of(task).save()
    values = snapshots([task.pk])[task.pk]["events"]
    values[0]["quote"] = "99회"
    with pytest.raises(ValidationError), gate(None, NOTE):
        write_snapshot(task, {"events": values}, None)


def test_a_fact_from_before_the_rule_keeps_no_text_from_being_saved(task):
    with gate(None, NOTE) as change:
        factories.event_of(task, quote="99회").save()
        change.facts.clear()  # as it was written before there was the rule
    with gate(None, NOTE):
        save(task, text_en="Another text")
    propose(task.code, text_en="A third text")
    assert statement(task.code).text_en == "Another text"
    assert Event.objects.get(statement=task).quote == "99회"


def test_a_corrected_text_leaves_the_quote_of_its_source(task):
    with gate(None, NOTE):
        factories.event_of(task).save()
        save(task, text_ko="다른 말")
    assert Event.objects.get(statement=task).wrong_with_source() == {}


PAGES = (
    *("/en/timeline/", "/en/figures/", "/en/regions/korean-peninsula/"),
    "/en/statements/2024.A1.2/",
)


def test_english_pages_mark_korean_that_nobody_has_translated(client):
    where = {"region": "korean-peninsula", "country": ""}
    made = statement("2024.A1.2")
    with gate(None, NOTE):
        factories.event_of(
            made, title_ko="이름만", title_en="", place_ko="서울", **where
        ).save()
        save(
            factories.figure_of(made),
            label_ko="수치만",
            label_en="",
            unit_ko="회의",
            unit_en="",
            **where,
        )
    for path in PAGES:
        text = client.get(path).content.decode()
        assert "이름만" in text or "수치만" in text, path
        assert "Not yet translated" in text
        page = Page(text)
        unmarked = [words for words, language in page.texts if language != "ko"]
        for korean in ("이름만", "수치만", "회의"):
            assert not [words for words in unmarked if korean in words]
        assert "미번역" not in client.get(path.replace("/en/", "/ko/")).content.decode()
    calendar = content(client.get("/en/timeline.ics")).decode().replace("\r\n ", "")
    assert "이름만" in calendar
    assert "Not yet translated. The Korean text is shown." in calendar


def test_months_of_two_years_name_both(client, task):
    whole = days("2026-11-01", "2027-02-28")
    with gate(None, NOTE):
        factories.event_of(task, **whole).save()
    page = client.get(task.get_absolute_url().replace("/ko/", "/en/"))
    assert "November 2026–February 2027" in page.content.decode()
    page = client.get(task.get_absolute_url().replace("/en/", "/ko/"))
    assert "2026년 11월~2027년 2월" in page.content.decode()
