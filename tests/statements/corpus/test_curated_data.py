"""Tags, links, events and figures fit the statements they are about. No database."""

import json
import re
from calendar import monthrange
from collections import Counter
from datetime import date

import pytest
from django.conf import settings

from statements.corpus.checks.facts import (
    MONTH_NAMES,
    countries_in,
    dates_in,
    numbers_ko,
)
from statements.corpus.curated import Curated

pytestmark = pytest.mark.any_engine

FIXTURES = settings.FIXTURE_DIRS[0]
CURATED = Curated(FIXTURES / "curated")
TAGS = CURATED.tags()
LINKS = CURATED.table("links")
EVENTS = CURATED.table("events")
FIGURES = CURATED.table("figures")
STATEMENTS = {
    row["fields"]["code"]: row["fields"]
    for row in json.loads((FIXTURES / "statements.json").read_text("utf-8"))
}


def korean(code):
    statement = STATEMENTS[code]
    return f"{statement['title_ko']}\n{statement['text_ko']}"


def kind(code):
    return STATEMENTS[code]["kind"]


def is_achievement(code):
    return STATEMENTS[code]["year"] == 2024


# English


def test_every_korean_text_has_its_english_and_nothing_else_has():
    for statement in STATEMENTS.values():
        for field in ("title", "text", "editor_note"):
            assert bool(statement[f"{field}_ko"]) == bool(statement[f"{field}_en"])
    assert CURATED.english().keys() == STATEMENTS.keys()


# Tags


def test_every_statement_is_tagged_once():
    assert [row["code"] for row in CURATED.table("tags")] == list(STATEMENTS)
    assert len(STATEMENTS) == 182


@pytest.mark.parametrize(
    ("column", "term_kind"),
    [("regions", "region"), ("countries", "country"), ("themes", "theme")],
)
def test_tags_are_terms_of_the_vocabulary_each_once(column, term_kind):
    rows = CURATED.table("vocabulary")
    known = {row["slug"] for row in rows if row["kind"] == term_kind}
    for code, tags in TAGS.items():
        assert set(tags[column]) <= known, code
        assert len(tags[column]) == len(set(tags[column])), code


def test_every_statement_has_a_region_and_one_to_three_themes():
    for code, tags in TAGS.items():
        fewest = 0 if kind(code) in ("part", "chapter") else 1
        assert tags["regions"], code
        assert fewest <= len(tags["themes"]) <= 3, code


def test_a_country_brings_its_region():
    region = {
        row["slug"]: row["parent"]
        for row in CURATED.table("vocabulary")
        if row["kind"] == "country"
    }
    for code, tags in TAGS.items():
        assert {region[slug] for slug in tags["countries"]} <= set(tags["regions"]), (
            code
        )


def test_every_country_that_is_named_is_tagged():
    for code, tags in TAGS.items():
        assert countries_in(korean(code)) <= set(tags["countries"]), code


# Links

LINKED = {
    "key-content": ("task", "achievement", "heading"),
    "task": ("achievement",),
    "heading": ("achievement", "heading"),
}
GOVERNMENTS = re.compile(
    r"윤석열|이재명|정권|(?:이전|지난|새|전|현) 정부|정부[가의는]"
    r"|Yoon|Lee Jae|(?:previous|former|last|current|new) (?:government|administration)"
    r"|(?:government|administration)'s",
    re.IGNORECASE,
)


def test_links_run_from_the_later_to_the_earlier_document():
    for link in LINKS:
        assert kind(link["earlier"]) in LINKED[kind(link["later"])], link


def test_no_two_statements_are_linked_twice():
    ends = [frozenset((link["later"], link["earlier"])) for link in LINKS]
    assert len(ends) == len(set(ends))


REASON_BEGINS = {
    "same-subject": {"ko": "공통점: ", "en": "In common: "},
    "continues": {"ko": "근거: ", "en": "Basis: "},
}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_links_say_what_is_in_common_or_what_continues(language):
    for link in LINKS:
        reason = link[f"rationale_{language}"]
        assert reason.startswith(REASON_BEGINS[link["relation"]][language]), link
        assert reason.endswith("."), link


def test_a_rationale_speaks_of_texts_never_of_governments():
    for link in LINKS:
        assert not GOVERNMENTS.search(link["rationale_ko"] + link["rationale_en"]), link


def test_a_link_that_continues_quotes_its_later_text():
    for link in LINKS:
        if link["relation"] == "continues":
            begins = (f"근거: {link['later']}", f"Basis: {link['later']} says")
            for language, start in zip(("ko", "en"), begins, strict=True):
                assert link[f"rationale_{language}"].startswith(start), link


# Events


def test_every_month_date_of_the_report_is_one_event():
    month_date = re.compile(r"\d\d\.\d{1,2}(?:-\d{1,2})?월")
    report = FIXTURES / "sources" / CURATED.documents()["report-2025"]["file"]
    in_source = Counter(month_date.findall(report.read_text("utf-8")))
    quoted = Counter(
        event["quote"] for event in EVENTS if month_date.fullmatch(event["quote"])
    )
    assert quoted == in_source
    assert quoted.total() == 26


def test_every_date_of_a_statement_is_one_event():
    """But the year in a part's title, and one that figures are compared with."""
    quoted = Counter(
        (event["statement"], *dates_in(event["quote"])) for event in EVENTS
    )
    mentioned = Counter(
        (code, mention)
        for code in STATEMENTS
        if kind(code) != "part"
        for mention in dates_in(re.sub(r"\d\d년 대비", "", korean(code)))
    )
    assert quoted == mentioned


def test_events_and_figures_quote_their_statement():
    for fact in EVENTS + FIGURES:
        assert fact["quote"] in korean(fact["statement"]), fact


def test_events_last_as_long_as_their_quote_says():
    for event in EVENTS:
        first, last = span(*dates_in(event["quote"]))
        assert (event["start"], event["end"]) == (first.isoformat(), last.isoformat())
        assert event["precision"] == ("month" if "월" in event["quote"] else "year")


def span(written: str) -> tuple[date, date]:
    """The first and the last day of "May 2024", "April-October 2025", "2024-2025"."""
    years = [int(year) for year in re.findall(r"\d{4}", written)]
    months = [
        MONTH_NAMES.index(name) for name in re.findall("[A-Z][a-z]+", written)
    ] or [
        1,
        12,
    ]
    last_day = monthrange(years[-1], months[-1])[1]
    return date(years[0], months[0], 1), date(years[-1], months[-1], last_day)


def test_achievements_date_what_is_reported_and_plans_stand_elsewhere():
    for event in EVENTS:
        natures = ("reported", "in-effect", "planned")
        if is_achievement(event["statement"]):
            natures = ("reported",)
        assert event["nature"] in natures, event


def test_only_what_the_source_calls_tentative_is():
    for event in EVENTS:
        assert (event["tentative"] == "true") == ("잠정" in event["quote"]), event


def test_a_place_is_named_in_both_languages_and_in_the_statement():
    for event in EVENTS:
        assert bool(event["place_ko"]) == bool(event["place_en"]), event
        assert event["place_ko"] in korean(event["statement"]), event


# Figures


def test_a_figure_has_the_value_of_its_quote():
    for figure in FIGURES:
        assert figure["value"] in numbers_ko(figure["quote"]), figure


def test_events_and_figures_are_named_in_both_languages():
    for event in EVENTS:
        assert event["title_ko"] and event["title_en"], event
    for figure in FIGURES:
        assert figure["label_ko"] and figure["label_en"], figure
        assert figure["unit_ko"] and figure["unit_en"], figure
