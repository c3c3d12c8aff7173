"""Pages of documents of any length: none is long, and nothing is left out of them."""

import re

import pytest

from explorer.continuity.link_pages import LINKS_PER_PAGE
from statements.models import GlossaryTerm, Kind, Paragraph, Statement
from tests.support import factories

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine, pytest.mark.unmeasured]

ACHIEVED = Kind.ACHIEVEMENT
#: Bytes of HTML.
MOST = 300_000
NEXT = re.compile(r'href="(\?[^"]*)" rel="next"')
CODES = re.compile(r'/en/statements/([^/"]+)/"')


@pytest.fixture
def long_report() -> list[str]:
    """The codes of a report's statements, one of which has very many below it."""
    factories.report_heading_with(350)
    statements = Statement.objects.filter(document__slug="report-2025")
    return list(statements.values_list("code", flat=True))


def pages_of(client, path: str, query: str = "") -> list[str]:
    """The page, the next one, and so on to the last."""
    pages = []
    while True:
        answer = client.get(f"{path}{query}")
        assert answer.status_code == 200
        pages.append(answer.content.decode())
        assert len(answer.content) <= MOST, (path, query)
        further = NEXT.search(pages[-1])
        if not further:
            return pages
        query = further[1].replace("&amp;", "&")


def codes_in(pages: list[str]) -> set[str]:
    return {code for page in pages for code in CODES.findall(page)}


def test_every_statement_of_a_long_report_is_on_one_of_its_pages(client, long_report):
    for name in ("compare/", ""):
        pages = pages_of(client, f"/en/sources/report-2025/{name}")
        found = [code for page in pages for code in set(CODES.findall(page))]
        assert set(long_report) <= set(found), name
        assert len(pages) > 2


def test_every_paragraph_stands_once(client, long_report):
    pages = pages_of(client, "/en/sources/report-2025/")
    found = [n for page in pages for n in re.findall(r'<li id="p(\d+)"', page)]
    ordinals = Paragraph.objects.filter(document__slug="report-2025").public()
    assert list(map(int, found)) == list(ordinals.values_list("ordinal", flat=True))


def test_lists_of_a_report_and_of_what_is_not_linked_are_cut(client, long_report):
    achievements = Statement.objects.filter(code__in=long_report, kind=Kind.ACHIEVEMENT)
    year = achievements.order_by("-year")[0].year
    pages = pages_of(client, "/en/achievements/")
    found = {code for page in pages for code in CODES.findall(page)}
    of_year = achievements.filter(year=year).values_list("code", flat=True)
    assert len(of_year) >= 350
    assert set(of_year) <= found
    assert len(pages_of(client, "/en/continuity/unlinked/")) > 1


def test_a_statement_leads_to_the_page_that_has_it_side_by_side(client, long_report):
    last = Statement.objects.filter(code__in=long_report).order_by("-sort_key")[0]
    page = client.get(f"/en/statements/{last.code}/").content.decode()
    [address] = re.findall(rf'href="([^"]*/compare/[^"]*)#{last.code}"', page)
    assert "?page=" in address
    assert f'id="{last.code}"' in client.get(address).content.decode()


def test_every_other_page_is_short_too(client, long_report):
    for path in ("", "goals/", "statements/", "timeline/", "figures/", "glossary/"):
        pages_of(client, f"/en/{path}")
    for path in ("continuity/", "topics/", "themes/economic-security/", "changes/"):
        pages_of(client, f"/en/{path}")
    for path in ("data/", "sources/", "words/?q=text", "continuity/?goal=1"):
        assert len(client.get(f"/en/{path}").content) <= MOST, path


def test_every_link_of_a_goal_and_of_none_is_on_one_of_the_pages(client):
    goal = factories.goal_with(70)
    others = [factories.report_heading_with(70, kind) for kind in (Kind.TASK, ACHIEVED)]
    ends = [list(heading.children.all()) for heading in others]
    factories.link(*ends)
    pages = pages_of(client, "/en/continuity/")
    assert {one.code for one in ends[0] + ends[1]} <= codes_in(pages)
    of_goal = pages_of(client, "/en/continuity/", f"?goal={goal.number}")
    key_contents = goal.descendants.filter(kind=Kind.KEY_CONTENT)
    assert {one.code for one in key_contents} <= codes_in(of_goal)
    assert len(pages) > 1 < len(of_goal)


def test_a_statement_with_very_many_links_leads_to_its_page_for_the_rest(client):
    task = factories.statement(Kind.TASK)
    others = list(factories.report_heading_with(90).children.all())
    factories.link([task] * 90, others)
    pages = pages_of(client, "/en/continuity/")
    [whole] = [page for page in pages if f"from-{task.code}" in page]
    assert f"30 more on the page of {task.code}" in whole
    assert whole.count('<th scope="row"><a class="code"') == LINKS_PER_PAGE


def test_goals_of_many_documents_are_on_further_pages(client):
    goals = [factories.statement(Kind.GOAL) for _number in range(30)]
    pages = pages_of(client, "/en/continuity/")
    listed = {key for page in pages for key in re.findall(r'href="\?goal=(\d+)"', page)}
    assert {str(goal.number) for goal in goals} <= listed
    assert len(pages) > 1


def test_very_many_terms_are_on_pages_and_on_those_of_their_letters(client):
    with factories.an_open_gate():
        GlossaryTerm.objects.bulk_create(
            GlossaryTerm(
                korean=f"가늠{number}",
                english=f"Measure {number}",
                category="concept",
                position=1_000 + number,
                is_established=True,
            )
            for number in range(400)
        )
    for path, count in (("", 3), ("m/", 2)):
        pages = pages_of(client, f"/en/glossary/{path}")
        assert len(pages) == count
        found = {n for page in pages for n in re.findall(r'id="t(1\d{3})"', page)}
        assert len(found) == 400
