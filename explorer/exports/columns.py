"""The columns that every output of statements has, and a statement as such a row."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from statements.models import Kind, Paragraph, Statement, StatementQuerySet
from statements.pages.citations import lines

#: How many statements are in memory at a time.
CHUNK = 1000
#: Stands for any in an address.
SOME_CODE = "G1.C1"
#: The values of a column: one text, one number, or several slugs.
TEXT, NUMBER, SLUGS = "text", "number", "slugs"


class Column(NamedTuple):
    name: str
    type: str
    description: Promise


STATEMENT_COLUMNS = (
    Column("code", TEXT, _("Code of the statement; never given to another one.")),
    Column("kind", TEXT, _("Kind: goal, objective, achievement, task and so on.")),
    Column("document", TEXT, _("Source document.")),
    Column("year", NUMBER, _("Edition of the report; empty for goals.")),
    Column("title_ko", TEXT, _("Title in Korean, where the kind has one.")),
    Column("title_en", TEXT, _("Title in English, an unofficial translation.")),
    Column("text_ko", TEXT, _("Text in Korean, where the kind has one.")),
    Column("text_en", TEXT, _("Text in English, an unofficial translation.")),
    Column("regions", SLUGS, _("Regions; editorial, not stated in the source.")),
    Column("countries", SLUGS, _("Countries and territories that it names.")),
    Column("themes", SLUGS, _("Themes; editorial, not stated in the source.")),
    Column("source_lines", TEXT, _("Lines of the source: 6-10, or 25;27 for two.")),
    Column("url_ko", TEXT, _("Address of the page in Korean.")),
    Column("url_en", TEXT, _("Address of the page in English.")),
    Column("parent", TEXT, _("Code of the statement that it stands under.")),
    Column(
        "translation",
        TEXT,
        _("State of the English: missing, outdated, draft or reviewed."),
    ),
)
STATEMENT_COLUMN_NAMES = tuple(column.name for column in STATEMENT_COLUMNS)
TEXT_COLUMNS = ("title_ko", "title_en", "text_ko", "text_en")
TAG_COLUMNS = {"regions": "region", "countries": "country", "themes": "theme"}


def statement_rows(statements: StatementQuerySet, origin: str) -> Iterator[dict]:
    """Row after row, in memory a chunk at a time."""
    found = stored(statements).iterator(CHUNK)
    while chunk := list(islice(found, CHUNK)):
        yield from complete(chunk, origin)


def stored(statements: StatementQuerySet) -> StatementQuerySet:
    """What a row takes from the statement's own table, as plain values."""
    plain = ("code", "kind", "year", *TEXT_COLUMNS, "document__slug", "parent__code")
    return statements.with_translation_state().raw_values("pk", *plain, "translation")


def complete(chunk: list[dict], origin: str) -> Iterator[dict]:
    """The rows of these statements, in a number of queries that is fixed."""
    pks = [one["pk"] for one in chunk]
    tags = {name: slugs(name, pks) for name in TAG_COLUMNS}
    lines_by_pk = line_ranges(pks)
    for one in chunk:
        named = one["code"], one["kind"]
        yield {
            "code": one["code"],
            "kind": one["kind"],
            "document": one["document__slug"],
            "year": one["year"],
            **{name: one[name] for name in TEXT_COLUMNS},
            **{name: found[one["pk"]] for name, found in tags.items()},
            "source_lines": lines(lines_by_pk[one["pk"]]),
            "url_ko": page_address("ko", *named, origin),
            "url_en": page_address("en", *named, origin),
            "parent": one["parent__code"] or "",
            "translation": one["translation"],
        }


def slugs(name: str, pks: list[int]) -> dict[int, list[str]]:
    """The slugs of a kind of tag by statement, in the order of the vocabulary."""
    tags = getattr(Statement, name).through.objects.filter(statement__in=pks)
    term = TAG_COLUMNS[name]
    found = defaultdict(list)
    for pk, slug in tags.order_by(f"{term}__position").values_list(
        "statement", f"{term}__slug"
    ):
        found[pk].append(slug)
    return found


def line_ranges(pks: list[int]) -> dict[int, list[tuple[int, int]]]:
    paragraphs = Paragraph.objects.filter(statement__in=pks).order_by("ordinal")
    found = defaultdict(list)
    for pk, first, last in paragraphs.values_list(
        "statement", "first_line", "last_line"
    ):
        found[pk].append((first, last))
    return found


def page_address(language: str, code: str, kind: str, origin: str) -> str:
    if kind != Kind.GOAL:
        return origin + path_in(language).replace(SOME_CODE, code)
    with override(language):
        return origin + Statement(code=code, kind=kind).get_absolute_url()


@cache
def path_in(language: str) -> str:
    """Of a page of a statement: files have a hundred thousand of them."""
    with override(language):
        return reverse("statements:detail", args=[SOME_CODE])


def origin_of(request: HttpRequest) -> str:
    """Scheme and host: what the addresses in an output begin with."""
    return f"{request.scheme}://{request.get_host()}"
