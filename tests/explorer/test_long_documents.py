"""Pages of documents of any length: none is long, and nothing is left out of them."""

import re

import pytest

from statements.models import Kind, Paragraph, Statement
from tests.support import factories

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine, pytest.mark.unmeasured]

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


def pages_of(client, path: str) -> list[str]:
    """The page, the next one, and so on to the last."""
    pages, query = [], ""
    while True:
        answer = client.get(f"{path}{query}")
        assert answer.status_code == 200
        pages.append(answer.content.decode())
        assert len(answer.content) <= MOST, (path, query)
        further = NEXT.search(pages[-1])
        if not further:
            return pages
        query = further[1].replace("&amp;", "&")


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
