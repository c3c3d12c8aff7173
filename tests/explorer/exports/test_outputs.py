"""CSV, XLSX and JSON: what the page finds, whole, in its order, and safe to open."""

import io
import itertools
import tracemalloc
from collections.abc import Iterator

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from explorer.exports import columns
from explorer.exports.formats import LONGEST_XLSX_CELL
from statements.models import Document, Kind, Region, Statement, Theme
from statements.search.ranking import Match
from tests.support import factories
from tests.support.reading_outputs import (
    REQUIRED,
    all_codes,
    content,
    csv_rows,
    html_codes,
    json_rows,
    xlsx_rows,
)

pytestmark = pytest.mark.django_db
FILES = ("statements.csv", "statements.xlsx", "statements.json", "statements.atom")


def dimensions() -> dict[str, list[str | None]]:
    """Each filter with every value it may have, or none."""
    values = {
        "region": Region.objects.values_list("slug", flat=True),
        "theme": Theme.objects.values_list("slug", flat=True),
        "kind": Kind.values,
        "document": Document.objects.values_list("slug", flat=True),
    }
    return {name: [None, *found] for name, found in values.items()}


def pairwise(values: dict[str, list]) -> Iterator[dict]:
    """Queries in which every two values of two filters stand together once; the same
    ones in every run, though Python orders sets by chance.
    """
    names = list(values)
    open_pairs = {
        frozenset([(a, x), (b, y)])
        for a, b in itertools.combinations(names, 2)
        for x, y in itertools.product(values[a], values[b])
    }
    while open_pairs:
        query = dict(min((sorted(pair, key=str) for pair in open_pairs), key=str))
        for name in names:
            if name not in query:
                query[name] = max(
                    values[name],
                    key=lambda value, name=name: sum(
                        frozenset([(name, value), other]) in open_pairs
                        for other in query.items()
                    ),
                )
        open_pairs -= set(map(frozenset, itertools.combinations(query.items(), 2)))
        yield {name: value for name, value in query.items() if value}


def require_the_same(client, query: dict) -> dict[str, list[str]]:
    """Of what is not only related, a feed has the first hundred; everything else has
    all.
    """
    found = all_codes(client, query)
    rows = csv_rows(client, query)
    closer = [row["code"] for row in rows if row["match"] != Match.RELATED]
    for name, codes in found.items():
        wanted = closer[:100] if name == "atom" else found["html"]
        assert codes == wanted, (name, query)
    return found


@pytest.mark.parametrize("step", [7, pytest.param(2, marks=pytest.mark.audit)])
def test_every_output_has_the_statements_of_the_page_in_its_order(client, step):
    sample = {
        name: values[::step] if name in ("region", "theme") else values
        for name, values in dimensions().items()
    }
    for query in pairwise(sample):
        require_the_same(client, query)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"region": ["africa", "europe"], "theme": "economic-security"},
        {"q": "ODA"},
        {"q": "한미", "sort": "code"},
        {"goal": "5", "sort": "date"},
        {"dated": ["2024", "2025"]},
        {"year": "2025", "country": ["japan", "china"]},
        {"page": "2", "page_size": "10", "kind": "task"},
    ],
)
def test_outputs_agree_on_other_filters_and_ignore_the_page(client, query):
    page = query.pop("page", None)
    found = require_the_same(client, query)
    assert found["html"]
    if page:
        assert [r["code"] for r in csv_rows(client, {**query, "page": page})] == (
            found["html"]
        )


def test_a_region_includes_its_countries(client):
    japan = factories.TERMS["countries"].objects.get(slug="japan")
    made = factories.statement(
        Kind.TASK, regions=Region.objects.filter(slug="africa"), countries=[japan]
    )
    assert made.code in html_codes(client, {"region": japan.region.slug})


def test_dates_sort_newest_first_and_what_has_none_last(client):
    newest = [
        max((event.start for event in statement.events.all()), default=None)
        for statement in client.get("/ko/statements/?sort=date").context["filter"].qs
    ]
    dated = [start for start in newest if start]
    assert dated == sorted(dated, reverse=True)
    assert newest[: len(dated)] == dated


def test_rows_have_the_columns_that_are_promised(client):
    row = next(r for r in csv_rows(client, {}) if r["code"] == "G1.C2")
    statement = Statement.objects.get(code="G1.C2")
    assert set(REQUIRED) <= set(row)
    assert list(row)[: len(REQUIRED)] == REQUIRED
    assert row["title_ko"] == statement.title_ko
    assert row["text_en"] == statement.text_en
    assert row["url_en"] == "http://testserver/en/statements/G1.C2/"
    assert row["regions"].split(";") == [r.slug for r in statement.regions.all()]
    assert ";" in next(r for r in csv_rows(client, {}) if ";" in r["themes"])["themes"]
    goal = csv_rows(client, {"kind": "goal"})[0]
    assert goal["url_ko"] == "http://testserver/ko/goals/1/"
    assert goal["year"] == ""


def test_lines_of_the_source_are_a_range_or_two_paragraphs(client):
    lines = {r["source_lines"] for r in csv_rows(client, {"kind": Kind.values})}
    assert any("-" in line for line in lines)
    assert any(";" in line for line in lines)


def test_csv_opens_in_excel_and_keeps_to_its_standard(client):
    answer = client.get("/ko/statements.csv")
    data = content(answer)
    assert data.startswith(b"\xef\xbb\xbfcode,kind,")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="statements.csv"' in answer["Content-Disposition"]
    assert "filename*=UTF-8''" in answer["Content-Disposition"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_the_csv_is_a_formula(client, start):
    made = factories.statement(
        Kind.TASK, text_ko=f'{start}1+1, "둘"', text_en="two\r\nlines, and a comma"
    )
    row = next(r for r in csv_rows(client, {}) if r["code"] == made.code)
    assert row["text_ko"] == f'\'{start}1+1, "둘"'
    assert row["text_en"] == "two\r\nlines, and a comma"


def test_xlsx_is_typed_and_explains_its_columns_in_both_languages(client):
    made = factories.statement(Kind.TASK, text_ko="=1+1")
    row = next(r for r in xlsx_rows(client, {}) if r["code"] == made.code)
    assert row["year"] == made.year
    assert row["text_ko"] == "=1+1"
    book = openpyxl.load_workbook(
        io.BytesIO(content(client.get("/ko/statements.xlsx")))
    )
    assert book["statements"]["G2"].data_type in ("s", "inlineStr")
    explained = {name: (ko, en) for name, _, ko, en in book["columns"].values}
    assert set(REQUIRED) <= set(explained)
    assert all(ko and en for ko, en in explained.values())


def test_a_text_that_no_cell_of_a_workbook_holds_is_cut_and_says_so(client):
    long = {"text_ko": "가" * 40_000, "text_en": "a" * LONGEST_XLSX_CELL}
    made = factories.statement(Kind.TASK, **long)
    row = next(r for r in xlsx_rows(client, {}) if r["code"] == made.code)
    assert len(row["text_ko"]) == LONGEST_XLSX_CELL
    assert row["text_ko"].startswith("가" * 32_000)
    assert "여기서 잘림" in row["text_ko"] and f"{row['url_ko']}]" in row["text_ko"]
    assert row["text_en"] == long["text_en"]
    whole = next(r for r in csv_rows(client, {}) if r["code"] == made.code)
    assert whole["text_ko"] == long["text_ko"]
    book = openpyxl.load_workbook(
        io.BytesIO(content(client.get("/en/statements.xlsx")))
    )
    head, *named = book["cut texts"].values
    assert head == ("code", "column", "url_ko", "url_en")
    assert named == [(made.code, "text_ko", row["url_ko"], row["url_en"])]


def test_english_that_is_cut_says_so_in_english(client):
    made = factories.statement(Kind.TASK, text_en="a" * (LONGEST_XLSX_CELL + 1))
    row = next(r for r in xlsx_rows(client, {}) if r["code"] == made.code)
    assert len(row["text_en"]) == LONGEST_XLSX_CELL
    assert f"The whole text: {row['url_en']}]" in row["text_en"]


def test_a_workbook_without_cut_texts_has_no_sheet_for_them(client):
    file = io.BytesIO(content(client.get("/en/statements.xlsx")))
    assert openpyxl.load_workbook(file).sheetnames == ["statements", "columns"]


def test_json_is_one_object_with_lists_of_slugs(client):
    query = {"region": "africa", "kind": "task"}
    answer = client.get("/en/statements.json", query)
    assert answer["Content-Type"] == "application/json"
    rows_found = json_rows(client, query)
    assert rows_found
    for row in rows_found:
        assert "africa" in row["regions"]
        assert row["year"] == 2025
    assert b'"filters": {"region": ["africa"], "kind": ["task"]}' in content(answer)


@pytest.mark.parametrize("name", [*FILES, "statements/embed/", "timeline.ics"])
def test_a_wrong_filter_is_told_in_the_readers_language(client, name):
    for language, told in (
        ("ko", "지역 목록에 ‘atlantis’ 값이 없습니다"),
        ("en", "There is no region “atlantis”"),
    ):
        answer = client.get(f"/{language}/{name}", {"region": "atlantis"})
        assert answer.status_code == 400
        assert "atlantis" in answer.content.decode()
        assert told in answer.content.decode()


@pytest.mark.parametrize(
    ("parameter", "value"),
    [("page_size", "0"), ("page_size", "101"), ("page_size", "x"), ("sort", "size")],
)
def test_what_arranges_is_checked_too(client, parameter, value):
    answer = client.get("/en/statements.csv", {parameter: value})
    assert answer.status_code == 400
    assert parameter in answer.content.decode()
    page = client.get("/en/statements/", {parameter: value})
    assert page.status_code == 200
    assert parameter in page.context["filter"].errors


def test_page_size_counts_and_a_page_beyond_the_end_is_the_last(client):
    page = client.get("/en/statements/?page_size=7&kind=task")
    assert len(page.context["statements"]) == 7
    last = client.get("/en/statements/?page=999&kind=task").context["page_obj"]
    assert last.number == last.paginator.num_pages > 1


def test_a_status_is_unknown_until_the_first_is_recorded(client):
    answer = client.get("/en/statements/?status=completed")
    assert "No status has been recorded." in answer.content.decode()
    assert client.get("/en/statements.csv?status=completed").status_code == 400
    task = Statement.objects.filter(kind=Kind.TASK).first()
    with factories.an_open_gate():
        for day, status in ((1, "started"), (2, "completed")):
            task.statusupdates.create(
                status=status,
                as_of=f"2026-01-0{day}",
                note_ko="시험",
                note_en="Test",
                evidence="https://example.org/",
                by=factories.staff_member(),
            )
    assert html_codes(client, {"status": "completed"}) == [task.code]
    assert html_codes(client, {"status": "started"}) == []


def test_a_known_version_is_not_made_again(client):
    answer = client.get("/ko/statements.csv")
    known = {"if-none-match": answer["ETag"]}
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/ko/statements.csv", headers=known).status_code == 304
    assert len(captured) == 1
    factories.statement(Kind.GOAL)
    assert client.get("/ko/statements.csv", headers=known).status_code == 200


def test_queries_and_memory_stay_flat_as_rows_grow(client, monkeypatch):
    monkeypatch.setattr(columns, "CHUNK", 600)
    # As many as a feed has entries.
    factories.report_heading_with(100, Kind.TASK)
    before = {name: cost(client, name) for name in FILES}
    factories.report_heading_with(300, Kind.TASK)
    for name, (queries, memory) in before.items():
        more_queries, more_memory = cost(client, name)
        assert 0 < more_queries == queries <= 10
        assert more_memory < memory + 2**20


def cost(client, name: str) -> tuple[int, int]:
    """How many queries an output takes, and how much memory at its most."""
    path = f"/ko/{name}?kind=task"
    content(client.get(path))
    with CaptureQueriesContext(connection) as captured:
        content(client.get(path))
    # Now: the next request empties the log of queries.
    queries = len(captured)
    tracemalloc.start()
    answer = client.get(path)
    if answer.streaming:
        assert sum(len(block) for block in answer.streaming_content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return queries, most
