"""The home page: short, light, and every number of it leads to as many statements.

Events, figures and entries are chosen by a rule, which later documents follow too.
"""

import gzip
import re
from datetime import date, timedelta
from functools import partial
from html import unescape

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from explorer.query import statement_filterset
from portal.home.goal_panels import FEWEST_TAGGED
from portal.home.named_facts import FACTS_NAMED
from portal.home.views import COUNTRIES_LISTED
from portal.plain_language import plain_summary
from statements.gate import Note, gate
from statements.models import Event, Region, Statement, Theme
from statements.models.kinds import Nature
from tests.support import factories, rows

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
LANGUAGES = ("ko", "en")
#: A number with the address that it stands in or after, without words that are unseen.
NUMBER_LINKED = re.compile(
    r'<a href="(?P<at>/\w\w/(?:statements/\?|regions/|countries/)[^"]+)"[^>]*>'
    r"(?:[^<]*</a> <b>|<span class=\"vh\">[^<]*</span> )(?P<n>\d+)<"
)


def home_text(client, language: str) -> str:
    return unescape(client.get(f"/{language}/").content.decode())


def printed_counts(text: str) -> dict[str, int]:
    """The numbers of the page by the query that search answers with as many."""
    counts = {}
    plain = re.sub(r"<span(?: class=\"held\")?>([^<]*)</span>", r"\1", text)
    plain = re.sub(r"<span>([^<]*)</span>", r"\1", plain)
    for found in NUMBER_LINKED.finditer(plain):
        path, _, query = found["at"].partition("?")
        sort, slug = path.split("/")[2:4]
        name = {"regions": "region", "countries": "country"}.get(sort)
        counts[f"{name}={slug}" if name else query] = int(found["n"])
    return counts


def test_every_number_is_what_its_link_leads_to(client, rf):
    printed = printed_counts(home_text(client, "ko"))
    assert printed == printed_counts(home_text(client, "en"))
    of_themes = [query for query in printed if query.startswith("theme=")]
    assert len(of_themes) == 4 * Theme.objects.count()
    assert 0 in printed.values()
    assert len(printed) == len(of_themes) + Region.objects.count() + COUNTRIES_LISTED
    for query, count in printed.items():
        request = rf.get(f"/ko/statements/?{query}")
        request.data_version = None
        assert statement_filterset(request).qs.count() == count, query


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_leads_to_goals_dossiers_and_sources(client, language):
    text = home_text(client, language)
    for number in range(1, 6):
        assert f'href="/{language}/goals/{number}/"' in text
    for slug in ("goals", "report-2025"):
        assert f'href="/{language}/sources/{slug}/"' in text
    assert text.count('role="search"') == 1


def test_a_goal_is_entered_by_the_countries_and_themes_that_it_has_most(client):
    panels = client.get("/ko/").context["panels"]
    entries = {p.goal.code: [one.slug for one in p.entries] for p in panels}
    assert entries["G1"] == ["united-states", "japan", "china", "russia"]
    assert entries["G4"] == ["north-korea", "united-states", "north-korea-nuclear"]
    for code, slugs in entries.items():
        under = Statement.objects.published().filter(root__code=code)
        for slug in slugs:
            tagged = Q(countries__slug=slug) | Q(themes__slug=slug)
            assert under.filter(tagged).distinct().count() >= FEWEST_TAGGED


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_panel_has_the_words_of_the_summary_without_its_glosses(client, language):
    points = [s["points"][0]["text"] for s in plain_summary(language)["sections"][:5]]
    panels = client.get(f"/{language}/").context["panels"]
    assert len(panels) == 5
    for panel, point in zip(panels, points, strict=True):
        assert point.startswith(panel.sentence) and len(panel.sentence) > 20
        assert "(" not in panel.sentence


def test_events_and_figures_are_those_that_were_reported(client):
    context = client.get("/en/").context
    events, figures = list(context["events"]), list(context["figures"])
    assert len(events) == len(figures) == FACTS_NAMED
    reported = Event.objects.filter(nature=Nature.REPORTED)
    assert {fact.nature for fact in (*events, *figures)} == {Nature.REPORTED}
    least = min(event.start for event in events)
    assert not {e.pk for e in reported.filter(start__gt=least)} - {e.pk for e in events}
    assert len({figure.statement_id for figure in figures}) == len(figures)
    for figure in figures:
        of_statement = figure.statement.figures.filter(nature=Nature.REPORTED)
        assert figure.value == max(of_statement.values_list("value", flat=True))


def test_a_plan_has_passed_on_the_day_after_its_last(client):
    passed = partial(Event.objects.passed, Nature.PLANNED)
    plan = passed(today=date.max)[0]
    before, after = passed(today=plan.end), passed(today=plan.end + timedelta(1))
    assert plan not in before and plan in after
    assert {event.nature for event in after} == {Nature.PLANNED}


def test_home_counts_the_passed_plans_that_their_page_lists(client):
    told = re.search(r'/en/timeline/passed/">(\d+) plan', home_text(client, "en"))[1]
    assert int(told) == len(client.get("/en/timeline/passed/").context["events"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_is_light(client, language):
    assert len(gzip.compress(client.get(f"/{language}/").content)) <= 25_000


def test_what_changed_appears_once_something_has(client):
    assert 'id="changes"' not in home_text(client, "ko")
    with gate(factories.staff_member(), Note(ko="오타를 고침", en="A slip mended")):
        rows.save(rows.statement("G1.C1"), text_en="A better translation")
    assert "오타를 고침" in home_text(client, "ko")
    assert "A slip mended" in home_text(client, "en")


def test_the_home_page_takes_no_more_queries_as_the_corpus_grows(client):
    def queries() -> int:
        home_text(client, "en")
        with CaptureQueriesContext(connection) as captured:
            home_text(client, "en")
        return len(captured)

    before = queries()
    factories.report_heading_with(40)
    factories.goal_with(10)
    assert Statement.objects.count() > 182
    assert queries() == before <= 14


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["goals/", "goals/3/"])
def test_goals_show_their_parts_and_that_no_status_is_known(client, language, path):
    text = client.get(f"/{language}/{path}").content.decode()
    said = {"ko": "기록 없음", "en": "Not recorded"}[language]
    assert f'<strong class="no-data">{said}</strong>' in text
    assert "counts-links" in text
