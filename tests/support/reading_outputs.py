"""The rows of every output, as a reader's programs read them."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from urllib.parse import urlencode

import openpyxl

ROW = re.compile(
    r'<li class="row[^"]*">.*?<(?:a|span) class="code"[^>]*>([^<]+)<', re.DOTALL
)
ATOM = {"a": "http://www.w3.org/2005/Atom"}
REQUIRED = [
    *("code", "kind", "document", "year", "title_ko", "title_en", "text_ko", "text_en"),
    *("regions", "countries", "themes", "source_lines", "url_ko", "url_en"),
]


def content(answer) -> bytes:
    assert answer.status_code == 200, answer
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def address(path: str, query: dict) -> str:
    return f"{path}?{urlencode(query, doseq=True)}" if query else path


def csv_rows(client, query: dict, language: str = "ko") -> list[dict]:
    answer = client.get(address(f"/{language}/statements.csv", query))
    text = content(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def xlsx_rows(client, query: dict) -> list[dict]:
    answer = client.get(address("/en/statements.xlsx", query))
    book = openpyxl.load_workbook(io.BytesIO(content(answer)))
    head, *body = book["statements"].values
    return [dict(zip(head, cells, strict=True)) for cells in body]


def json_rows(client, query: dict) -> list[dict]:
    answer = client.get(address("/ko/statements.json", query))
    data = json.loads(content(answer))
    assert data["count"] == len(data["results"])
    return data["results"]


def atom_entries(client, query: dict, language: str = "en") -> list:
    answer = client.get(address(f"/{language}/statements.atom", query))
    return ElementTree.fromstring(content(answer)).findall("a:entry", ATOM)


def atom_codes(client, query: dict) -> list[str]:
    entries = atom_entries(client, query)
    return [e.findtext("a:id", None, ATOM).rpartition(":")[2] for e in entries]


def api_rows(client, query: dict) -> list[dict]:
    """Over all pages."""
    rows: list[dict] = []
    following = address("/api/v1/statements/", {"page_size": 100, **query})
    while following:
        page = client.get(following).json()
        rows += page["results"]
        following = page["next"]
    assert page["count"] == len(rows)
    return rows


def html_codes(client, query: dict) -> list[str]:
    """Of the rows that readers see, over all pages."""
    codes: list[str] = []
    number = 1
    while number:
        asked = {"page_size": 100, **query, "page": number}
        answer = client.get(address("/ko/statements/", asked))
        assert answer.status_code == 200
        codes += ROW.findall(answer.content.decode())
        page = answer.context["page_obj"]
        number = page.next_page_number() if page.has_next() else 0
    return codes


def all_codes(client, query: dict) -> dict[str, list[str]]:
    return {
        "html": html_codes(client, query),
        "csv": [row["code"] for row in csv_rows(client, query)],
        "xlsx": [row["code"] for row in xlsx_rows(client, query)],
        "json": [row["code"] for row in json_rows(client, query)],
        "api": [row["code"] for row in api_rows(client, query)],
        "atom": atom_codes(client, query),
    }
