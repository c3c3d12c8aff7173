"""Bulk work without a browser: sheets out and in, previews, confirmations."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from desk.bulk.sheets.sheet_columns import SHEET_COLUMN_NAMES
from statements.models import Statement
from tests.support.desk.admin_forms import WHY

SHEETS, PREVIEW = "/admin/bulk/sheets/", "/admin/bulk/preview/"


def read(answer) -> bytes:
    return b"".join(answer.streaming_content)


def downloaded(client: Client, **query: str) -> list[dict]:
    """The rows of the CSV that these choices give."""
    content = read(client.get(f"{SHEETS}statements.csv", query)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))


def row_of(client: Client, code: str) -> dict:
    return next(row for row in downloaded(client) if row["code"] == code)


def as_csv(rows: list[dict], names=SHEET_COLUMN_NAMES) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows({name: row[name] for name in names} for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(lines: list[list]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for line in lines:
        book.active.append(line)
    book.save(file)
    return file.getvalue()


def cells_of(content: bytes) -> list[list]:
    sheet = load_workbook(io.BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def upload(client: Client, content: bytes, name: str = "sheet.csv", **more):
    file = SimpleUploadedFile(name, content)
    return client.post(SHEETS, {"sheet": file, **more})


def preview(client: Client):
    """The page that every job comes to before it is confirmed."""
    return client.get(PREVIEW)


def problems(answer) -> list[tuple[int, str, str]]:
    """Row, column and what is wrong there, of an uploaded sheet."""
    return [tuple(problem) for problem in answer.context["problems"]]


def confirm(client: Client, **values):
    token = preview(client).context["job"].token
    return client.post(PREVIEW, {"token": token, **WHY, **values})


def choose(client: Client, *codes: str):
    """In the list of the admin, for the action that tags."""
    chosen = Statement.objects.filter(code__in=codes).values_list("pk", flat=True)
    return client.post(
        reverse("admin:statements_statement_changelist"),
        {"action": "add_or_remove_tag", "_selected_action": list(chosen)},
    )


def change_by_sheet(client: Client, code: str, **cells: str) -> None:
    upload(client, as_csv([row_of(client, code) | cells]))
    confirm(client)
