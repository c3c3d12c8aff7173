"""Cells of sheets: numbers of theirs, and texts that no cell holds."""

import pytest
from django.core.exceptions import ValidationError

from desk.bulk.sheets import sheet_columns
from desk.bulk.sheets.sheet_columns import (
    cell_of,
    value_of,
)
from desk.models import Proposal
from explorer.exports.formats import LONGEST_XLSX_CELL
from statements.field_rows import NumberRow
from statements.models import Kind
from tests.support.bulk import (
    SHEETS,
    as_csv,
    change_by_sheet,
    problems,
    read,
    row_of,
    upload,
)
from tests.support.rows import statement
from tests.support.staff import (
    member,
    published,
    signed_in,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
LONG = "가나다 " * 9000 + "끝"


def test_a_number_in_a_cell_is_read_as_one_or_refused(monkeypatch):
    """With a field of the model that is a number in place of one to come."""
    monkeypatch.setattr(sheet_columns, "NUMBER_FIELDS", {"year": NumberRow("year")})
    assert value_of("year", "2025") == 2025
    assert value_of("year", "") is None
    assert cell_of(2025) == "2025" and cell_of(None) == ""
    for wrong in ("many", "2.5", "-1"):
        with pytest.raises(ValidationError):
            value_of("year", wrong)


def test_a_number_is_of_the_kinds_that_its_row_names():
    row = NumberRow("budget", label="Budget", kinds=(Kind.TASK,))
    assert row.is_of("task") and not row.is_of("goal")
    assert NumberRow("budget", label="Budget").is_of("goal")


@pytest.mark.parametrize(
    ("language", "words"), [("ko", "엑셀 파일을 만들지 않았습니다"), ("en", "No Excel")]
)
def test_no_workbook_to_edit_cuts_a_text(language, words):
    client = signed_in(member("editor"), language)
    published("G1.C1.1", text_en=LONG)
    answer = client.get(f"{SHEETS}statements.xlsx")
    assert answer.status_code == 302 and answer["Location"] == SHEETS
    assert words in told(answer) and "G1.C1.1" in told(answer)
    assert "CSV" in told(answer) and "G1.C1.2" not in told(answer)
    assert row_of(client, "G1.C1.1")["text_en"] == LONG
    others = client.get(f"{SHEETS}statements.xlsx", {"kind": "objective"})
    assert others.status_code == 200 and read(others)
    action = {
        "action": "download_as_excel",
        "_selected_action": [statement("G1.C1.1").pk],
    }
    answer = client.post("/admin/statements/statement/", action)
    assert answer.status_code == 302 and "G1.C1.1" in told(answer)


@pytest.mark.parametrize("edit", [lambda text: text, lambda text: f"고침 {text}"])
@pytest.mark.parametrize(
    ("language", "words"), [("ko", "32,767자에서 잘랐습니다"), ("en", "has cut this")]
)
def test_a_text_that_a_program_has_cut_is_not_taken(language, words, edit):
    client = signed_in(member("editor"), language)
    published("G1.C1.1", text_en=LONG)
    row = row_of(client, "G1.C1.1")
    cut = row | {"text_en": edit(row["text_en"])[:LONGEST_XLSX_CELL]}
    [(number, column, what)] = problems(upload(client, as_csv([cut])))
    assert (number, column) == (2, "text_en")
    assert words in what
    assert not Proposal.objects.in_review().exists()
    change_by_sheet(client, "G1.C1.1", text_en="a" * LONGEST_XLSX_CELL + "b")
    assert Proposal.objects.in_review().count() == 1


def test_a_new_text_may_fill_a_cell(editor):
    change_by_sheet(editor, "G1.C1.1", text_en="a" * LONGEST_XLSX_CELL)
    [proposal] = Proposal.objects.in_review()
    assert proposal.changes["text_en"] == "a" * LONGEST_XLSX_CELL
