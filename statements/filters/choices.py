"""The terms that filters offer, kept in memory until public content changes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Prefetch
from django.utils.translation import gettext as _
from pyroaring import BitMap

from statements.models import (
    Country,
    DataVersion,
    Document,
    Event,
    Kind,
    PartNature,
    Region,
    Statement,
    StatementQuerySet,
    StatusUpdate,
    Theme,
)
from statements.models.documents import DocumentQuerySet
from statements.models.facts import EventQuerySet
from statements.models.revision import DataChange
from statements.version_cache import VersionCache


class ReportKey(NamedTuple):
    """A document that has anything of a nature and year."""

    nature: str
    year: int
    document: int


@dataclass(frozen=True)
class Vocabulary:
    """Documents and editions come newest first, and goals as their documents do."""

    regions: list[Region]
    countries: list[Country]
    themes: list[Theme]
    documents: list[Document]
    goals: list[Statement]
    #: The documents of each nature and year, both the newest first.
    reports: dict[PartNature, dict[int, list[int]]]
    #: The keys of the statements with an event in each year.
    dated: dict[int, BitMap]
    has_statuses: bool

    @property
    def event_years(self) -> list[int]:
        return [*self.dated]

    @cached_property
    def editions(self) -> dict[PartNature, list[int]]:
        """The years that reports have anything of each nature in, the newest first."""
        return {nature: list(years) for nature, years in self.reports.items()}

    @property
    def report_keys(self) -> list[ReportKey]:
        return [
            ReportKey(nature, year, document)
            for nature, years in self.reports.items()
            for year, documents in years.items()
            for document in documents
        ]

    def reports_of(self, nature: PartNature, year: int) -> tuple[Document, ...]:
        keys = self.reports[nature][year]
        return tuple(document for document in self.documents if document.pk in keys)

    @cached_property
    def years(self) -> list[int]:
        """The years of all editions, the earliest first."""
        return sorted({year for years in self.editions.values() for year in years})

    def editions_of(self, year: int) -> str:
        """The names of all editions of a year, in the active language."""
        natures = (nature for nature, years in self.editions.items() if year in years)
        return " · ".join(nature.name_of(year) for nature in natures)

    @cached_property
    def goals_documents(self) -> list[Document]:
        with_goals = {goal.document_id for goal in self.goals}
        return [document for document in self.documents if document.pk in with_goals]

    @cached_property
    def earlier_documents(self) -> set[int]:
        """The keys of the documents of goals that have a later one."""
        return {document.pk for document in self.goals_documents[1:]}

    def is_earlier(self, statement: Statement) -> bool:
        """True of a statement of a document of goals that has a later one."""
        return (
            statement.year is None and statement.document_id in self.earlier_documents
        )

    @property
    def newest_goals(self) -> list[Statement]:
        return self.goals_of(*self.goals_documents[:1])

    def goals_of(self, *documents: Document) -> list[Statement]:
        return [goal for goal in self.goals if goal.document in documents]

    def later_goals(self, document: Document) -> Document | None:
        """The newest document of goals, if this is an earlier one."""
        is_earlier = document.pk in self.earlier_documents
        return self.goals_documents[0] if is_earlier else None

    def title_of_goal(self, goal: Statement) -> str:
        """In the active language; it says if the goal's document is an earlier one."""
        if self.later_goals(goal.document):
            return _("%(title)s (earlier document)") % {"title": goal.page_title}
        if goal.page_title == goal.code:
            return _("%(code)s (not yet translated)") % {"code": goal.code}
        return goal.page_title


vocabularies: VersionCache[Vocabulary] = VersionCache()


def vocabulary(version: DataVersion | None) -> Vocabulary:
    """Names answer in the language active when they are read."""
    return vocabularies.followed(version, read_vocabulary, patched_vocabulary)


def read_vocabulary() -> Vocabulary:
    published = Statement.objects.published()
    events = Event.objects.filter(statement__in=published)
    return Vocabulary(
        **terms_documents_and_goals(),
        reports=by_nature_and_year(report_keys_of(published)),
        dated=in_years(dated_by_year(events)),
        has_statuses=has_statuses(),
    )


def patched_vocabulary(former: Vocabulary, changed: DataChange) -> Vocabulary:
    """Of what all statements are asked for, only what the former one has or the changed
    statements may add; terms, documents and goals only where they may be others.
    """
    keys, published = changed.statement_ids, Statement.objects.published()
    near = published.filter(pk__in=keys)
    reports = {*former.report_keys, *report_keys_of(near)}
    dated, left = dated_by_year(Event.objects.filter(statement__in=near)), BitMap(keys)
    for year, statement_ids in former.dated.items():
        dated[year] |= statement_ids - left
    patched = replace(
        former,
        reports=by_nature_and_year(standing(reports)),
        dated=in_years(dated),
        has_statuses=has_statuses(),
    )
    public = {*Document.objects.public().values_list("pk", flat=True)}
    goals = Statement.objects.of_kinds(Kind.GOAL).filter(pk__in=keys)
    is_as_before = public == {document.pk for document in former.documents}
    if is_as_before and not changed.is_beyond_statements and not goals.exists():
        return patched
    return replace(patched, **terms_documents_and_goals())


def terms_documents_and_goals() -> dict[str, Any]:
    return {
        "regions": list(Region.objects.all()),
        "countries": list(Country.objects.select_related("region")),
        "themes": list(Theme.objects.all()),
        "documents": list(with_editions(Document.objects.public())),
        "goals": list(
            Statement.objects.published()
            .of_kinds(Kind.GOAL)
            .select_related("document")
            .prefetch_related("organisations", "statusupdates")
            .order_by("-document__time_year", "-document__time_order", "sort_key")
        ),
    }


def has_statuses() -> bool:
    published = Statement.objects.published().order_by()
    is_of_published = Exists(published.filter(pk=OuterRef("statement")))
    return StatusUpdate.objects.order_by().filter(is_of_published).exists()


def with_editions(documents: DocumentQuerySet) -> DocumentQuerySet:
    """With what each replaces and is replaced by, as far as that is public itself."""
    public = Document.objects.public()
    return documents.prefetch_related(
        Prefetch("replaces", public), Prefetch("replaced_by", public)
    )


def report_keys_of(statements: StatementQuerySet) -> set[ReportKey]:
    of_reports = statements.filter(year__isnull=False).order_by().distinct()
    keys = of_reports.values_list("nature", "year", "document")
    return {ReportKey(nature, int(year or 0), pk) for nature, year, pk in keys}


def standing(keys: Collection[ReportKey]) -> Iterator[ReportKey]:
    """Those of the keys that a published statement has; a query for each edition,
    however many documents are of it.
    """
    for nature, year in sorted({(key.nature, key.year) for key in keys}):
        of_document = Statement.objects.published().filter(
            nature=nature, year=year, document=OuterRef("pk")
        )
        documents = Document.objects.order_by().filter(Exists(of_document.order_by()))
        found = {*documents.values_list("pk", flat=True)}
        for key in keys:
            if key[:2] == (nature, year) and key.document in found:
                yield key


def by_nature_and_year(
    keys: Iterable[ReportKey],
) -> dict[PartNature, dict[int, list[int]]]:
    """The keys of the documents by nature and year, the newest year first."""
    reports: dict[PartNature, dict[int, list[int]]] = {n: {} for n in PartNature}
    for nature, year, document in sorted(keys, key=lambda key: -key.year):
        reports[PartNature(nature)].setdefault(year, []).append(document)
    return reports


def dated_by_year(events: EventQuerySet) -> dict[int, BitMap]:
    """The keys of the statements of the events, by each year that these touch."""
    dated: dict[int, BitMap] = defaultdict(BitMap)
    days = events.order_by().values_list("statement", "start", "end")
    for statement_id, start, end in days:
        for year in range(start.year, end.year + 1):
            dated[year].add(statement_id)
    return dated


def in_years(dated: Mapping[int, BitMap]) -> dict[int, BitMap]:
    """The earliest first, without those that nothing is left of."""
    return {year: dated[year] for year in sorted(dated) if dated[year]}
