"""The files of statements are written fast: here they are held against a plain way, on
rows with all that a format has a rule for.
"""

import csv
import io
import json
import zipfile

import pytest
import xlsxwriter

from explorer.exports import columns
from explorer.exports.attached import by_chunk
from explorer.exports.columns import STATEMENT_COLUMN_NAMES, statement_rows
from explorer.exports.formats import LONGEST_XLSX_CELL, cell_value, csv_lines
from explorer.exports.statement_sheet import SHEET
from statements.models import Kind, Paragraph, Statement
from tests.support import factories
from tests.support.reading_outputs import content

pytestmark = pytest.mark.django_db
ODD = [
    *("=1+1", "+x", "-", "@x", "\ttab", "\rreturn", "'", '"', '"a" and "b"', "a,b"),
    *("a;b", "two\nlines", "two\r\nlines", " before", "after ", "\u00a0", "a\u2028b"),
    *("<r>rich</r>", "<t>&amp;</t>", "_x0041_", "_x", "\\n", "\N{GRINNING FACE}", "%s"),
]
QUERY = {"kind": [Kind.TASK.value, Kind.GOAL.value]}


@pytest.fixture
def odd_rows() -> list[dict]:
    """What the files of the query have to hold, row by row."""
    for at, text in enumerate(ODD):
        texts = {"text_en": text if at % 2 else "", "editor_note_ko": text[::-1]}
        factories.statement(Kind.TASK, text_ko=text, **texts)
    factories.statement(Kind.TASK, regions=[], countries=[], themes=[])
    factories.statement(Kind.TASK, state="draft")
    factories.statement(Kind.TASK, state="withdrawn")
    made = factories.statement(
        Kind.TASK, themes=factories.TERMS["themes"].objects.all()
    )
    with factories.an_open_gate():
        for first, last in ((70, 70), (30, 41)):
            more = factories.paragraph_of(made)
            more.first_line, more.last_line = first, last
            Paragraph.objects.bulk_create([more])
    shown = Statement.objects.published().of_kinds(Kind.TASK, Kind.GOAL)
    rows = list(statement_rows(shown.in_outline_order(), "http://testserver"))
    assert any(row["source_lines"].endswith(";70;30-41") for row in rows)
    assert any(row["revision"] for row in rows)
    assert any(row["year"] is None for row in rows)
    return rows


@pytest.fixture(params=[1000, 7], ids=["by key", "all at once"])
def way(request, monkeypatch) -> None:
    """Few at a time, all that belongs to any statement is read after the first few."""
    monkeypatch.setattr(columns, "CHUNK", request.param)
    monkeypatch.setattr(by_chunk, "ONE_IN", 10**6)


def test_csv_is_what_the_module_for_it_writes(client, odd_rows, way):
    plain = "".join(csv_lines(odd_rows, STATEMENT_COLUMN_NAMES))
    answer = content(client.get("/ko/statements.csv", QUERY))
    assert answer.decode().split("\r\n") == plain.split("\r\n")
    read = csv.DictReader(io.StringIO(plain[1:]), strict=True)
    assert [row["code"] for row in read] == [row["code"] for row in odd_rows]


def test_json_is_what_the_module_for_it_writes(client, odd_rows, way):
    answer = content(client.get("/en/statements.json", QUERY)).decode()
    head, *lines, end = answer.splitlines(keepends=True)
    assert head == (
        f'{{"count": {len(odd_rows)}, "filters": {{"kind": ["task", "goal"]}}, '
        '"results": [\n'
    )
    plain = ",\n".join(json.dumps(row, ensure_ascii=False) for row in odd_rows)
    assert "".join(lines) == plain + "\n"
    assert end == "]}\n"


def test_the_rows_of_a_workbook_are_what_xlsxwriter_writes(client, odd_rows, way):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(odd_rows, 1):
            for at, name in enumerate(STATEMENT_COLUMN_NAMES):
                value = cell_value(row[name])
                if isinstance(value, int):
                    sheet.write_number(number, at, value)
                elif value:
                    sheet.write_string(number, at, value)
    answer = content(client.get("/ko/statements.xlsx", QUERY))
    mine, plain = (xml_rows(file) for file in (io.BytesIO(answer), file))
    # XlsxWriter takes such a text for marks of its own, and leaves them in it.
    marks, text = "<is><r>rich</r></is>", "<is><t>&lt;r&gt;rich&lt;/r&gt;</t></is>"
    assert mine[1:] == [row.replace(marks, text) for row in plain]


def xml_rows(file: io.BytesIO) -> list[str]:
    with zipfile.ZipFile(file) as parts:
        assert parts.testzip() is None
        xml = parts.read(SHEET).decode()
    return xml.partition("<sheetData>")[2].split("</sheetData>")[0].split("</row>")


def test_a_cell_is_as_long_as_excel_counts(client):
    """It counts letters twice that are beyond the first 65,536."""
    texts = {"text_ko": "\N{GRINNING FACE}" * 20_000, "text_en": "a"}
    made = factories.statement(Kind.TASK, **texts)
    answer = content(client.get("/ko/statements.xlsx", {"code": made.code}))
    (_head, row, _end) = xml_rows(io.BytesIO(answer))
    cell = row.partition("\N{GRINNING FACE}")[2].partition("</t>")[0]
    assert len(cell.encode("utf-16-le")) // 2 <= LONGEST_XLSX_CELL - 2
    assert "여기서 잘림" in cell
