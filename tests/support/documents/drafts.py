"""Documents whose statements are drafts, as an intake leaves them."""

import hashlib
from itertools import count

from django.contrib.auth.models import User

from statements.gate import Note, gate
from statements.models import Document, Kind, Paragraph, Region, Statement, Theme
from tests.support.factories import tag, words

MADE = Note(ko="문서를 읽어 들임", en="Read in a document")
years = count(2031)


def described(slug: str, year: int, **fields) -> Document:
    """A report that is not saved."""
    words_of_it = ("title", "time_basis", "licence", "contains", "lacks")
    texts = {
        f"{name}_{language}": f"{word} {slug}"
        for name in words_of_it
        for language, word in (("ko", "보고서"), ("en", "Report"))
    }
    values = {"kind": "report", "time_year": year, "file": f"{slug}.txt", **texts}
    return Document(slug=slug, **{**values, **fields})


def draft_document(size: int, by: User, **fields) -> Document:
    """A report of `size` draft tasks in one gate by that author, tagged and in both
    languages, with its part, and a heading for every twenty of them.
    """
    year = next(years)
    with gate(by, MADE):
        document = described(f"report-{year}", year, **fields)
        document.save()
        [part] = made(document, [(f"{year}.T", Kind.PART, None)])
        headings = made(
            document,
            [
                (f"{part.code}{number + 1}", Kind.HEADING, part)
                for number in range(size // 20 + 1)
            ],
        )
        made(
            document,
            [
                (f"{headings[n // 20].code}.{n % 20 + 1}", Kind.TASK, headings[n // 20])
                for n in range(size)
            ],
        )
    return document


def made(document: Document, rows: list[tuple]) -> list[Statement]:
    """Drafts of these codes, kinds and parents, each with its paragraph."""
    statements = Statement.objects.bulk_create(
        Statement(
            code=code,
            kind=kind,
            parent=parent,
            document=document,
            position=number,
            state="draft",
            year=document.time_year,
            **words(kind, code),
        )
        for number, (code, kind, parent) in enumerate(rows, 1)
    )
    first = document.paragraphs.count() + 1
    Paragraph.objects.bulk_create(
        paragraph_of(one, ordinal) for ordinal, one in enumerate(statements, first)
    )
    tag(statements, "regions", Region.objects.all()[:1])
    tag(statements, "themes", Theme.objects.all()[:1])
    return statements


def paragraph_of(one: Statement, ordinal: int) -> Paragraph:
    text = f"{one.title_ko} {one.text_ko}".strip()
    return Paragraph(
        document=one.document,
        ordinal=ordinal,
        marker="",
        depth={Kind.PART: 0, Kind.HEADING: 1}.get(one.kind, 2),
        raw=text,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        first_line=ordinal,
        last_line=ordinal,
        statement=one,
    )
