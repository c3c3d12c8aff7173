"""The texts that a quote is looked for in, each with where it is from."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from django.db.models.fields.json import KT
from django.utils import timezone

from statements.fields import TEXTS
from statements.models import Document, Paragraph, PublicationState, Revision, Statement
from statements.models.states import PUBLIC_STATES

LineRange = tuple[int, int]
LinesOfCodes = dict[str, tuple[LineRange, ...]]
#: The texts of a statement that its document says; the editor's note is not one.
WORDINGS = tuple(name for name in TEXTS if not name.startswith("editor_note"))


class PassageStanding(StrEnum):
    CURRENT = "current"
    EARLIER = "earlier"
    WITHDRAWN = "withdrawn"


class Passage(NamedTuple):
    """One text of a statement, or a line of a source that became none (`code` empty).

    `until` is the day on which it was changed or no longer published.
    """

    code: str
    document: str
    language: str
    text: str
    lines: tuple[LineRange, ...]
    standing: PassageStanding = PassageStanding.CURRENT
    until: date | None = None


#: Passages by document and by `source`, or the language of its statements' texts: each
#: as the document has them, one after the other. What is past has no document here.
PassageLists = dict[tuple[str, str], list[Passage]]


def read_rows() -> PassageLists:
    withdrawn = days_of_withdrawal()
    rows: PassageLists = defaultdict(list)
    lines: LinesOfCodes = defaultdict(tuple)
    for passage in source_passages():
        lines[passage.code] += passage.lines
        # What became no statement is between two that follow each other.
        sort = "source" if passage.code else f"line {passage.lines[0][0]}"
        rows[passage.document, sort].append(standing_now(passage, withdrawn))
    statements = Statement.objects.filter(state__in=PUBLIC_STATES)
    for statement in statements.select_related("document").in_outline_order():
        for passage in passages_of(statement, lines):
            row = rows[passage.document, passage.language]
            row.append(standing_now(passage, withdrawn))
    for number, passage in enumerate(earlier_passages(lines)):
        rows["", str(number)] = [passage]
    return dict(rows)


def source_passages() -> Iterator[Passage]:
    # A document that is being read in has lines of no statement, too.
    paragraphs = Paragraph.objects.public().filter(
        document__in=Document.objects.public()
    )
    for paragraph in paragraphs.select_related("document", "statement"):
        code = paragraph.statement.code if paragraph.statement else ""
        span = (paragraph.first_line, paragraph.last_line)
        slug = paragraph.document.slug
        yield Passage(code, slug, "ko", paragraph.text, (span,))


def passages_of(statement: Statement, lines: LinesOfCodes) -> Iterator[Passage]:
    for name in WORDINGS:
        if text := getattr(statement, name):
            slug, language = statement.document.slug, name[-2:]
            yield Passage(statement.code, slug, language, text, lines[statement.code])


def standing_now(passage: Passage, withdrawn: dict[str, date]) -> Passage:
    if passage.code not in withdrawn:
        return passage
    return passage._replace(
        standing=PassageStanding.WITHDRAWN, until=withdrawn[passage.code]
    )


def days_of_withdrawal() -> dict[str, date]:
    """The day since which each statement that is no longer published is not."""
    gone = Revision.objects.filter(statement__state=PublicationState.WITHDRAWN)
    days: dict[str, date] = {}
    for code, at, state in gone.order_by("pk").values_list(
        "statement__code", "at", KT("snapshot__state")
    ):
        if state != PublicationState.WITHDRAWN:
            days.pop(code, None)
        else:
            days.setdefault(code, timezone.localdate(at))
    return days


def earlier_passages(lines: LinesOfCodes) -> Iterator[Passage]:
    """Every text that a published statement had, and has no longer."""
    texts = {name: KT(f"snapshot__{name}") for name in WORDINGS}
    revisions = Revision.objects.public().order_by("statement", "pk").rewrite(False)
    names = ("statement__code", "statement__document__slug", "at")
    last: dict[tuple[str, str], str] = {}
    for row in revisions.annotate(
        **{f"was_{name}": text for name, text in texts.items()}
    ).values(*names, *(f"was_{name}" for name in WORDINGS)):
        code = row["statement__code"]
        for name in WORDINGS:
            text = row[f"was_{name}"] or ""
            before, last[code, name] = last.get((code, name), ""), text
            if before and before != text:
                yield Passage(
                    code,
                    row["statement__document__slug"],
                    name[-2:],
                    before,
                    lines[code],
                    PassageStanding.EARLIER,
                    timezone.localdate(row["at"]),
                )
