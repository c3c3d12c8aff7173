"""The columns that every output of statements has, and a statement as such a row."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    Count,
    F,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from statements.field_rows import ValueType
from statements.fields import NUMBER_FIELDS, STATEMENT_FIELDS, TAGS, TEXTS
from statements.models import Kind, Paragraph, Revision, Statement, StatementQuerySet
from statements.models.states import PUBLIC_STATES
from statements.pages.citations import lines

#: How many statements are in memory at a time.
CHUNK = 1000
#: Stands for any in an address.
SOME_CODE = "G1.C1"


class Column(NamedTuple):
    name: str
    type: ValueType
    description: str | Promise
    width: int | None = None


#: Newer than the others, so that they come behind them.
NEWER_COLUMNS = ("editor_note_ko", "editor_note_en", "checked_on")
#: Of a search, and empty where nothing was searched for.
MATCH_COLUMN = Column(
    "match",
    ValueType.TEXT,
    _(
        "How a search found the statement: “word” (all the keywords), “same” (some of "
        "them in another spelling or language), “partial” (only some of the keywords), "
        "“related” (only by related words, added by this site’s editors). Empty where "
        "there was no search."
    ),
)
#: Of the changes that readers were told of; empty of what has no history.
HISTORY_COLUMNS = (
    Column(
        "changed_at",
        ValueType.TEXT,
        _("Date and time of the last public change; at first, of publication."),
    ),
    Column(
        "revision",
        ValueType.NUMBER,
        _("Number of public revisions so far: 1 is the first publication."),
    ),
)
HISTORY_COLUMN_NAMES = tuple(column.name for column in HISTORY_COLUMNS)
STATEMENT_COLUMNS = (
    *(
        Column(row.name, row.type, row.output, row.width)
        for row in sorted(STATEMENT_FIELDS, key=lambda row: row.name in NEWER_COLUMNS)
        if row.output is not None
    ),
    MATCH_COLUMN,
    *HISTORY_COLUMNS,
)
STATEMENT_COLUMN_NAMES = tuple(column.name for column in STATEMENT_COLUMNS)
#: The columns that a row takes from the statement's own table as they are.
PLAIN_COLUMNS = tuple(
    name for name in STATEMENT_COLUMN_NAMES if name in TEXTS or name in NUMBER_FIELDS
)
TAG_COLUMNS = tuple(name for name in STATEMENT_COLUMN_NAMES if name in TAGS)


def statement_rows(
    statements: StatementQuerySet, origin: str
) -> Iterator[dict[str, Any]]:
    """Row after row, in memory a chunk at a time."""
    stored = stored_values(statements).iterator(CHUNK)
    while chunk := list(islice(stored, CHUNK)):
        yield from complete_rows(chunk, origin)


def stored_values(
    statements: StatementQuerySet,
) -> "QuerySet[Statement, dict[str, Any]]":
    """The part of a row that the statement's own table has, as plain values."""
    plain = ("code", "kind", "year", *PLAIN_COLUMNS, "document__slug", "parent_code")
    is_public = When(parent__state__in=PUBLIC_STATES, then=F("parent__code"))
    above = statements.annotate(parent_code=Case(is_public, default=Value("")))
    if "match" not in above.query.annotations:
        above = above.annotate(match=Value(""))
    stored = above.with_translation_state().annotate(
        checked=F("upkeep__checked_on"), **last_told()
    )
    return stored.raw_values(
        "pk", *plain, "translation", "match", "checked", *HISTORY_COLUMN_NAMES
    )


def last_told() -> dict[str, Subquery]:
    """The time of the last change that readers were told of, and how many so far."""
    shown = Revision.objects.shown().filter(statement=OuterRef("pk"))
    by_statement = shown.order_by().values("statement")
    return {
        "changed_at": Subquery(by_statement.annotate(last=Max("at")).values("last")),
        "revision": Subquery(by_statement.annotate(n=Count("pk")).values("n")),
    }


def complete_rows(chunk: list[dict[str, Any]], origin: str) -> Iterator[dict[str, Any]]:
    """The rows of these statements, in a number of queries that is fixed."""
    pks = [stored["pk"] for stored in chunk]
    tags = {name: slugs_by_statement(name, pks) for name in TAG_COLUMNS}
    lines_by_pk = line_ranges(pks)
    for stored in chunk:
        pk, code, kind = stored["pk"], stored["code"], stored["kind"]
        values = {
            **stored,
            **{name: slugs[pk] for name, slugs in tags.items()},
            "document": stored["document__slug"],
            "parent": stored["parent_code"],
            "checked_on": str(stored["checked"] or ""),
            "source_lines": lines(lines_by_pk[pk]),
            "url_ko": page_address("ko", code, kind, origin),
            "changed_at": moment_as_text(stored["changed_at"]),
            "url_en": page_address("en", code, kind, origin),
        }
        yield {name: values[name] for name in STATEMENT_COLUMN_NAMES}


def moment_as_text(moment: datetime | None) -> str:
    """By the ministry's clock, to the second; nothing where there is none."""
    if moment is None:
        return ""
    return timezone.localtime(moment).isoformat(timespec="seconds")


def slugs_by_statement(name: str, pks: list[int]) -> dict[int, list[str]]:
    """The slugs of a kind of tag by statement, in the order of the vocabulary."""
    tags = getattr(Statement, name).through.objects.filter(statement__in=pks)
    term = TAGS[name].model._meta.model_name
    slugs: dict[int, list[str]] = defaultdict(list)
    for pk, slug in tags.order_by(f"{term}__position").values_list(
        "statement", f"{term}__slug"
    ):
        slugs[pk].append(slug)
    return slugs


def line_ranges(pks: list[int]) -> dict[int, list[tuple[int, int]]]:
    paragraphs = Paragraph.objects.filter(statement__in=pks).order_by("ordinal")
    ranges: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pk, first, last in paragraphs.values_list(
        "statement", "first_line", "last_line"
    ):
        ranges[pk].append((first, last))
    return ranges


def page_address(language: str, code: str, kind: str, origin: str) -> str:
    if kind != Kind.GOAL:
        return origin + path_in(language).replace(SOME_CODE, code)
    with override(language):
        return origin + Statement(code=code, kind=kind).get_absolute_url()


@cache
def path_in(language: str) -> str:
    """The path of a page of a statement: files have a hundred thousand of them."""
    with override(language):
        return reverse("statements:detail", args=[SOME_CODE])
