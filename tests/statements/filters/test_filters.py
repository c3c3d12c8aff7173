"""Filters: combined, in the address, explained when wrong, and safe with any input."""

import random
from urllib.parse import urlencode

import pytest

from achievements.views import TaskFilter
from statements.models import (
    COUNTED_KINDS,
    DataVersion,
    Kind,
    LinkState,
    PartNature,
    Statement,
)
from tests.support import factories
from tests.support.crawling import Page
from tests.support.rows import save
from tests.support.years.report import later_report

pytestmark = pytest.mark.django_db
LISTS = ("achievements", "tasks", "statements", "timeline", "figures")


def codes(client, path: str, **query) -> set[str]:
    answer = client.get(f"/ko/{path}/", query)
    assert answer.status_code == 200
    return {statement.code for statement in answer.context["filter"].qs}


def tagged(statement: Statement, field: str) -> set[str]:
    return {term.slug for term in getattr(statement, field)}


def test_lists_hold_all_achievements_and_tasks_unfiltered(client):
    assert len(codes(client, "achievements")) == 27
    assert len(codes(client, "tasks")) == 52
    counted = Statement.objects.of_kinds(*COUNTED_KINDS).count()
    assert len(codes(client, "statements")) == counted == 145


def tasks_found(rf, **query) -> set[str]:
    """What the tasks' filter finds, without the page around it."""
    request = rf.get("/ko/tasks/", query)
    request.data_version = DataVersion.current()
    tasks = Statement.objects.published().filter(nature=PartNature.TASKS)
    tasks = tasks.of_kinds(*COUNTED_KINDS)
    return {task.code for task in TaskFilter(request.GET, tasks, request=request).qs}


def test_every_region_and_theme_gives_just_what_is_tagged_with_them(client, rf):
    tasks = Statement.objects.filter(nature=PartNature.TASKS)
    tasks = list(tasks.of_kinds(*COUNTED_KINDS).with_tags())
    regions = {slug for task in tasks for slug in tagged(task, "region_list")}
    themes = {slug for task in tasks for slug in tagged(task, "theme_list")}
    for region in regions:
        expected = {t.code for t in tasks if region in tagged(t, "region_list")}
        assert codes(client, "tasks", region=region) == expected
        assert tasks_found(rf, region=region) == expected
        for theme in themes:
            both = {t.code for t in tasks if t.code in expected} & {
                t.code for t in tasks if theme in tagged(t, "theme_list")
            }
            assert tasks_found(rf, region=region, theme=theme) == both


def test_values_of_one_filter_widen_and_filters_together_narrow(client):
    one = codes(client, "tasks", region="africa")
    other = codes(client, "tasks", region="central-asia")
    assert codes(client, "tasks", region=["africa", "central-asia"]) == one | other
    theme = codes(client, "tasks", theme="economic-security")
    narrowed = codes(client, "tasks", region="africa", theme="economic-security")
    assert narrowed == one & theme


def test_countries_and_kinds_filter(client):
    assert "2025.T4.2.2" in codes(client, "tasks", country="czechia")
    assert codes(client, "tasks", kind="note") == {"2025.T3.3.2.1"}
    assert len(codes(client, "achievements", kind="heading")) == 7
    assert len(codes(client, "tasks", kind=["chapter", "heading"])) == 23


def test_a_goal_finds_what_stands_under_it_and_what_is_linked_with_it(client):
    linked = Statement.objects.filter(
        kind=Kind.TASK, links_to_later__later__root__code="G5"
    )
    expected = set(linked.values_list("code", flat=True))
    assert expected
    assert codes(client, "tasks", goal="5") == expected
    assert "G5.O1" in codes(client, "statements", goal="5")


def test_a_goal_finds_what_a_later_document_says_of_it(client):
    achievement = later_report().achievements[0]
    [link] = factories.link([achievement], [Statement.objects.get(code="G5.C1")])
    assert achievement.code in codes(client, "statements", goal="5")
    with factories.an_open_gate():
        save(link, state=LinkState.REJECTED)
    assert achievement.code not in codes(client, "statements", goal="5")


def test_words_are_found_in_both_languages_and_codes_too(client):
    assert "2025.T4.2.2" in codes(client, "statements", q="두코바니")
    assert "2025.T4.2.2" in codes(client, "statements", q="Dukovany")
    assert codes(client, "statements", q="g3.c2") == {"G3.C2"}
    assert "G1.C1.1" in codes(client, "statements", q="현대화")


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    ("language", "explained"),
    [
        ("ko", "지역 목록에 ‘atlantis’ 값이 없습니다"),
        ("en", "There is no region “atlantis”"),
    ],
)
def test_an_invalid_value_is_named_and_explained(client, path, language, explained):
    answer = client.get(f"/{language}/{path}/", {"region": "atlantis"})
    assert answer.status_code == 200
    page = Page(answer.content.decode())
    assert "atlantis" in page.text
    assert explained in page.text


@pytest.mark.parametrize("path", LISTS)
def test_what_is_filtered_by_is_shown_and_can_be_taken_away(client, path):
    query = urlencode(
        {"region": ["africa", "europe"], "theme": "economic-security"}, doseq=True
    )
    page = Page(client.get(f"/en/{path}/?{query}").content.decode())
    assert "?region=europe&theme=economic-security" in page.links
    assert "?region=africa&region=europe" in page.links


def test_zero_results_are_explained(client):
    query = {"region": "africa", "theme": "consular-protection"}
    page = Page(client.get("/en/tasks/", query).content.decode())
    assert "2025.T" not in "".join(h for h in page.links if "/statements/" in h)
    assert "filter" in page.text.lower()


def test_pages_of_results_keep_the_filters(client):
    page = Page(
        client.get("/ko/statements/?theme=bilateral-relations").content.decode()
    )
    assert any("page=2" in h and "theme=bilateral" in h for h in page.links)


ODD = [
    *(
        "\x00",
        "%00",
        "'",
        '"',
        ";",
        "--",
        "\\",
        "%",
        "_",
        "é",
        "😀",
        "한미",
        "▴",
        "<b>",
    ),
    *("-1", "0", "1", "99999999999999999999", "1e9", "None", "", " ", "africa", "task"),
    *("‮", "\ud7ff", "a" * 300, "G1", "2025", "../..", "(", "[", "*", "OR 1=1"),
]
NAMES = (
    *("q", "kind", "year", "region", "theme", "country", "goal", "document"),
    *("page", "sort", "status", "dated", "page_size", "nonsense"),
)


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    "count", [40, pytest.param(500, marks=pytest.mark.audit, id="500")]
)
def test_random_query_strings_never_fail(client, path, count):
    chance = random.Random(path)
    for _ in range(count):
        query = [
            (chance.choice(NAMES), "".join(chance.choices(ODD, k=chance.randint(1, 2))))
            for _ in range(chance.randint(1, 4))
        ]
        answer = client.get(f"/en/{path}/?{urlencode(query)}")
        assert answer.status_code in (200, 302, 404), query
