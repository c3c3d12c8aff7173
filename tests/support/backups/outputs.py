"""What readers get of a portal, to compare before and after; prints it as JSON.

    DATABASE_URL=… python -m tests.support.backups.outputs

A process of its own keeps no answer of another database.
"""

import hashlib
import io
import json
import sys

import django
import openpyxl

if __name__ == "__main__":
    django.setup()

from django.test import Client

FILES = (
    *("/en/statements.csv", "/ko/statements.json", "/en/statements.xlsx"),
    *("/en/statements.atom", "/ko/changes.atom"),
    *("/en/timeline.csv", "/ko/figures.csv", "/en/continuity.csv", "/ko/matrix.csv"),
    *("/data/statements.json", "/sitemap-statements-1.xml", "/api/v1/statements/"),
    *("/en/sources/goals/original", "/en/statements/G1.C1/cite.bib"),
)
PAGES = (
    *("/ko/", "/en/goals/1/", "/ko/statements/G1.C1/", "/en/statements/G1.C1/history/"),
    *("/en/glossary/", "/ko/sources/goals/", "/en/continuity/", "/ko/timeline/"),
    *("/ko/statements/?q=동맹", "/en/statements/?q=alliance+2024&sort=relevance"),
)


def answers() -> dict[str, str]:
    """The SHA-256 of each by its path."""
    client = Client(HTTP_HOST="localhost")
    return {path: digest_of(path, client.get(path)) for path in (*FILES, *PAGES)}


def digest_of(path: str, answer) -> str:
    assert answer.status_code == 200, (path, answer.status_code)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if path.endswith(".xlsx"):
        # The file itself tells when it was made.
        book = openpyxl.load_workbook(io.BytesIO(body))
        body = repr([list(sheet.values) for sheet in book]).encode()
    return hashlib.sha256(body).hexdigest()


if __name__ == "__main__":
    json.dump(answers(), sys.stdout)
