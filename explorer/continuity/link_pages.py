"""Pages of linked statements: none has more links than a page bears."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple, TypeVar

from explorer.continuity.queries import (
    LinkedStatement,
    Strand,
    Strands,
    count_links,
    first_ends,
    links_without_goal,
    public_links,
)
from statements.models import DataVersion, Document
from statements.version_cache import VersionCache

#: Each stands in a list, in a drawing and in a table. A statement alone that has more
#: leads to its own page for the rest.
LINKS_PER_PAGE = 60
#: Choices of documents whose links are known at a time.
MOST_CHOICES = 20

Weighed = TypeVar("Weighed")


class BesideItem(NamedTuple):
    """The keys of a statement and of the links that its strands are made of."""

    statement: int
    links: list[int]


class LinkOverview(NamedTuple):
    """The number of links by sort; of those of no goal, their number and pages."""

    tally: dict[str, int]
    n_beside: int
    pages: list[list[BesideItem]]


def filled_pages(
    items: Iterable[Weighed], weigh: Callable[[Weighed], int]
) -> list[list[Weighed]]:
    """The items in their order: as many on each page as it bears, or one alone."""
    pages: list[list[Weighed]] = [[]]
    room = LINKS_PER_PAGE
    for item in items:
        weight = max(weigh(item), 1)
        if weight > room and pages[-1]:
            pages.append([])
            room = LINKS_PER_PAGE
        pages[-1].append(item)
        room -= weight
    return pages


def shortened(item: LinkedStatement) -> LinkedStatement:
    """With no more links than a page bears: those that lead on from others go first."""
    strands: list[Strand] = []
    direct = item.strands[:LINKS_PER_PAGE]
    room = LINKS_PER_PAGE - len(direct)
    for strand in direct:
        further = strand.further[:room]
        room -= len(further)
        left_out = len(strand.further) - len(further)
        strands.append(strand._replace(further=further, left_out=left_out))
    left_out = len(item.strands) - len(direct)
    return LinkedStatement(item.statement, strands, left_out)


def pages_of_items(items: Iterable[LinkedStatement]) -> list[list[LinkedStatement]]:
    return filled_pages(map(shortened, items), lambda item: len(item.links))


def make_overview(documents: list[Document]) -> LinkOverview:
    """Reads keys alone: there may be a hundred thousand links."""
    links = public_links(documents)
    ends = list(links_without_goal(links).values_list("pk", "later", "earlier"))
    of_later: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pk, later, earlier in ends:
        of_later[later].append((pk, earlier))
    items = []
    for statement in first_ends((later, earlier) for _pk, later, earlier in ends):
        direct = of_later[statement]
        further = [pk for _pk, end in direct for pk, _end in of_later.get(end, ())]
        items.append(BesideItem(statement, [*(pk for pk, _end in direct), *further]))
    pages = filled_pages(items, lambda item: min(len(item.links), LINKS_PER_PAGE))
    return LinkOverview(count_links(links), len(ends), pages)


OVERVIEWS: VersionCache[LinkOverview] = VersionCache(MOST_CHOICES)


def link_overview(
    version: DataVersion | None, documents: list[Document]
) -> LinkOverview:
    """The overview of all links, or of those between these documents."""
    key = tuple(document.pk for document in documents)
    return OVERVIEWS.answer(version, partial(make_overview, documents), key)


def items_beside(page: list[BesideItem]) -> list[LinkedStatement]:
    """The statements of a page of the overview, each with its strands."""
    keys = {pk for item in page for pk in item.links}
    links = list(public_links().filter(pk__in=keys))
    later = {link.later_id: link.later for link in links}
    strands = Strands(links)
    return [
        shortened(
            LinkedStatement(later[statement], strands.leading_to("earlier", statement))
        )
        for statement, _links in page
        if statement in later
    ]
