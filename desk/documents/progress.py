"""The progress of a document: statements by state, English and tags, with lists."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from desk.documents.scope import DRAFTS, statements_of
from desk.models import DocumentAct, DocumentRequest
from desk.translations.checks import EnglishChecks, EnglishWarning
from statements.models import (
    Document,
    PublicationState,
    Statement,
    TranslationState,
)


class Figure(NamedTuple):
    """A number of statements, and the list of just these."""

    label: str | Promise
    n: int
    url: str


@dataclass
class DocumentRow:
    """A document among others."""

    document: Document
    states: Counter[str] = field(default_factory=Counter)
    request: DocumentRequest | None = None

    @property
    def drafts(self) -> int:
        return sum(self.states[state] for state in DRAFTS)


def document_rows() -> list[DocumentRow]:
    """All documents, in a number of queries that does not grow."""
    rows = {one.pk: DocumentRow(one) for one in Document.objects.all()}
    statements: QuerySet[Any] = Statement.objects.order_by()
    counts = statements.values("document", "state").annotate(n=Count("pk"))
    for count in counts:
        rows[count["document"]].states[count["state"]] = count["n"]
    for request in DocumentRequest.objects.open().with_people():
        rows[request.document_id].request = request
    return list(rows.values())


def list_of(document: Document, **query: object) -> str:
    """The statements of the document in the admin, narrowed down."""
    values = {"document__id__exact": document.pk, **query}
    return f"{reverse('admin:statements_statement_changelist')}?{urlencode(values)}"


def figures_of(document: Document) -> list[Figure]:
    """Those that are not nothing, each with its list."""
    of_document: Any = document.statements.with_translation_state().order_by()
    states: Counter[str] = Counter()
    english: Counter[str] = Counter()
    counts = of_document.values("state", "translation").annotate(n=Count("pk"))
    for row in counts:
        states[row["state"]] += row["n"]
        english[row["translation"]] += row["n"]
    figures = [Figure(_("Statements"), sum(states.values()), list_of(document))]
    figures += [
        Figure(state.label, states[state], list_of(document, state__exact=state.value))
        for state in PublicationState
        if states[state]
    ]
    figures += [
        Figure(state.label, english[state], list_of(document, translation=state.value))
        for state in TranslationState
        if english[state]
    ]
    untagged = {"regions": _("without a region"), "themes": _("without a theme")}
    for name, label in untagged.items():
        n = document.statements.filter(**{name: None}).count()
        if n:
            url = list_of(document, **{f"{name}__isnull": True})
            figures.append(Figure(label, n, url))
    return figures


class OpenFinding(NamedTuple):
    """A draft, and what the checks of the English say of it."""

    statement: Statement
    warnings: list[EnglishWarning]


@dataclass
class OpenPoints:
    """Open points in the drafts of a document; none of them forbids approval."""

    untranslated: int
    untagged: int
    english: list[OpenFinding]

    def __bool__(self) -> bool:
        return bool(self.untranslated or self.untagged or self.english)


def open_points_of(document: Document) -> OpenPoints:
    """In a number of queries that does not grow with the drafts."""
    drafts = list(statements_of(document, DocumentAct.PUBLISH).in_outline_order())
    lacking = Q(regions=None) | Q(themes=None)
    untagged = statements_of(document, DocumentAct.PUBLISH).filter(lacking).distinct()
    checks = EnglishChecks()
    translated = [one for one in drafts if not one.english_is_missing]
    checked = [OpenFinding(one, warnings_of(one, checks)) for one in translated]
    return OpenPoints(
        untranslated=len(drafts) - len(translated),
        untagged=untagged.count(),
        english=[one for one in checked if one.warnings],
    )


def warnings_of(statement: Statement, checks: EnglishChecks) -> list[EnglishWarning]:
    texts = {"title": statement.title_en, "text": statement.text_en}
    english = {name: text for name, text in texts.items() if text}
    checked = checks.check_all(statement, english)
    return [warning for one in checked for warning in one.warnings]
