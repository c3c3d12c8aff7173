"""The terms that filters offer, kept in memory until public content changes."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from statements.models import (
    Country,
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
from statements.version_cache import version_cache


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
    event_years: list[int]
    has_statuses: bool

    @cached_property
    def editions(self) -> dict[PartNature, list[int]]:
        """The years that reports have anything of each nature in, the newest first."""
        return {nature: list(years) for nature, years in self.reports.items()}

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

    @property
    def newest_goals(self) -> list[Statement]:
        return self.goals_of(*self.goals_documents[:1])

    def goals_of(self, *documents: Document) -> list[Statement]:
        return [goal for goal in self.goals if goal.document in documents]

    def later_goals(self, document: Document) -> Document | None:
        """The newest document of goals, if this is an earlier one."""
        is_earlier = document.pk in self.earlier_goals_documents
        return self.goals_documents[0] if is_earlier else None

    @cached_property
    def earlier_goals_documents(self) -> set[int]:
        return {document.pk for document in self.goals_documents[1:]}

    def title_of_goal(self, goal: Statement) -> str:
        """In the active language; it says if the goal's document is an earlier one."""
        if self.later_goals(goal.document):
            return _("%(title)s (earlier document)") % {"title": goal.page_title}
        if goal.page_title == goal.code:
            return _("%(code)s (not yet translated)") % {"code": goal.code}
        return goal.page_title


@version_cache
def vocabulary() -> Vocabulary:
    """Names answer in the language active when they are read."""
    published = Statement.objects.published()
    return Vocabulary(
        regions=list(Region.objects.all()),
        countries=list(Country.objects.select_related("region")),
        themes=list(Theme.objects.all()),
        documents=list(with_editions(Document.objects.public())),
        goals=list(
            published.of_kinds(Kind.GOAL)
            .select_related("document")
            .prefetch_related("organisations", "statusupdates")
            .order_by("-document__time_year", "-document__time_order", "sort_key")
        ),
        reports=reports_by_nature_and_year(published),
        event_years=years_of_events(published),
        has_statuses=StatusUpdate.objects.filter(statement__in=published).exists(),
    )


def with_editions(documents: DocumentQuerySet) -> DocumentQuerySet:
    """With what each replaces and is replaced by, as far as that is public itself."""
    public = Document.objects.public()
    return documents.prefetch_related(
        Prefetch("replaces", public), Prefetch("replaced_by", public)
    )


def reports_by_nature_and_year(
    statements: StatementQuerySet,
) -> dict[PartNature, dict[int, list[int]]]:
    """The keys of the documents by nature and year, the newest year first."""
    of_reports = statements.filter(year__isnull=False).order_by("-year").distinct()
    reports: dict[PartNature, dict[int, list[int]]] = {n: {} for n in PartNature}
    for nature, year, key in of_reports.values_list("nature", "year", "document"):
        reports[PartNature(nature)].setdefault(int(year or 0), []).append(key)
    return reports


def years_of_events(statements: StatementQuerySet) -> list[int]:
    """Every year that an event of these statements touches."""
    events = Event.objects.filter(statement__in=statements)
    return sorted(
        {
            year
            for start, end in events.values_list("start", "end")
            for year in range(start.year, end.year + 1)
        }
    )
