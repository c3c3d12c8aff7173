"""Links across time: each as recorded, what has none, the picture and the file."""

import csv
import io
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from explorer.continuity.flow_layout import MOST_COLUMNS, Flow, lay_out_flow
from explorer.continuity.queries import links_of_goal, public_links, unlinked_statements
from goals.models import Goal
from statements.gate import Note, gate
from statements.models import Document, Kind, Link, LinkState, Statement
from statements.pages.stages import CONTINUITY_KINDS, stage_of
from tests.support import factories
from tests.support.reading_outputs import content
from tests.support.years.report import Report, later_report

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
LANGUAGES = ("ko", "en")
GOALS = (1, 2, 3, 4, 5)
QUERIES = ("", *(f"?goal={number}" for number in GOALS))
STAGES = ["Achievements (through 2024)", "2025 tasks", "Foreign Policy Goals"]
TABLE_ROW = re.compile(r"<tr>\s*(<th scope=\"row\">.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<t[hd].*?>(.*?)</t[hd]>", re.DOTALL)
BOX = re.compile(r"<li class=\"rows-\d+\">\s*<a href=\"([^\"]+)\"")


def page(client, language: str, query: str = "") -> str:
    answer = client.get(f"/{language}/continuity/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_goal_has_as_many_direct_links_as_its_key_contents(client):
    for goal in Goal.objects.whole():
        path = f"?goal={goal.number}"
        [section] = client.get(f"/en/continuity/{path}").context["sections"]
        n_direct, n_further = section["n_direct"], section["n_further"]
        assert n_direct == len(goal.links)
        assert n_direct + n_further == len(section["links"])
        told = f"{n_direct} direct links, {n_further} further link"
        assert told in words(page(client, "en", path))


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


def links_of(number: int, *documents: Document) -> list[Link]:
    goal = Statement.objects.get(code=f"G{number}")
    return links_of_goal(goal, public_links(documents))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_is_shown_exactly_as_recorded(client, language):
    shown = {
        row for query in QUERIES for row in table_rows(page(client, language, query))
    }
    assert shown == as_recorded(public_links(), language)
    assert len(shown) == Link.objects.count()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", QUERIES)
def test_the_nested_list_has_the_links_of_the_table_in_its_language(
    client, language, query
):
    text = page(client, language, query)
    listed = words(text[: text.index("<table")])
    links = {(link.later.code, link.earlier.code): link for link in public_links()}
    for later, _relation, earlier, _rationale, state in table_rows(text):
        link = links[later, earlier]
        other = "en" if language == "ko" else "ko"
        assert " ".join(getattr(link, f"rationale_{language}").split()) in listed
        assert " ".join(getattr(link, f"rationale_{other}").split()) not in listed
        assert link.earlier.code in listed
        assert state.split(",")[0].split("(")[0] in listed
    assert text.count('class="draft suggested"') >= len(table_rows(text)) > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_linked_and_unlinked_statements_together_are_all_there_are(client, language):
    rows = [
        row for query in QUERIES for row in table_rows(page(client, language, query))
    ]
    linked = {code for row in rows for code in (row[0], row[2])}
    unlinked = set(unlinked_codes(client, language))
    told = f"({len(unlinked)})"
    assert told in page(client, language)
    every = Statement.objects.published().of_kinds(*CONTINUITY_KINDS)
    assert {one.code for one in every} <= linked | unlinked
    assert linked & unlinked == set()
    assert unlinked == {one.code for one in every if one.code not in linked}
    assert unlinked


def unlinked_codes(client, language: str, query: str = "") -> list[str]:
    answer = client.get(f"/{language}/continuity/unlinked/{query}")
    assert answer.status_code == 200
    links = re.findall(
        r'class="link-text" href="/\w\w/statements/([\w.]+)/"', answer.content.decode()
    )
    assert answer.context["count"] == len(links)
    return links


@pytest.mark.parametrize("language", LANGUAGES)
def test_statements_without_a_link_are_by_document_and_chapter_and_no_end(
    client, language
):
    answer = client.get(f"/{language}/continuity/unlinked/")
    for document, chapters in answer.context["groups"]:
        for chapter, statements in chapters:
            assert {one.document for one in statements} == {document}
            assert all(one.sort_key.startswith(chapter.sort_key) for one in statements)
    told = {
        "ko": "정책이 끝났다는 뜻이 아니라",
        "en": "This does not mean that a policy ended",
    }
    assert told[language] in words(answer.content.decode())
    body = content(client.get(f"/{language}/continuity/unlinked.csv"))
    rows = csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""))
    assert [row["code"] for row in rows] == unlinked_codes(client, language)


def test_a_wrong_document_of_unlinked_statements_is_told(client):
    assert unlinked_codes(client, "en", "?document=x") == []
    assert client.get("/en/continuity/unlinked.csv?document=x").status_code == 400


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_linked_statement_of_a_goal_can_be_jumped_to(client, language):
    text = page(client, language, "?goal=2")
    chapters = re.findall(r'<li><a href="#(from-[\w.]+)">', text)
    assert len(chapters) > 1
    assert chapters == re.findall(r'<section [^>]*id="(from-[\w.]+)"', text)


def test_what_is_not_translated_is_shown_in_korean_and_says_so(client):
    link = public_links().get(later__code="G1.C4")
    with gate(None, Note(ko="시험", en="Test")):
        link.earlier.text_en = ""
        link.earlier.save()
    text = page(client, "en", "?goal=1")
    listed = text.split(f">{link.earlier.code}</span>")[-1]
    assert listed.strip().startswith('<span class="short" lang="ko">')
    assert "(Not yet translated)" in listed


def test_no_link_is_never_told_as_an_end(client):
    assert "기록된 관련 항목 없음(정책이 끝났다는 뜻은 아닙니다)" in page(
        client, "ko", "?goal=5"
    )
    ended = "No related statement recorded. This does not mean the policy ended."
    assert ended in page(client, "en", "?goal=5")
    assert "이 누리집에서 붙인 정보(원문에 없음)" in page(client, "ko", "?goal=5")


def test_a_rejected_link_is_nowhere_and_frees_its_statement(client):
    link = public_links().get(later__code="G1.C4", earlier__code="2024.A1.6")
    with gate(None, Note(ko="시험", en="Test")):
        link.state = LinkState.REJECTED
        link.save()
    for query in QUERIES:
        text = page(client, "en", query)
        assert link.rationale_en not in words(text)
    assert "G1.C4" in unlinked_codes(client, "en")
    codes = {(row["later"], row["earlier"]) for row in csv_of(client)}
    assert ("G1.C4", "2024.A1.6") not in codes
    assert len(codes) == Link.objects.count() - 1


def test_a_confirmed_link_says_who_confirmed_it_and_still_that_it_is_editorial(client):
    link = public_links().get(later__code="G1.C4")
    with gate(None, Note(ko="시험", en="Test")):
        link.state = LinkState.CONFIRMED
        link.save()
    text = words(page(client, "en", "?goal=1"))
    assert "Confirmed by staff" in text
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
    text = page(client, "ko", f"?goal={goal}")
    every_box = set()
    for drawing in text.split('<div class="flow ')[1:]:
        boxes = BOX.findall(drawing)
        assert len(boxes) == len(set(boxes)) > 1
        every_box |= set(boxes)
    ends = {end for link in links_of(goal) for end in (link.later, link.earlier)}
    with override("ko"):
        assert every_box == {end.get_absolute_url() for end in ends}


def draw(goal: Statement, links: list[Link]) -> Flow:
    """The flow, once its threads are seen to run from box to box."""
    with override("en"):
        drawn = lay_out_flow(links, stage_of(goal))
    columns = {box.statement.pk: c for c in drawn.columns for box in c.boxes}
    boxes = {b.statement.pk: b for column in drawn.columns for b in column.boxes}
    shown = [x for x in links if {x.later_id, x.earlier_id} <= boxes.keys()]
    assert len(drawn.threads) == len(shown)
    for link, thread in zip(shown, drawn.threads, strict=True):
        numbers = re.findall(r"[\d.]+", thread.path)
        start, end = numbers[:2], numbers[-2:]
        earlier, later = link.earlier_id, link.later_id
        assert thread.relation == link.relation
        assert start == [str(columns[earlier].right), str(round(boxes[earlier].middle))]
        assert end == [str(columns[later].left), str(round(boxes[later].middle))]
    for column in drawn.columns:
        shares = [b.rows / sum(b.rows for b in column.boxes) for b in column.boxes]
        for box, share in zip(column.boxes, shares, strict=True):
            assert box.middle - box.top == pytest.approx(500 * share)
    return drawn


def labels_of(drawn: Flow) -> list[str]:
    with override("en"):
        return [column.stage.label for column in drawn.columns]


@pytest.mark.parametrize("goal", GOALS)
def test_threads_run_from_box_to_box_and_pass_between_the_others(goal):
    links = links_of(goal)
    drawn = draw(Statement.objects.get(code=f"G{goal}"), links)
    assert len(drawn.threads) == len(links)
    assert labels_of(drawn) == STAGES


def test_a_picture_without_tasks_still_joins_its_columns():
    achievement = factories.report_heading_with(1).children.get()
    key_content = factories.statement(Kind.KEY_CONTENT)
    links = factories.link([key_content], [achievement])
    drawn = draw(key_content, links)
    assert [len(column.boxes) for column in drawn.columns] == [1, 1]
    assert len(drawn.threads) == 1


@pytest.fixture
def followed(db) -> Report:
    """A later report, linked with goal 1, with the tasks of 2025 and within itself."""
    report, alone = later_report(), unlinked_statements([Kind.TASK])[0]
    links = {
        "2025.A1.1": ("G1.C1", "2025.T1.1"),
        "2025.A1.2": (alone.code,),
        "2026.T1.1": ("G1.C1", "2025.A1.1"),
        "2026.T1.2": ("2025.A1.2",),
    }
    pairs = [(later, earlier) for later in links for earlier in links[later]]
    row = Statement.objects.in_bulk(field_name="code")
    factories.link(*zip(*((row[a], row[b]) for a, b in pairs), strict=True))
    return report


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_later_document_is_followed_wherever_it_leads(client, language, followed):
    """All links are on some page, and what is of none is still listed."""
    test_every_link_is_shown_exactly_as_recorded(client, language)
    test_linked_and_unlinked_statements_together_are_all_there_are(client, language)
    for query in QUERIES:
        test_the_nested_list_has_the_links_of_the_table_in_its_language(
            client, language, query
        )


def test_columns_and_groups_are_the_stages_in_the_order_of_time(client, followed):
    text = words(page(client, "en", "?goal=1"))
    heading = "Links by statement, with what they have in common G1.C1"
    first = text[text.index(heading) + len(heading) - len("G1.C1") :]
    groups = [
        *("2026 tasks 1 · later · Report on 2026",),
        *("Achievements (through 2025) 1 · later · Report on 2026",),
        "2025 tasks",
        "Achievements (through 2024)",
    ]
    lists = first[first.index(groups[0]) :]
    at = [lists.index(group) for group in groups]
    assert at == sorted(at)
    assert "2025.A1.1 is also linked to 1 later statement:" in first
    overview = words(page(client, "en"))
    assert "2026 tasks: 1" in overview
    assert "Achievements (through 2025): 1" in overview


def test_the_picture_shows_the_goal_and_the_latest_unless_documents_are_chosen(
    client, followed
):
    goal, links = Statement.objects.get(code="G1"), links_of(1)
    drawn = draw(goal, links)
    assert labels_of(drawn) == [
        *("2025 tasks", "Foreign Policy Goals"),
        *("Achievements (through 2025)", "2026 tasks"),
    ]
    assert (drawn.n_stages, len(drawn.columns)) == (5, MOST_COLUMNS)
    assert "shows 4 of 5 stages" in words(page(client, "en", "?goal=1"))
    report = Document.objects.get(slug="report-2025")
    chosen = draw(goal, links_of(1, report, goal.document))
    assert labels_of(chosen) == STAGES
    text = page(client, "en", "?goal=1&document=report-2025")
    assert "flow columns-3" in text
    assert "2026.T1.1" not in text
    assert 'value="report-2025" checked' in text
    rows = table_rows(text)
    found = csv_of(client, "?goal=1&document=report-2025", "en")
    assert [(r["later"], r["earlier"]) for r in found] == [(r[0], r[2]) for r in rows]


def test_documents_are_chosen_on_the_overview_too(client, followed):
    query = "?document=report-2025&document=report-2026"
    text = page(client, "en", query)
    codes = {(row[0], row[2]) for row in table_rows(text)}
    assert "2025.A1.2" in {later for later, _earlier in codes}
    assert not any(later.startswith("G") for later, _earlier in codes)
    assert not any(code.startswith("G") for code in unlinked_codes(client, "en", query))
    assert {row["later"][:2] for row in csv_of(client, query)} == {"20"}
    assert "document: " in client.get("/en/continuity.csv?document=x").content.decode()
    assert 'role="alert"' in page(client, "en", "?document=x")


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
