"""The number of statements under a topic, column by column."""

from typing import NamedTuple, TypedDict

from django.utils.translation import gettext as _
from pyroaring import BitMap

from explorer.results.facet_index import FacetIndex
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


def count_columns(index: FacetIndex, places: BitMap) -> ColumnCounts:
    """Counts the statements at these places by column, without mere titles."""
    counted = places & index.counted
    natures = ("", PartNature.ACHIEVEMENTS, PartNature.TASKS)
    return ColumnCounts(*(len(counted & index.of_nature(of)) for of in natures))


def places_of_topic(index: FacetIndex, topic: Region | Country | Theme) -> BitMap:
    return index.chosen(str(topic._meta.model_name), [topic.slug])


def count_topic(index: FacetIndex, topic: Region | Country | Theme) -> TopicCount:
    counts = count_columns(index, places_of_topic(index, topic))
    return {"term": topic, "counts": counts}
