"""The timeline: every dated event, as exactly as the source, a plan as a plan."""

import csv
import io
import re
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar

from desk.upkeep.due_dates import passed_dates
from explorer.charts.timeline_layout import months_drawing, years_drawing
from statements.models import Event, Kind, Nature, Status, StatusUpdate
from tests.support import factories
from tests.support.crawling import Page
from tests.support.reading_outputs import content
from tests.support.staff import member

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
LABELS = {
    "ko": {
        Nature.REPORTED: "이룬 일로 보고",
        Nature.IN_EFFECT: "작성 당시 상황",
        Nature.PLANNED: "작성 당시 계획",
    },
    "en": {
        Nature.REPORTED: "Reported as done",
        Nature.IN_EFFECT: "Current when written",
        Nature.PLANNED: "Planned when written",
    },
}
#: Between the dates of the corpus.
DAY = date(2025, 9, 15)
QUERIES = (
    "",
    "?region=africa",
    "?theme=multilateral-un&theme=alliance-security",
    "?kind=point",
    "?q=APEC",
    "?dated=2024",
    "?goal=3",
    "?dated=none",
)


def markup(client, query: str = "", language: str = "en") -> str:
    answer = client.get(f"/{language}/timeline/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def entries(text: str) -> dict[int, str]:
    """The markup of each event of the list, by its key."""
    parts = re.split(r'<li class="dated [a-z-]+" id="e(\w+)">', text)
    ends = ("</ul>".join(part.split("</ul>")[:2]) for part in parts[2::2])
    keys = {event.public_id: event.pk for event in Event.objects.all()}
    return dict(zip(map(keys.__getitem__, parts[1::2]), ends, strict=True))


def csv_rows(client, query: str = "") -> list[dict]:
    text = content(client.get(f"/ko/timeline.csv{query}")).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_event_is_listed_once_and_leads_to_its_statements(client, language):
    listed = entries(markup(client, language=language))
    events = Event.objects.select_related("statement")
    first = {event.pk for event in events.first_mentions()}
    assert set(listed) == first < {event.pk for event in events}
    of_happening = {e.happening: listed[e.pk] for e in events.first_mentions()}
    for event in events:
        entry = listed.get(event.pk) or of_happening[event.happening]
        assert f'href="/{language}/statements/{event.statement.code}/"' in entry or (
            event.statement.kind == Kind.GOAL
        )
        if event.pk in first:
            assert event.quote in entry.replace("&#x27;", "'")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_plan_is_told_as_a_plan_and_only_what_is_reported_as_done(client, language):
    labels = LABELS[language]
    listed = entries(markup(client, language=language))
    for event in Event.objects.first_mentions():
        entry = listed[event.pk]
        told = [name for name, label in labels.items() if f"<b>{label}</b>" in entry]
        assert told == [event.nature]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_another_source_that_speaks_of_it_otherwise_is_told_so(client, language):
    listed = entries(markup(client, language=language))
    seen = 0
    for event in Event.objects.first_mentions().exclude(happening=""):
        others = Event.objects.filter(happening=event.happening).exclude(pk=event.pk)
        for other in others.exclude(nature=event.nature):
            label = LABELS[language][other.nature].lower()
            entry = listed[event.pk].lower()
            told = entry.partition(f"{other.statement.code.lower()}</span>")[2]
            assert told.partition("</a>")[2].startswith(f" ({label})")
            seen += 1
    assert seen


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Washington Declaration", "April 2023"),
        ("Rapid Response Team for Expo 2025", "April–October 2025"),
        ("G20 presidency", "2028"),
        ("Second Basic Plan for the Protection of Overseas Korean", "2026–2030"),
    ],
)
def test_dates_are_as_exact_as_the_source(client, title, told):
    event = Event.objects.filter(title_en__startswith=title).first()
    entry = entries(markup(client))[event.pk]
    assert re.search(rf"<li>\s*{told}\s*</li>", entry)
    assert ("Tentative in the source" in entry) == event.tentative


def test_years_stand_in_order_and_can_be_jumped_to(client):
    page = Page(markup(client))
    years = [name for name in page.ids if re.fullmatch(r"y\d{4}", name)]
    assert years == sorted(years)
    assert {f"#{name}" for name in years} <= set(page.links)
    starts = {f"y{event.start.year}" for event in Event.objects.all()}
    assert set(years) == starts


@pytest.mark.parametrize("query", QUERIES)
def test_page_file_and_calendar_hold_the_same_events(client, query):
    listed = entries(markup(client, query))
    events = Event.objects.filter(pk__in=listed).select_related("statement")
    rows = csv_rows(client, query)
    assert [(row["code"], row["title_en"]) for row in rows] == [
        (event.statement.code, event.title_en) for event in events
    ]
    calendar = Calendar.from_ical(content(client.get(f"/en/timeline.ics{query}")))
    ids = {entry["UID"].split("-")[1] for entry in calendar.walk("VEVENT")}
    assert ids == {event.public_id for event in events}


def test_the_links_to_the_files_keep_the_filters(client):
    links = Page(markup(client, "?region=africa&theme=bilateral-relations")).links
    query = "?region=africa&theme=bilateral-relations"
    assert f"/en/timeline.csv{query}" in links
    assert f"/en/timeline.ics{query}" in links


def test_a_year_narrows_to_the_events_that_touch_it(client):
    listed = Event.objects.filter(pk__in=entries(markup(client, "?dated=2026")))
    touching = Event.objects.touching(2026).first_mentions()
    assert listed.count() == touching.count() > 0
    for event in listed:
        assert event.start.year <= 2026 <= event.end.year


@pytest.mark.parametrize("query", ["", "?region=europe", "?dated=2024&kind=task"])
def test_statements_without_a_date_are_counted_and_led_to(client, query):
    undated = client.get(f"/en/timeline/{query}").context["undated"]
    found = client.get(f"/en/statements/?{undated['query']}").context["filter"].qs
    assert found.count() == undated["count"] > 0
    assert not Event.objects.filter(statement__in=found.order_by().values("pk"))


@pytest.mark.parametrize(
    ("language", "explained"),
    [
        ("ko", "지역 목록에 ‘atlantis’ 값이 없습니다"),
        ("en", "There is no region “atlantis”"),
    ],
)
def test_a_wrong_filter_is_named_and_explained(client, language, explained):
    text = markup(client, "?region=atlantis", language)
    assert "atlantis" in text
    assert explained in text
    assert entries(text) == {}
    assert client.get(f"/{language}/timeline.csv?region=atlantis").status_code == 400


def test_the_file_opens_in_spreadsheets_and_runs_nothing(client):
    made = factories.statement(Kind.TASK, text_ko="@25")
    with factories.an_open_gate():
        factories.event_of(made, title_ko="=1+1", title_en="+x", quote="@25").save()
    body = content(client.get("/ko/timeline.csv"))
    assert body.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in body
    row = next(row for row in csv_rows(client) if row["code"] == made.code)
    assert (row["title_ko"], row["title_en"]) == ("'=1+1", "'+x")
    assert row["quote"] == "'@25"
    assert (row["start"], row["end"]) == ("2026-03-01", "2026-03-31")
    assert (row["precision"], row["tentative"]) == ("month", "false")


def test_the_drawing_repeats_the_list_and_is_hidden_from_screen_readers(client):
    text = markup(client)
    for drawing in re.findall(r'<svg class="lanes".*?</svg>', text, re.DOTALL):
        assert 'aria-hidden="true"' in drawing
        assert "<a" not in drawing
        assert "role=" not in drawing
    caption = re.search(r"<table.*?<caption>(.+?)</caption>", text, re.DOTALL)
    assert "does not show importance" in caption[1]
    listed = Event.objects.first_mentions().count()
    assert text.count('<th scope="row">') == listed


def test_in_the_drawing_nothing_covers_anything_and_nothing_is_lost():
    events = list(Event.objects.prefetch_related("statement__themes"))
    months, years = months_drawing(events, DAY), years_drawing(events, DAY)
    drawn = [mark for lane in months.lanes for mark in lane.marks]
    spans = [mark for lane in years.lanes for mark in lane.marks]
    assert len(drawn) + len(spans) == len(events)
    assert {mark.event.precision for mark in spans} == {"year"}
    for mark in drawn:
        assert mark.reach[0] >= 0 and mark.reach[1] <= months.width
    for lane in months.lanes:
        for mark in lane.marks:
            for other in lane.marks:
                apart = mark.reach[1] < other.reach[0] or other.reach[1] < mark.reach[0]
                assert mark is other or mark.y != other.y or apart


def test_an_event_of_a_day_and_one_of_no_theme_are_drawn():
    made = factories.statement(Kind.PART, themes=[])
    event = factories.event_of(
        made, start=date(2026, 3, 9), end=date(2026, 3, 9), precision="day"
    )
    with factories.an_open_gate():
        event.save()
    drawing = months_drawing(Event.objects.filter(pk=event.pk), DAY)
    (lane,) = drawing.lanes
    assert lane.name in ("주제 없음", "No theme")
    assert lane.marks[0].length == 0
    assert years_drawing([event], DAY) is None


def segments(path: str) -> list[tuple[int, int, int]]:
    """Of each straight piece its x, its top and its bottom."""
    found = re.findall(r"M(\d+) (\d+)V(\d+)", path)
    return [tuple(map(int, piece)) for piece in found]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_lines_of_years_and_today_do_not_cross_words_or_bars(language):
    events = list(Event.objects.prefetch_related("statement__themes"))
    with override(language):
        drawings = months_drawing(events, DAY), years_drawing(events, DAY)
    broken = 0
    for drawing in drawings:
        assert drawing.today_line
        paths = [path for _x, _year, path in drawing.ticks]
        for path in (*paths, drawing.today_line[1]):
            broken += len(segments(path)) > 1
            for x, top, bottom in segments(path):
                for mark in (mark for lane in drawing.lanes for mark in lane.marks):
                    is_there = mark.reach[0] < x < mark.reach[1]
                    assert not (is_there and top < mark.y < bottom)
    assert broken


def stop_clock(monkeypatch, day: date) -> None:
    now = timezone.make_aware(datetime.combine(day, time(12)))
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.mark.parametrize(
    ("language", "told"),
    [("ko", "오늘: 2025년 9월 15일"), ("en", "Today: September 15, 2025")],
)
def test_a_line_is_between_what_began_and_what_is_to_come(
    client, monkeypatch, language, told
):
    stop_clock(monkeypatch, DAY)
    text = markup(client, language=language)
    before, _line, after = text.partition('<li class="today">')
    assert told in after
    ids = {event.public_id: event for event in Event.objects.first_mentions()}
    starts = [
        [ids[found].start for found in re.findall(r'id="e(\w+)"', part)]
        for part in (before, after)
    ]
    assert max(starts[0]) <= DAY < min(starts[1])
    assert text.count('id="y2025"') == 1


def passed_page(client, language: str = "en") -> str:
    return client.get(f"/{language}/timeline/passed/").content.decode()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_dates_that_have_passed_are_listed_newest_first(client, monkeypatch, language):
    stop_clock(monkeypatch, DAY)
    text = passed_page(client, language)
    listed = [*entries(text)]
    planned = Event.objects.filter(nature=Nature.PLANNED, end__lt=DAY).first_mentions()
    assert set(listed) == {event.pk for event in planned}
    ends = [Event.objects.get(pk=pk).end for pk in listed]
    assert ends == sorted(ends, reverse=True)
    nothing = {"ko": "결과 기록 없음", "en": "No outcome recorded"}[language]
    assert text.count(f">{nothing}<") == len(listed) > 0
    neutral = {"ko": "말하지 않습니다", "en": "says nothing about whether"}[language]
    assert neutral in text
    desk = passed_dates(DAY).filter(nature=Nature.PLANNED).first_mentions()
    assert {event.pk for event in desk} == set(listed)
    assert f"/{language}/timeline/passed/" in Page(markup(client, "", language)).links


def test_what_staff_recorded_is_shown_with_a_date_that_has_passed(client, monkeypatch):
    stop_clock(monkeypatch, DAY)
    first, second = Event.objects.passed(Nature.PLANNED).first_mentions()[:2]
    with factories.an_open_gate():
        Event.objects.filter(pk=first.pk).update(
            outcome_ko="열림", outcome_en="It was held", outcome_evidence="https://x.kr"
        )
        StatusUpdate.objects.create(
            statement=second.statement,
            status=Status.COMPLETED,
            as_of=second.end,
            note_ko="끝남",
            note_en="Note of staff",
            evidence="https://y.kr",
            by=member("editor"),
        )
    text = passed_page(client)
    assert "It was held" in text
    assert "Note of staff" in text
    n_events = Event.objects.passed(Nature.PLANNED).first_mentions().count()
    of_second = Event.objects.passed(Nature.PLANNED).filter(statement=second.statement)
    told = text.count(">No outcome recorded<")
    assert told == n_events - 1 - of_second.count()
    assert told == markup(client).count(">No outcome recorded<")


def test_a_plan_is_no_past_date_on_its_last_day_in_seoul(client, monkeypatch):
    event = Event.objects.filter(nature=Nature.PLANNED).first_mentions().first()
    stop_clock(monkeypatch, event.end)
    assert event.pk not in entries(passed_page(client))
    stop_clock(monkeypatch, event.end + timedelta(days=1))
    assert event.pk in entries(passed_page(client))
