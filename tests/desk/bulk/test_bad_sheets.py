"""Sheets that are refused: every error by row and column, and nothing is taken."""

import zipfile
from datetime import date
from io import BytesIO

import pytest

from desk.models import Proposal
from tests.support.bulk import (
    SHEETS,
    as_csv,
    as_xlsx,
    preview,
    problems,
    row_of,
    upload,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


BAD = {
    "code": ({"code": "G1.C99"}, "code", "no statement with the number “G1.C99”"),
    "code with a nought": (
        {"code": "G1\x00"},
        "code",
        "There is no statement with the number",
    ),
    "kind": ({"kind": "goal"}, "kind", "is “detail”, not “goal”"),
    "revision": ({"seen": "1x"}, "seen", "This is not a revision of this statement."),
    "other's revision": (
        {"seen": "1"},
        "seen",
        "This is not a revision of this statement.",
    ),
    "huge revision": (
        {"seen": "9" * 5000},
        "seen",
        "This is not a revision of this statement.",
    ),
    "slug": ({"themes": "trade-wars"}, "themes", "“trade-wars” is not a tag"),
    "slug of another column": ({"regions": "japan"}, "regions", "“japan” is not a tag"),
    "korean": (
        {"text_ko": " "},
        "text_ko",
        "The Korean text comes from the source and cannot be empty.",
    ),
    "title": (
        {"title_en": "A title"},
        "title_en",
        "Statements of this kind do not have this text.",
    ),
    "control": ({"text_en": "a\x00b"}, "text_en", "cannot be shown"),
}


@pytest.mark.parametrize(("cells", "column", "message"), BAD.values(), ids=BAD)
def test_an_error_names_row_and_column_and_nothing_is_taken(
    editor, cells, column, message
):
    rows = [
        row_of(editor, "G1.C1.2") | {"text_en": "Right"},
        row_of(editor, "G1.C1.1") | cells,
    ]
    answer = upload(editor, as_csv(rows))
    [(row, where, what)] = problems(answer)
    assert (row, where) == (3, column)
    assert message in what
    assert message.replace("“", "").split()[-1] in answer.content.decode()
    assert preview(editor).status_code == 302
    assert not Proposal.objects.exists()


def test_a_title_that_is_too_long_is_told_before_the_database_does(editor):
    row = row_of(editor, "G1") | {"title_en": "x" * 301}
    [(_, column, what)] = problems(upload(editor, as_csv([row])))
    assert column == "title_en"
    assert "at most 300 characters" in what


def test_a_row_that_stands_twice_is_told(editor):
    row = row_of(editor, "G1.C1.1")
    [(number, column, what)] = problems(upload(editor, as_csv([row, row])))
    assert (number, column) == (3, "code")
    assert "row 2" in what


def test_all_errors_are_told_at_once(editor):
    rows = [
        row_of(editor, "G1.C1.1") | {"text_ko": "", "regions": "nowhere"},
        row_of(editor, "G1.C1.2") | {"code": "X"},
    ]
    found = problems(upload(editor, as_csv(rows)))
    assert {(row, column) for row, column, _ in found} == {
        (2, "text_ko"),
        (2, "regions"),
        (3, "code"),
    }


@pytest.mark.parametrize(
    ("names", "column", "message"),
    [
        ("code,kind,text_en", "seen", "missing"),
        ("kind,text_en,seen", "code", "missing"),
        (
            "code,kind,seen,text_eng",
            "text_eng",
            "There is no column with this name. Available columns:",
        ),
        ("code,kind,seen,text_en,text_en", "text_en", "more than once"),
    ],
)
def test_the_head_of_a_sheet_is_checked(editor, names, column, message):
    [(row, where, what)] = problems(upload(editor, f"{names}\n".encode()))
    assert (row, where) == (1, column)
    assert message in what


@pytest.mark.parametrize(
    "head", ["code,kind,seen", "code,kind,seen,", ",code,kind,seen"]
)
def test_what_stands_in_a_column_without_a_name_is_told(editor, head):
    row = row_of(editor, "G1.C1.1")
    line = f"G1.C1.1,detail,{row['seen']}"
    line = f"lost,{line}" if head.startswith(",") else f"{line},lost"
    [(number, _, what)] = problems(upload(editor, f"{head}\n{line}\n".encode()))
    assert number == 2
    assert "There is text in a column with no name." in what


def test_what_excel_made_of_a_text_is_told(editor):
    row = row_of(editor, "G1.C1.1")
    head = ["code", "kind", "seen", "text_en", "text_ko", "editor_note_en", "themes"]
    line = [row["code"], row["kind"], int(row["seen"])]
    content = as_xlsx([head, [*line, date(2026, 3, 1), 2030, "=1+1", "#REF!"]])
    found = {column: what for _, column, what in problems(upload(editor, content))}
    assert "Excel changed this to a date" in found["text_en"]
    assert "Excel changed this to a number" in found["text_ko"]
    assert "formula" in found["editor_note_en"]
    assert "themes" in found
    assert "seen" not in found


def packed(**parts: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


FILES = {
    "not utf-8": ("코드,종류".encode("cp949"), "CSV in UTF-8"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "CSV in UTF-8"),
    "old excel": (b"\xd0\xcf\x11\xe0" + bytes(100), "old .xls"),
    "corrupt zip": (b"PK\x03\x04" + bytes(range(200)), "damaged"),
    "zip of something else": (packed(readme=b"hello"), "damaged"),
    "zip bomb": (packed(bomb=bytes(70 * 1024 * 1024)), "damaged"),
    "broken csv": (b'code,kind,seen\n"G1', "has an error on line 2"),
    "too many rows": (b"code,kind,seen\n" + b"G1,goal,1\n" * 1001, "more than 1000"),
    "too large": (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
}


@pytest.mark.parametrize(("content", "message"), FILES.values(), ids=FILES)
def test_a_file_that_is_no_sheet_is_refused_at_its_field(editor, content, message):
    answer = upload(editor, content)
    assert answer.status_code == 200
    assert message in " ".join(answer.context["form"].errors["sheet"])
    assert 'aria-invalid="true"' in answer.content.decode()


def test_an_empty_sheet_and_no_sheet_are_told(editor):
    assert "empty" in problems(upload(editor, b""))[0][2]
    assert "sheet" in editor.post(SHEETS, {}).context["form"].errors


def test_what_is_told_fits_on_a_page_whatever_stood_in_the_cells(editor):
    """A row of its own names nothing, a cell of slugs thousands that do not exist."""
    slugs = ";".join(f"s{n}" for n in range(10_000))
    rows = [row_of(editor, "G1.C1.1") | {"themes": slugs, "regions": slugs}]
    rows += [rows[0] | {"code": "x" * 100_000}]
    answer = upload(editor, as_csv(rows))
    assert len(problems(answer)) < 30
    assert len(answer.content) < 100_000
