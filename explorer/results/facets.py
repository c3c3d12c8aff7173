"""The choices of the explorer's filters, each with how many statements it gives."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from explorer.results.filters import ExplorerFilter
from explorer.results.result_set import ResultSet
from statements.models import Kind

#: Facets that are never folded, and those that always are until they are used; of the
#: others, those with more choices than this.
ALWAYS_OPEN = ("region", "theme")
FOLDED = ("country", "goal", "dated", "status")
MANY = 13
#: The kinds that most people look for; the others unfold.
MAIN_KINDS = (Kind.GOAL, Kind.ACHIEVEMENT, Kind.TASK)
#: The most choices of a facet: documents come newest first.
MOST_CHOICES = 100
#: The width of a facet's bars, in units of their drawing.
BAR = 100


@dataclass(frozen=True)
class Choice:
    """`count` statements are found with this choice, and no other of its facet."""

    value: str
    label: str
    count: int
    bar: int
    is_chosen: bool


@dataclass(frozen=True)
class ChoiceGroup:
    """Choices that are shown together; folded, under a label of their own."""

    label: str | Promise
    choices: list[Choice]

    @property
    def is_used(self) -> bool:
        return any(choice.is_chosen for choice in self.choices)


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    choices: list[Choice]
    #: Choices that are not shown: the page has the first of them, and what is chosen.
    n_further: int = 0

    @property
    def key(self) -> tuple[object, ...]:
        """All that is shown of it, in the active language."""
        shown = ((c.value, str(c.label), c.count, c.is_chosen) for c in self.choices)
        return self.name, self.n_further, *shown

    @property
    def is_folded(self) -> bool:
        if self.name in ALWAYS_OPEN:
            return False
        return self.name in FOLDED or len(self.choices) > MANY

    @property
    def groups(self) -> list[ChoiceGroup]:
        if self.is_folded:
            return [ChoiceGroup(self.label, self.choices)]
        if self.name != "kind":
            return [ChoiceGroup("", self.choices)]
        main = [choice for choice in self.choices if choice.value in MAIN_KINDS]
        others = [choice for choice in self.choices if choice.value not in MAIN_KINDS]
        return [ChoiceGroup("", main), ChoiceGroup(_("More kinds"), others)]


def facets(filterset: ExplorerFilter, result_set: ResultSet) -> list[Facet]:
    return [
        facet(filterset, result_set, name)
        for name in result_set.index.members
        if filterset.filters[name].extra["choices"]
    ]


def facet(filterset: ExplorerFilter, result_set: ResultSet, name: str) -> Facet:
    filter_ = filterset.filters[name]
    places, members = result_set.without(name), result_set.index.members[name]
    labels = dict(filter_.extra["choices"])
    counts = {
        value: places.intersection_cardinality(members[value])
        if value in members
        else 0
        for value in labels
    }
    most = max(counts.values()) or 1
    choices = [
        Choice(
            value=value,
            label=label,
            count=counts[value],
            bar=round(BAR * counts[value] / most),
            is_chosen=value in result_set.given_values(name),
        )
        for value, label in labels.items()
    ]
    shown = [c for n, c in enumerate(choices) if n < MOST_CHOICES or c.is_chosen]
    return Facet(name, filter_.label, shown, len(choices) - len(shown))


def ways_out(
    filterset: ExplorerFilter, result_set: ResultSet
) -> Iterator[dict[str, Any]]:
    """Every active filter value, with how many statements are found without it."""
    for chip in filterset.active:
        rest = [v for v in result_set.given_values(chip["name"]) if v != chip["value"]]
        places = result_set.without(chip["name"])
        if chip["name"] in result_set.by_facet and rest:
            places = places & result_set.found_by(chip["name"], rest)
        left = {*result_set.given} - ({chip["name"]} if not rest else set())
        if not left & {"q", "kind", "code"}:  # without these no titles are shown
            places = places & result_set.index.counted
        yield {**chip, "count": len(places)}


def shown_pair_counts(result_set: ResultSet) -> dict[tuple[str, str], int]:
    """Counts what each region and theme share, under the other filters."""
    places = result_set.without("region", "theme")
    regions, themes = (
        result_set.index.members["region"],
        result_set.index.members["theme"],
    )
    return {
        (region, theme): (places & of_region).intersection_cardinality(of_theme)
        for region, of_region in regions.items()
        for theme, of_theme in themes.items()
    }
