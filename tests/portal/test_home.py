"""The home page: short, light, and every number of it leads to as many statements."""

import gzip
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from explorer.query import statement_filterset
from statements.gate import Note, gate
from statements.models import Link, Region, Statement
from tests.support import factories, rows

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
LANGUAGES = ("ko", "en")
NUMBER = r"[^<]*</span>\s*<b>(\d+)<"


def home(client, language: str) -> str:
    return client.get(f"/{language}/").content.decode()


def numbers(text: str) -> dict[str, str]:
    """What tiles and themes print, by the query that their pages answer."""
    pattern = rf'/(region|theme)s/([\w-]+)/">\s*<span[^>]*>{NUMBER}'
    return {f"{name}={slug}": count for name, slug, count in re.findall(pattern, text)}


def test_tiles_and_themes_print_what_their_links_lead_to(client, rf):
    printed = numbers(home(client, "ko"))
    assert printed == numbers(home(client, "en"))
    assert len(printed) == Region.objects.count() + 8
    for query, count in printed.items():
        request = rf.get(f"/ko/statements/?{query}")
        request.data_version = None
        assert statement_filterset(request).qs.count() == int(count), query


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_leads_to_goals_links_and_sources(client, language):
    text = home(client, language)
    for number in range(1, 6):
        assert f'href="/{language}/goals/{number}/"' in text
        assert f'href="/{language}/continuity/?goal={number}"' in text
    for slug in ("goals", "report-2025"):
        assert f'href="/{language}/sources/{slug}/"' in text
    assert 'role="search"' in text
    assert str(Link.objects.count()) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_is_light(client, language):
    assert len(gzip.compress(client.get(f"/{language}/").content)) <= 25_000


def test_what_changed_appears_once_something_has(client):
    assert 'id="changes"' not in home(client, "ko")
    with gate(factories.staff_member(), Note(ko="오타를 고침", en="A slip mended")):
        rows.save(rows.statement("G1.C1"), text_en="A better translation")
    assert "오타를 고침" in home(client, "ko")
    assert "A slip mended" in home(client, "en")


def test_the_home_page_takes_no_more_queries_as_the_corpus_grows(client):
    def queries() -> int:
        home(client, "en")
        with CaptureQueriesContext(connection) as captured:
            home(client, "en")
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
