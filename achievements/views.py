from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_filters.views import FilterView

from achievements.models import Achievement, Task
from statements.filters.choices import vocabulary
from statements.filters.filterset import StatementFilter
from statements.models import (
    COUNTED_KINDS,
    TITLE_ONLY_KINDS,
    Kind,
    PartNature,
    Statement,
    StatementQuerySet,
    mark_within,
)
from statements.pages.chapters import chapters_of
from statements.pages.lazy_values import lazy_parts
from statements.pages.page_numbers import numbered

#: More stand on further pages.
STATEMENTS_PER_PAGE = 150
#: The values of a list that are made together.
REPORT_PARTS = ("groups", "chapters")


class ReportFilter(StatementFilter):
    """A report's items stand under their headings, in its order, on one page."""

    sort = page_size = None
    finds_related = False
    nature: PartNature

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = vocabulary(self.request.data_version).editions[self.nature]
        choices = [(str(year), self.nature.name_of(year)) for year in years]
        self.filters["year"].extra["choices"] = choices


class ReportGroup(NamedTuple):
    """Statements, and the titles above them that the group before did not have; the
    new ones are those that no group before had.
    """

    titles: list[Statement]
    new_titles: list[Statement]
    items: list[Statement]


class AchievementFilter(ReportFilter):
    nature = PartNature.ACHIEVEMENTS
    kinds = (Kind.CHAPTER, Kind.HEADING, Kind.ACHIEVEMENT, Kind.POINT, Kind.NOTE)


class TaskFilter(ReportFilter):
    nature = PartNature.TASKS
    kinds = (Kind.CHAPTER, Kind.HEADING, Kind.TASK, Kind.POINT, Kind.NOTE)


class ReportItemList(FilterView):
    """The items of a year's reports, the newest year's unless another is asked for,
    under their headings; other kinds when they are asked for.
    """

    template_name = "achievements/list.html"
    context_object_name = "statements"
    lead: Promise

    @property
    def nature(self) -> PartNature:
        nature: PartNature = self.filterset_class.nature
        return nature

    @property
    def years(self) -> list[int]:
        """All that there are, the newest first."""
        return vocabulary(self.request.data_version).editions[self.nature]

    def get_queryset(self) -> StatementQuerySet:
        whole = Statement.objects.published().filter(nature=self.nature)
        if "year" not in self.request.GET:
            whole = whole.filter(year__in=self.years[:1])
        if "kind" not in self.request.GET:
            whole = whole.of_kinds(*COUNTED_KINDS)
        return whole.for_listing()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        number = self.request.GET.get("page")
        numbers = numbered(lambda: context["statements"], STATEMENTS_PER_PAGE, number)
        given = context["filter"].given if context["filter"].is_valid() else {}
        asked = given.get("year", [])
        shown = [y for y in self.years if str(y) in asked] or self.years[:1]
        return context | {
            "title": self.nature.name_of(*shown),
            "lead": str(self.lead) % {"year": max(shown, default="")},
            "shown": shown,
            "editions": [(year, self.nature.name_of(year)) for year in self.years],
            **numbers,
            **lazy_parts(lambda: report_parts(numbers["page_obj"]), *REPORT_PARTS),
        }


def report_parts(page: Iterable[Statement]) -> dict[str, Any]:
    """The statements under their titles, and the list of these titles."""
    statements = list(page)
    mark_within(statements)
    groups = report_groups(statements)
    titles = [title for group in groups for title in group.new_titles]
    chapters = chapters_of(titles, (Kind.PART, Kind.CHAPTER))
    return {"groups": groups, "chapters": chapters}


def report_groups(statements: Iterable[Statement]) -> list[ReportGroup]:
    groups: list[ReportGroup] = []
    before: list[Statement] = []
    known: set[Statement] = set()
    for above, items in groupby(statements, key=title_above):
        titles = [above] if above else []
        if above and above.kind == Kind.HEADING and above.parent:
            titles.insert(0, above.parent)
        shown = [title for title in titles if title not in before]
        new = [title for title in shown if title not in known]
        groups.append(ReportGroup(shown, new, list(items)))
        before, known = titles, known | {*titles}
    return groups


def title_above(statement: Statement) -> Statement | None:
    """The part, chapter or heading under which a list shows it."""
    above = statement.parent
    while above and above.kind not in TITLE_ONLY_KINDS:
        above = above.parent
    return above


class AchievementList(ReportItemList):
    model = Achievement
    filterset_class = AchievementFilter
    lead = _("What the report lists as done through %(year)s.")


class TaskList(ReportItemList):
    model = Task
    filterset_class = TaskFilter
    lead = _("Plans for %(year)s when the report was written, not results.")
