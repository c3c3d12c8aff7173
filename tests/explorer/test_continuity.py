"""Links across time: each as recorded, what has none, the picture and the file."""

import csv
import io
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from explorer.continuity.flow_layout import COLUMN_EDGES, lay_out_flow
from explorer.continuity.queries import (
    CONTINUITY_KINDS,
    continuity_stage,
    links_of_goal,
)
from statements.gate import Note, gate
from statements.models import Kind, Link, LinkState, Statement
from tests.support import factories
from tests.support.reading_outputs import content

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
LANGUAGES = ("ko", "en")
GOALS = (1, 2, 3, 4, 5)
QUERIES = ("", *(f"?goal={number}" for number in GOALS))
TABLE_ROW = re.compile(r"<tr>\s*(<th scope=\"row\">.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<t[hd].*?>(.*?)</t[hd]>", re.DOTALL)
BOX = re.compile(r"<li class=\"rows-\d+\">\s*<a href=\"([^\"]+)\"")


def page(client, language: str, query: str = "") -> str:
    answer = client.get(f"/{language}/continuity/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def words(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", markup)).split())


def table_rows(text: str) -> list[tuple[str, str, str, str, str]]:
    """Later code, relation, earlier code, rationale, state, as the table has them."""
    rows = ([words(c) for c in CELL.findall(row)] for row in TABLE_ROW.findall(text))
    return [(a, b, c.split(" ")[0], d, e) for a, b, c, d, e in rows]


def as_recorded(links, language: str) -> set[tuple[str, str, str, str, str]]:
    with override(language):
        return {
            (
                link.later.code,
                str(link.get_relation_display()).capitalize(),
                link.earlier.code,
                " ".join(link.rationale.split()),
                str(link.get_state_display()),
            )
            for link in links
        }


def csv_of(client, query: str = "", language: str = "ko") -> list[dict]:
    body = content(client.get(f"/{language}/continuity.csv{query}"))
    assert body.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


def public_links():
    return Link.objects.public().select_related("later", "earlier")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_is_shown_exactly_as_recorded(client, language):
    shown = {
        row for query in QUERIES for row in table_rows(page(client, language, query))
    }
    assert shown == as_recorded(public_links(), language)
    assert len(shown) == Link.objects.count()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", QUERIES)
def test_the_nested_list_has_the_links_of_the_table_with_both_rationales(
    client, language, query
):
    text = page(client, language, query)
    listed = words(text[: text.index("<table")])
    links = {(link.later.code, link.earlier.code): link for link in public_links()}
    for later, _relation, earlier, _rationale, state in table_rows(text):
        link = links[later, earlier]
        assert " ".join(link.rationale_ko.split()) in listed
        assert " ".join(link.rationale_en.split()) in listed
        assert link.earlier.code in listed
        assert state in listed
    assert text.count('class="draft suggested"') >= len(table_rows(text)) > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_linked_and_unlinked_statements_together_are_all_there_are(client, language):
    rows = [
        row for query in QUERIES for row in table_rows(page(client, language, query))
    ]
    linked = {code for row in rows for code in (row[0], row[2])}
    overview = page(client, language)
    unlinked = set(
        re.findall(r"statements/([\w.]+)/", overview[overview.index('id="unlinked"') :])
    )
    every = Statement.objects.published().of_kinds(*CONTINUITY_KINDS)
    assert {one.code for one in every} <= linked | unlinked
    assert linked & unlinked == set()
    assert unlinked == {one.code for one in every if one.code not in linked}
    assert unlinked


def test_no_link_is_never_told_as_an_end(client):
    assert "연결 기록 없음(중단을 뜻하지 않음)" in page(client, "ko", "?goal=5")
    ended = "No link recorded; this does not mean that the policy ended."
    assert ended in page(client, "en", "?goal=5")
    assert "원문에 없는 편집 정보" in page(client, "ko", "?goal=5")


def test_a_rejected_link_is_nowhere_and_frees_its_statement(client):
    link = public_links().get(later__code="G1.C4", earlier__code="2024.A1.6")
    with gate(None, Note(ko="시험", en="Test")):
        link.state = LinkState.REJECTED
        link.save()
    for query in QUERIES:
        text = page(client, "en", query)
        assert link.rationale_en not in words(text)
    overview = page(client, "en")
    assert "G1.C4" in overview[overview.index('id="unlinked"') :]
    codes = {(row["later"], row["earlier"]) for row in csv_of(client)}
    assert ("G1.C4", "2024.A1.6") not in codes
    assert len(codes) == Link.objects.count() - 1


def test_a_confirmed_link_says_who_confirmed_it_and_still_that_it_is_editorial(client):
    link = public_links().get(later__code="G1.C4")
    with gate(None, Note(ko="시험", en="Test")):
        link.state = LinkState.CONFIRMED
        link.save()
    text = words(page(client, "en", "?goal=1"))
    assert "Confirmed by staff; not stated in the source" in text
    assert "Confirmed by staff so far: 1." in words(page(client, "en"))


@pytest.mark.parametrize("goal", GOALS)
def test_the_file_has_the_rows_of_the_page(client, goal):
    query = f"?goal={goal}"
    rows = table_rows(page(client, "en", query))
    found = csv_of(client, query, "en")
    assert [(r["later"], r["earlier"]) for r in found] == [(r[0], r[2]) for r in rows]
    assert [r["rationale_en"] for r in found] == [row[3] for row in rows]


def test_the_file_of_all_links_has_both_languages_and_addresses(client):
    found = csv_of(client)
    assert len(found) == Link.objects.count()
    assert {row["state"] for row in found} == {"suggested"}
    for row in found:
        assert all(row.values())
        assert row["later_url_en"].startswith("http://testserver/en/")


def test_the_file_is_no_program_for_a_spreadsheet(client):
    link = public_links().first()
    with gate(None, Note(ko="시험", en="Test")):
        link.rationale_en = "=1+1"
        link.save()
    assert "'=1+1" in {row["rationale_en"] for row in csv_of(client)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_goal_that_does_not_exist_is_told(client, language):
    assert 'role="alert"' in page(client, language, "?goal=9")
    answer = client.get(f"/{language}/continuity.csv?goal=9")
    assert answer.status_code == 400
    assert b"goal: " in answer.content


@pytest.mark.parametrize("goal", GOALS)
def test_every_box_leads_to_a_statement_of_the_links_and_each_stands_once(client, goal):
    boxes = BOX.findall(page(client, "ko", f"?goal={goal}"))
    links = links_of_goal(Statement.objects.get(code=f"G{goal}"))
    ends = {end for link in links for end in (link.later, link.earlier)}
    with override("ko"):
        assert sorted(boxes) == sorted(end.get_absolute_url() for end in ends)


@pytest.mark.parametrize("goal", GOALS)
def test_threads_run_from_box_to_box_and_pass_between_the_others(goal):
    links = links_of_goal(Statement.objects.get(code=f"G{goal}"))
    drawn = lay_out_flow(links)
    boxes = {b.statement.pk: b for column in drawn.columns for b in column.boxes}
    assert len(drawn.threads) == len(links)
    for link, thread in zip(links, drawn.threads, strict=True):
        numbers = re.findall(r"[\d.]+", thread.path)
        start, end = numbers[:2], numbers[-2:]
        earlier, later = boxes[link.earlier_id], boxes[link.later_id]
        assert thread.relation == link.relation
        assert start == [
            str(COLUMN_EDGES[continuity_stage(link.earlier)][1]),
            str(round(earlier.middle)),
        ]
        assert end == [
            str(COLUMN_EDGES[continuity_stage(link.later)][0]),
            str(round(later.middle)),
        ]
    for column in drawn.columns:
        shares = [b.rows / sum(b.rows for b in column.boxes) for b in column.boxes]
        for box, share in zip(column.boxes, shares, strict=True):
            assert box.middle - box.top == pytest.approx(500 * share)


def test_a_picture_without_tasks_still_joins_its_columns():
    achievement = factories.report_heading_with(1).children.get()
    key_content = factories.statement(Kind.KEY_CONTENT)
    links = factories.link([key_content], [achievement])
    drawn = lay_out_flow(links)
    assert [len(column.boxes) for column in drawn.columns] == [1, 0, 1]
    assert len(drawn.threads) == 1


def queries(client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_the_page_takes_no_more_queries_as_links_grow(client):
    small, large = factories.goal_with(2), factories.goal_with(20)
    few = queries(client, f"/en/continuity/?goal={small.number}")
    many = queries(client, f"/en/continuity/?goal={large.number}")
    assert few == many <= 8
    before = queries(client, "/en/continuity/")
    heading = factories.report_heading_with(20, Kind.TASK)
    others = factories.report_heading_with(20)
    factories.link(list(heading.children.all()), list(others.children.all()))
    assert queries(client, "/en/continuity/") == before <= 8
