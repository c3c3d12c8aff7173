"""What readers follow: the Atom feed, the calendar, and the widget on other sites."""

import xml.etree.ElementTree as ElementTree
from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar

from statements.gate import Note, gate
from statements.models import Event, Kind, PublicationState, Statement
from tests.support import factories
from tests.support.crawling import Page
from tests.support.reading_outputs import ATOM, atom_codes, atom_entries, content

pytestmark = pytest.mark.django_db


def change(code: str, note: Note, **fields) -> None:
    statement = Statement.objects.get(code=code)
    for name, value in fields.items():
        setattr(statement, name, value)
    with gate(None, note):
        statement.save()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_feed_is_atom_in_its_language(client, language):
    answer = client.get(f"/{language}/statements.atom?theme=economic-security")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(answer.content)
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert feed.get(lang) == language
    for name in ("title", "id", "updated", "author/a:name"):
        assert feed.findtext(f"a:{name}", None, ATOM)
    links = {link.get("rel"): link.get("href") for link in feed.findall("a:link", ATOM)}
    assert links["self"].endswith(
        f"/{language}/statements.atom?theme=economic-security"
    )
    assert links["alternate"].endswith(
        f"/{language}/statements/?theme=economic-security"
    )
    for entry in feed.findall("a:entry", ATOM):
        for name in ("published", "updated"):
            moment = datetime.fromisoformat(entry.findtext(f"a:{name}", None, ATOM))
            assert moment.tzinfo


def test_entries_keep_their_ids_and_a_change_comes_first(client):
    before = {e.findtext("a:id", None, ATOM) for e in atom_entries(client, {})}
    change("G3.C2", Note(ko="표현을 고침", en="Wording corrected"), text_en="Changed.")
    entries = atom_entries(client, {})
    assert {e.findtext("a:id", None, ATOM) for e in entries} == before
    assert atom_codes(client, {})[0] == "G3.C2"
    summary = entries[0].findtext("a:summary", None, ATOM)
    assert "Wording corrected" in summary
    assert "Changed." in summary
    published, updated = (
        entries[0].findtext(f"a:{name}", None, ATOM)
        for name in ("published", "updated")
    )
    assert published < updated


def test_the_feed_stops_at_a_hundred_and_ends_with_what_is_oldest(client):
    made = factories.statement(Kind.TASK)
    codes = atom_codes(client, {"kind": Kind.values})
    assert len(codes) == 100
    assert made.code in codes


def test_nobody_is_named_in_the_feed(client):
    person = factories.staff_member()
    statement = Statement.objects.get(code="G1.C1")
    statement.text_en = "Another text."
    with gate(person, Note(ko="고침", en="Corrected")):
        statement.save()
    assert person.username not in client.get("/en/statements.atom").content.decode()


def test_an_untranslated_entry_is_marked_as_korean(client):
    made = factories.statement(Kind.TASK, text_ko="번역 전", text_en="")
    entry = next(
        e
        for e in atom_entries(client, {})
        if e.findtext("a:id", None, ATOM).endswith(made.code)
    )
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "ko"


def test_withdrawn_statements_leave_every_output(client):
    change("G3.C2", factories.NOTE, state=PublicationState.WITHDRAWN)
    assert "G3.C2" not in atom_codes(client, {})


def events(client, query: str = "", language: str = "en") -> list:
    answer = client.get(f"/{language}/timeline.ics{query}")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(content(answer)).walk("VEVENT")


def test_the_calendar_has_every_event_for_whole_days(client):
    entries = {entry["UID"].split("-")[1]: entry for entry in events(client)}
    assert len(entries) == Event.objects.first_mentions().count()
    for event in Event.objects.first_mentions().select_related("statement"):
        entry = entries[event.public_id]
        assert entry["DTSTART"].dt == event.start
        assert entry["DTEND"].dt - timedelta(days=1) == event.end
        assert entry["STATUS"] == ("TENTATIVE" if event.tentative else "CONFIRMED")
        assert entry["URL"].startswith("http://testserver/en/")
        assert entry["DTEND"].params["VALUE"] == "DATE"


@pytest.mark.parametrize(
    ("nature", "english", "korean"),
    [
        ("reported", "reports this as done", "이룬 일로 보고"),
        ("in-effect", "Current when the document was written", "작성 당시의 상황"),
        ("planned", "Planned when the document was written", "계획"),
    ],
)
def test_the_calendar_says_how_the_source_speaks_of_it(client, nature, english, korean):
    event = Event.objects.filter(nature=nature).first()
    with factories.an_open_gate():  # told by itself, not as a source of another
        Event.objects.filter(pk=event.pk).update(happening="")
    key = event.public_id
    for language, told in (("en", english), ("ko", korean)):
        entry = next(
            e for e in events(client, "", language) if e["UID"].split("-")[1] == key
        )
        assert told in entry["DESCRIPTION"]
        assert ("계획" in entry["SUMMARY"] or "planned" in entry["SUMMARY"]) == (
            nature == "planned"
        )


def test_the_calendar_takes_the_explorers_filters(client):
    touching = Event.objects.filter(start__lte="2023-12-31", end__gte="2023-01-01")
    assert len(events(client, "?dated=2023")) == touching.first_mentions().count()


def test_a_tentative_event_is_tentative(client):
    made = factories.statement(Kind.TASK)
    with factories.an_open_gate():
        day = {"start": date(2026, 5, 1), "end": date(2026, 5, 1), "precision": "day"}
        factories.event_of(made, tentative=True, **day).save()
    entry = next(e for e in events(client) if made.code in e["UID"])
    assert entry["STATUS"] == "TENTATIVE"
    assert entry["DTEND"].dt == date(2026, 5, 2)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_widget_may_be_framed_and_loads_only_its_style(client, language):
    answer = client.get(f"/{language}/statements/embed/?region=africa")
    assert answer.status_code == 200
    assert "X-Frame-Options" not in answer
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src" not in policy
    page = Page(answer.content.decode())
    assert f"/{language}/statements/?region=africa" in page.links
    assert not page.in_wrong_language(language)
    assert len(page.headings) == 1
    assert answer.content.count(b"<script") == 0


def test_other_pages_may_not_be_framed(client):
    assert client.get("/ko/statements/")["X-Frame-Options"] == "DENY"


def test_the_widget_shows_ten_or_as_many_as_asked_for(client):
    ten = client.get("/en/statements/embed/")
    assert len(ten.context["statements"]) == 10
    assert (
        len(client.get("/en/statements/embed/?page_size=3").context["statements"]) == 3
    )
    assert ten.context["count"] == 145
