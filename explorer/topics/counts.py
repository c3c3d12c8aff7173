"""The number of statements under a topic, column by column."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple, TypedDict, cast

from django.utils.translation import gettext as _

from explorer.topics.groups import GROUPED_BY
from statements.filters.fields import TagsFilter
from statements.filters.filterset import StatementFilter
from statements.models import Country, PartNature, Region, Theme


class ColumnCounts(NamedTuple):
    """The statements of goals, the achievements and the tasks of all editions."""

    wants: int = 0
    did: int = 0
    will_do: int = 0

    @property
    def total(self) -> int:
        return sum(self)

    def __str__(self) -> str:
        values = {"wants": self.wants, "did": self.did, "will_do": self.will_do}
        text = _("goals %(wants)s · achievements %(did)s · tasks %(will_do)s")
        return text % values


class TopicCount(TypedDict):
    """A topic with how many statements stand under it."""

    term: Region | Country | Theme
    counts: ColumnCounts


class RegionCount(TopicCount):
    countries: list[TopicCount]


def count_columns(counts: Mapping[tuple[Any, ...], int]) -> ColumnCounts:
    """Counts by what groups are told apart by, the nature first, as columns."""
    by_nature: Counter[str] = Counter()
    for (nature, *_edition), count in counts.items():
        by_nature[nature] += count
    natures = ("", PartNature.ACHIEVEMENTS, PartNature.TASKS)
    return ColumnCounts(*(by_nature[nature] for nature in natures))


def count_by_value(
    filterset: StatementFilter, parameter: str
) -> dict[str, Counter[tuple[Any, ...]]]:
    """The filtered statements by the values of a tag's filter, group by group."""
    tags = cast(TagsFilter, filterset.filters[parameter])
    return tags.counts_by_value(filterset.qs, *GROUPED_BY)


def count_topic(
    topic: Region | Country | Theme,
    counts_by_value: Mapping[str, Counter[tuple[Any, ...]]],
) -> TopicCount:
    counts = counts_by_value.get(topic.slug, Counter())
    return {"term": topic, "counts": count_columns(counts)}
