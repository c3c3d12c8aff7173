"""A statement's page says what later documents say about it, and what it answers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from statements.models import LinkState, Statement
from statements.pages.stages import link_sections
from tests.support import factories
from tests.support.crawling import Page
from tests.support.rows import save, statement
from tests.support.years.report import later_report

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

SAID_LATER = {
    "ko": "이후 문서의 관련 항목",
    "en": "Related statements in later documents",
}
NOTHING = {
    "ko": "이후 문서에는 연결된 항목이 없습니다(정책이 끝났다는 뜻은 아닙니다)",
    "en": (
        "No related statement in later documents. This does not mean the policy ended."
    ),
}


def sections(one: Statement) -> list[tuple[str, dict[str, list[str]]]]:
    with override("en"):
        return [
            (
                section.title,
                {
                    f"{stage.label}, {stage.document}": [e.statement.code for e in ends]
                    for stage, ends in section.stages
                },
            )
            for section in link_sections(one)
        ]


def test_links_stand_by_stage_with_their_edition():
    report = later_report()
    task, achievement = statement("2025.T1.1.1"), report.achievements[0]
    factories.link([achievement, report.tasks[0]], [task, task])
    _earlier, (_later, said) = sections(task)
    assert list(said)[-2:] == [
        "Achievements (through 2025), Report on 2026",
        "2026 tasks, Report on 2026",
    ]
    assert list(said.values())[-2:] == [["2025.A1.1"], ["2026.T1.1"]]
    assert sections(achievement) == [
        (
            "Earlier related tasks and other statements",
            {"2025 tasks, Report on 2025": ["2025.T1.1.1"]},
        ),
        ("Later related statements", {}),
    ]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_task_says_if_nothing_is_recorded_of_it_later(client, language):
    report = later_report()
    path = f"/{language}/statements/2026.T1.1/"
    text = client.get(path).content.decode()
    assert SAID_LATER[language] in text
    assert NOTHING[language] in text
    assert not Page(text).in_wrong_language(language)
    [link] = factories.link(report.tasks[:1], report.achievements[:1])
    earlier = client.get(f"/{language}/statements/2025.A1.1/").content.decode()
    assert "2026.T1.1" in earlier
    with factories.an_open_gate():
        save(link, state=LinkState.REJECTED)
    assert NOTHING[language] in client.get(path).content.decode()


def test_a_point_shows_what_there_is_and_says_once_if_there_is_nothing():
    [(title, stages)] = sections(statement("G1.C1.1"))
    assert (title, stages) == ("Related statements in later documents", {})


def test_the_page_takes_as_many_queries_however_many_links(client):
    def queries() -> int:
        client.get("/en/statements/2025.T1.1.1/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/en/statements/2025.T1.1.1/").status_code == 200
        return len(captured)

    report, before = later_report(n_items=6), queries()
    task = statement("2025.T1.1.1")
    factories.link(report.achievements + report.tasks, [task] * 12)
    assert queries() == before
