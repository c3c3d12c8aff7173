"""The filters whose values no column has: which of them find a statement is asked."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Q

from statements.codes import goal_code, goal_key
from statements.filters.fields import ChoicesFilter
from statements.models import Event, PublicationState, Statement, StatementQuerySet
from statements.models.queries import LINKS_BY_OTHER_END
from statements.models.states import SHOWN_LINK_STATES

#: The ways from a statement to the code of a goal that it is about, and what else has
#: to hold on the way: it is the goal, stands under it, or is linked in public with what
#: does, be that earlier or later.
PATHS_TO_GOALS: dict[str, dict[str, Any]] = {
    "code": {},
    "root__code": {},
    **{
        f"{links}__{end}__root__code": {
            f"{links}__state__in": SHOWN_LINK_STATES,
            f"{links}__{end}__state": PublicationState.PUBLISHED,
        }
        for links, end in LINKS_BY_OTHER_END.items()
    },
}


class EventYearsFilter(ChoicesFilter):
    def possible(self, values: Iterable[str], among: Collection[int]) -> list[str]:
        """No year finds a statement without an event that touches it."""
        days = Event.objects.among(among).order_by().values_list("start", "end")
        spans = [range(start.year, end.year + 1) for start, end in days]
        return [
            value
            for value in values
            if not value.isdigit() or any(int(value) in span for span in spans)
        ]


class GoalsFilter(ChoicesFilter):
    """All that stands under these goals or is linked with any of that in public."""

    @property
    def asked_values(self) -> list[str]:
        return [value for value, _label in self.extra["choices"]]

    def filter(self, qs: StatementQuerySet, value: list[str]) -> StatementQuerySet:
        if not value:
            return qs
        is_about = Q()
        for found in ways_to_goals(Statement.objects.order_by(), value).values():
            is_about |= Q(pk__in=found.values("pk"))
        return qs.filter(is_about)

    def pairs(
        self, among: Collection[int] | None = None, values: Iterable[str] | None = None
    ) -> Iterator[tuple[str, int]]:
        """Along each way from the statements to all goals at once."""
        wanted = self.asked_values if values is None else values
        asked = Statement.objects.order_by().rewrite(False).among(among)
        for path, found in ways_to_goals(asked, wanted).items():
            for code, pk in found.values_list(path, "pk").iterator():
                yield goal_key(code), pk


def ways_to_goals(
    statements: StatementQuerySet, values: Iterable[str]
) -> dict[str, StatementQuerySet]:
    """Those of the statements from which each way leads to one of the goals."""
    codes = [*map(goal_code, values)]
    return {
        path: statements.filter(**also, **{f"{path}__in": codes})
        for path, also in PATHS_TO_GOALS.items()
    }
