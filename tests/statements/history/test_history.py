"""What changed, when and why, in public; and any past state rebuilt exactly."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from desk.proposals.record import Terms
from statements.fields import TEXTS
from statements.gate import Note, gate
from statements.history.point_in_time import snapshots_as_of
from statements.models import (
    Event,
    Figure,
    Kind,
    Link,
    PublicationState,
    Region,
    Revision,
    Statement,
)
from tests.statements.history.eventful import some_change
from tests.support import factories
from tests.support.crawling import Page
from tests.support.reading_outputs import ATOM, atom_entries
from tests.support.rows import save, statement
from tests.support.staff import approved, member, propose, published

pytestmark = pytest.mark.django_db


def backdate(**delta) -> str:
    """Makes all that was done so far older; the day it then is of."""
    for revision in Revision.objects.all():
        Revision.objects.filter(pk=revision.pk).update(
            at=revision.at - timedelta(**delta)
        )
    return str(timezone.localdate(timezone.now() - timedelta(**delta)))


def change_often(code: str, times: int) -> None:
    one, by = statement(code), member("editor")
    for number in range(times):
        with gate(by, Note("시험", "Test")):
            save(one, text_en=f"Version{number}")


def run_texts(markup: str, tag: str) -> list[str]:
    parts = markup.split(f"<{tag}>")[1:]
    return [part.partition(f"</{tag}>")[0].partition("</span>")[2] for part in parts]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_history_tells_what_changed_word_by_word_when_and_why(client, language):
    old = statement("G1.C1.1").text_ko
    author = member("editor")
    approved(propose("G1.C1.1", author, text_ko=old.replace("강화", "심화")))
    approved(propose("G1.C1.1", author, Terms(is_minor=True), text_en="New words."))
    answer = client.get(f"/{language}/statements/G1.C1.1/history/")
    markup = answer.content.decode()
    assert any("강화" in text for text in run_texts(markup, "del"))
    assert any("심화" in text for text in run_texts(markup, "ins"))
    note = {"ko": "표현을 다듬음", "en": "Polished the wording"}
    assert markup.count(note[language]) == 2
    assert {"ko": "경미한 수정", "en": "Minor edit"}[language] in markup
    assert {"ko": "최초 게시", "en": "First published"}[language] in markup
    assert author.username not in markup
    page = Page(markup)
    assert not page.in_wrong_language(language)
    assert len(page.headings) == 1
    shown = client.get(f"/{language}/statements/G1.C1.1/").content.decode()
    assert f"/{language}/statements/G1.C1.1/history/" in Page(shown).links


def test_a_statement_that_never_changed_offers_no_history(client):
    page = Page(client.get("/en/statements/G1.C1.1/").content.decode())
    assert not any("history" in link for link in page.links)
    assert client.get("/en/statements/G1.C1.1/history/").status_code == 200


def test_events_tags_links_and_reviews_are_told_in_words(client):
    one = statement("G1.C1")
    with gate(member("editor"), Note("시험", "Test")):
        factories.event_of(one, title_en="A summit", title_ko="정상회의").save()
        one.regions.add(Region.objects.get(slug="africa"))
        one.links_to_earlier.update(state="confirmed")
        one.review_english()
        save(one)
    told = {
        "en": ("A summit", "Africa", "Confirmed by staff", "reviewed translation"),
        "ko": ("정상회의", "아프리카", "담당자 확인", "검토"),
    }
    for language, words in told.items():
        markup = client.get(f"/{language}/statements/G1.C1/history/").content.decode()
        for word in words:
            assert word in markup, (language, word)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_page_as_of_a_day_is_the_text_of_then_and_says_so(client, language):
    then = {"ko": statement("G1.C1.1").text_ko, "en": statement("G1.C1.1").text_en}
    day = backdate(days=10)
    published("G1.C1.1", text_ko="지금의 문장", text_en="The text of today")
    for code, path in (("G1.C1.1", "statements/G1.C1.1"), (None, "past")):
        answer = client.get(f"/{language}/{path}/?as_of={day}")
        markup = answer.content.decode()
        assert answer.status_code == 200
        assert then[language].split()[0] in markup
        now = {"ko": "지금의 문장", "en": "The text of today"}[language]
        assert now not in markup
        assert {
            "ko": "지난 시점의 내용입니다.",
            "en": "A past version, as of the end of",
        }[language] in markup
        assert "noindex" in markup
        assert not Page(markup).in_wrong_language(language), code
        today = client.get(f"/{language}/{path}/?as_of={timezone.localdate()}")
        assert now in today.content.decode()


def test_the_whole_site_as_of_a_day_has_what_was_withdrawn_since(client):
    count = Statement.objects.published().count()
    day = backdate(days=3)
    published("G5.E3", state=PublicationState.WITHDRAWN)
    factories.statement(Kind.TASK, statement("2025.T1.1"))
    before = client.get(f"/en/past/?as_of={day}")
    assert len(before.context["pasts"]) == count
    today = client.get(f"/en/past/?as_of={timezone.localdate()}")
    assert len(today.context["pasts"]) == count


@pytest.mark.parametrize(
    ("query", "status"),
    [("as_of=2999-01-01", 400), ("as_of=yesterday", 400), ("as_of=2001-01-01", 404)],
)
def test_days_without_an_answer_are_told(client, query, status):
    answer = client.get(f"/en/statements/G1.C1.1/?{query}")
    assert answer.status_code == status
    assert client.get("/en/statements/G9/?as_of=2001-01-01").status_code == 404
    assert client.get("/en/past/?as_of=2999-01-01").status_code == 400


def test_a_withdrawn_statement_keeps_its_history(client):
    published("G5.E3", state=PublicationState.WITHDRAWN)
    assert client.get("/ko/statements/G5.E3/history/").status_code == 200


@pytest.mark.parametrize("language", ["ko", "en"])
def test_all_changes_stand_on_one_page_and_none_before_the_first(client, language):
    nothing = {"ko": "바뀐 내용이 없습니다", "en": "Nothing has changed"}
    markup = client.get(f"/{language}/changes/").content.decode()
    assert nothing[language] in markup
    change_often("G1.C1.1", 25)
    answer = client.get(f"/{language}/changes/")
    assert len(answer.context["steps"]) == 20
    assert "Version24" in answer.content.decode()
    older = client.get(f"/{language}/changes/?page=2").content.decode()
    assert "Version0" in older


def test_the_pages_of_history_ask_no_more_of_the_database_as_it_grows(
    client, django_assert_max_num_queries
):
    change_often("G1.C1.1", 15)
    paths = ("changes/", "statements/G1.C1.1/history/", "statements.atom")
    # What is kept between requests follows the change once, for all pages.
    client.get("/en/statements/")
    for path in (*paths, f"past/?as_of={timezone.localdate()}"):
        with django_assert_max_num_queries(21):
            client.get(f"/en/{path}")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_feed_tells_the_reason_and_the_words_that_changed(client, language):
    old = statement("G1.C1.1").text_ko
    published("G1.C1.1", text_ko=old.replace("강화", "심화"), text_en="New words.")
    entry = atom_entries(client, {"kind": "detail"}, language)[0]
    summary = entry.findtext("a:summary", None, ATOM)
    assert {"ko": "표현을 다듬음", "en": "Polished the wording"}[language] in summary
    assert "<del>" in summary
    assert "<ins>" in summary
    assert {"ko": "심화", "en": "New words."}[language] in summary


#: What a snapshot says of these, and where the tables have it.
ROWS = {
    "events": (Event, "statement", "quote title_ko start end tentative place_en"),
    "figures": (Figure, "statement", "quote label_en value unit_ko"),
    "links": (Link, "later", "earlier__code relation state rationale_en"),
}


def stored() -> dict[int, dict]:
    """Every statement as the tables have it, by no code that a history uses."""
    columns = ("state", "en_from", "en_reviewed", *TEXTS)
    states = {row.pop("pk"): row for row in Statement.objects.values("pk", *columns)}
    for state in states.values():
        state |= {name: [] for name in (*factories.TERMS, *ROWS)}
    for name in factories.TERMS:
        for pk, slug in Statement.objects.values_list("pk", f"{name}__slug"):
            states[pk][name] += [slug] if slug else []
    for name, (model, owner, fields) in ROWS.items():
        for pk, *values in model.objects.values_list(owner, *fields.split()):
            states[pk][name].append([str(value) for value in values])
    return {pk: in_order(state) for pk, state in states.items()}


def in_order(state: dict) -> dict:
    return {n: sorted(v) if isinstance(v, list) else v for n, v in state.items()}


def as_stored(snapshot: dict) -> dict:
    """What a snapshot says, in the form of `stored`."""
    rows = {
        name: [
            [str(row[field.removesuffix("__code")]) for field in fields.split()]
            for row in snapshot[name]
        ]
        for name, (_, _, fields) in ROWS.items()
    }
    columns = ("state", "en_from", "en_reviewed", *TEXTS, *factories.TERMS)
    return in_order({**{name: snapshot[name] for name in columns}, **rows})


def rebuilt_wrongly(pairs: int, changes: int) -> list:
    """Of that many different pairs of a statement and a moment."""
    chance, by = random.Random(2025), factories.staff_member()
    states = {timezone.now(): stored()}
    for number in range(changes):
        with gate(by, Note("시험", "Test")):
            for _ in range(5):
                some_change(chance, number)
        states[timezone.now()] = stored()
    every_pair = [(moment, pk) for moment, state in states.items() for pk in state]
    rebuilt = {moment: snapshots_as_of(moment) for moment in states}
    return [
        (moment, pk)
        for moment, pk in chance.sample(every_pair, pairs)
        if as_stored(rebuilt[moment][pk]) != states[moment][pk]
    ]


def test_any_past_state_is_rebuilt_exactly():
    assert rebuilt_wrongly(pairs=1000, changes=6) == []


@pytest.mark.audit
def test_any_past_state_of_a_long_history_is_rebuilt_exactly():
    assert rebuilt_wrongly(pairs=1000, changes=40) == []
