"""An editor's note goes with its statement, wherever that is shown."""

import csv
import io
import re
from html import unescape

import pytest
from icalendar import Calendar

from statements.models import Event, Statement
from tests.support import factories
from tests.support.reading_outputs import (
    api_rows,
    atom_entries,
    content,
    csv_rows,
    json_rows,
    xlsx_rows,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
#: It has an event of the date that its note quotes, and another.
CODE = "2024.A1.1"
LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])


def note(language: str, code: str = CODE) -> str:
    return getattr(Statement.objects.get(code=code), f"editor_note_{language}")


def shown(client, path: str) -> str:
    return unescape(client.get(path).content.decode())


@LANGUAGES
@pytest.mark.parametrize(
    "path",
    [
        f"statements/?q={CODE}",
        f"statements/embed/?q={CODE}",
        "achievements/",
        "countries/united-states/",
        f"statements/{CODE}/",
    ],
)
def test_pages_show_it_with_the_statement(client, language, path):
    assert note(language) in shown(client, f"/{language}/{path}")


@LANGUAGES
def test_it_stands_under_the_heading_of_the_statements_page(client, language):
    page = shown(client, f"/{language}/statements/{CODE}/")
    assert page.index("</h1>") < page.index(note(language)) < page.index("<h2")


@LANGUAGES
def test_a_citation_has_it(client, language):
    page = shown(client, f"/{language}/statements/{CODE}/")
    # Under the heading, in the citation, and in the quotation as text and as HTML.
    assert page.count(note(language)) == 4
    for ending in ("bib", "json"):
        cited = content(client.get(f"/{language}/statements/{CODE}/cite.{ending}"))
        assert note(language)[:20] in cited.decode(), ending


@pytest.mark.parametrize("rows", [csv_rows, xlsx_rows, json_rows, api_rows])
def test_every_file_and_the_api_have_it_in_both_languages(client, rows):
    [row] = rows(client, {"q": CODE})
    for language in ("ko", "en"):
        assert row[f"editor_note_{language}"] == note(language)


@LANGUAGES
def test_the_feed_has_it(client, language):
    [entry] = atom_entries(client, {"q": CODE}, language)
    assert note(language) in unescape("".join(entry.itertext()))


@LANGUAGES
def test_an_event_has_it_if_it_is_of_the_date_that_the_note_quotes(client, language):
    timeline = shown(client, f"/{language}/timeline/")
    calendar = content(client.get(f"/{language}/timeline.ics"))
    parts = re.split(r'<li class="dated [\w-]+" id="e(\w+)">', timeline)
    entries = dict(zip(parts[1::2], parts[2::2], strict=True))
    dated = {
        entry["UID"].split("-")[1]: entry["DESCRIPTION"]
        for entry in Calendar.from_ical(calendar).walk("VEVENT")
    }
    quoted = []
    for event in Event.objects.filter(statement__code=CODE):
        entry = entries[event.public_id]
        is_quoted = event.quote in note("ko")
        assert (note(language) in entry) == is_quoted
        assert (note(language) in dated[event.public_id]) == is_quoted
        quoted.append(is_quoted)
    assert sorted(quoted) == [False, True]


def test_an_event_has_a_note_that_quotes_no_date(client):
    made = factories.statement(kind="task", editor_note_ko="주", editor_note_en="Note")
    with factories.an_open_gate():
        event = factories.event_of(made)
        event.save()
    assert event.is_noted
    assert '<p lang="en">Note</p>' in shown(client, "/en/timeline/")


def test_the_file_of_events_has_it(client):
    text = content(client.get("/ko/timeline.csv")).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    [noted, other] = [row["editor_note_ko"] for row in rows if row["code"] == CODE]
    assert noted == other == note("ko")
