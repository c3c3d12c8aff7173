"""Links across time: those of a goal, those of none, and statements without links."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from django.db.models import Count, Q
from pyroaring import BitMap

from explorer.results.facet_index import FacetIndex
from statements.models import (
    Document,
    Kind,
    Link,
    LinkState,
    Relation,
    Statement,
    StatementQuerySet,
)
from statements.models.kinds import GOAL_KINDS
from statements.models.links import LinkQuerySet
from statements.pages.stages import CONTINUITY_KINDS, Stage, stage_of

#: The two ends of a link, each with the other.
OTHER_ENDS = {"later": "earlier", "earlier": "later"}


class Strand(NamedTuple):
    """A link, the statement that it leads to, and the strands that lead on from there
    in the same direction of time.
    """

    link: Link
    statement: Statement
    further: list["Strand"]
    #: How many of those that lead on are not among them.
    left_out: int = 0

    @property
    def n_further(self) -> int:
        return len(self.further) + self.left_out

    @property
    def stage(self) -> Stage:
        return stage_of(self.statement)

    @property
    def is_ahead(self) -> bool:
        return self.statement.pk == self.link.later_id


class LinkedStatement(NamedTuple):
    """A statement, and the strands that lead from it."""

    statement: Statement
    strands: list[Strand]
    #: How many are not among them.
    left_out: int = 0

    @property
    def links(self) -> list[Link]:
        """Of all its strands, each once."""
        return list({link.pk: link for link in links_along(self.strands)}.values())


def links_along(strands: Iterable[Strand]) -> Iterator[Link]:
    for strand in strands:
        yield strand.link
        yield from links_along(strand.further)


def public_links(documents: Collection[Document] = ()) -> LinkQuerySet:
    """All, or those with both ends in these documents."""
    links = Link.objects.public().with_places()
    if documents:
        links = links.filter(
            later__document__in=documents, earlier__document__in=documents
        )
    return links


def is_of(goal: Statement, statement: Statement) -> bool:
    return goal.pk in (statement.pk, statement.root_id)


def is_link_of(goal: Statement, link: Link) -> bool:
    """Of the goal or of what stands under it, and not one that leads on from there."""
    return is_of(goal, link.later) or is_of(goal, link.earlier)


def links_of_goal(goal: Statement, links: LinkQuerySet) -> list[Link]:
    """The links of the goal and of what stands under it, and those that lead on from
    what they reach, further back or further ahead.
    """
    own = list(of_goals([goal.pk], links))
    back = {link.earlier_id for link in own if is_of(goal, link.later)}
    ahead = {link.later_id for link in own if is_of(goal, link.earlier)}
    further = links.filter(Q(later__in=back) | Q(earlier__in=ahead))
    return own + list(further.exclude(pk__in={link.pk for link in own}))


def links_without_goal(links: LinkQuerySet) -> LinkQuerySet:
    """Those that `links_of_goal` finds of no goal, by these links."""
    every_link = links
    for end, other in OTHER_ENDS.items():
        of_goals = every_link.filter(**{f"{end}__kind__in": GOAL_KINDS})
        reached = of_goals.order_by().values(other)
        links = links.exclude(**{f"{end}__kind__in": GOAL_KINDS})
        links = links.exclude(**{f"{end}__in": reached})
    return links


class Strands:
    """Strands of some links, by the statement that they lead from."""

    def __init__(self, links: Iterable[Link]) -> None:
        #: By the end that a strand leads to, the links of each statement at the other.
        self.links: dict[str, dict[int, list[Link]]] = {
            end: defaultdict(list) for end in OTHER_ENDS
        }
        for link in links:
            self.links["earlier"][link.later_id].append(link)
            self.links["later"][link.earlier_id].append(link)

    def leading_to(self, end: str, pk: int, steps: int = 2) -> list[Strand]:
        """Those from one statement, the latest stage first."""
        if not steps:
            return []
        links = self.links[end].get(pk, ())
        strands = [
            Strand(link, other, self.leading_to(end, other.pk, steps - 1))
            for link, other in ((link, getattr(link, end)) for link in links)
        ]
        return sorted(strands, key=lambda strand: strand.stage.place, reverse=True)


def first_ends(ends: Iterable[tuple[int, int]]) -> list[int]:
    """Of the later and earlier ends of links, the later ones whose strands show every
    link, in the order in which they come.
    """
    pairs = list(ends)
    later = dict.fromkeys(end for end, _earlier in pairs)
    reached = {end for _later, end in pairs}
    first = later.keys() - reached
    # A strand holds two links: what lies further back begins with its own statement.
    in_strands = {earlier for end, earlier in pairs if end in first}
    first |= later.keys() - first - in_strands
    return [end for end in later if end in first]


def linked_statements_of_goal(
    goal: Statement, links: list[Link]
) -> list[LinkedStatement]:
    """The goal's key contents, linked or not, and what else of the goal is linked, each
    with what came after it before what came first.
    """
    key_contents = goal.descendants.published().of_kinds(Kind.KEY_CONTENT)
    ends = [end for link in links for end in (link.later, link.earlier)]
    own = {end.pk: end for end in [*key_contents, *ends] if is_of(goal, end)}
    strands = Strands(links)
    return [
        LinkedStatement(
            statement,
            strands.leading_to("later", statement.pk)
            + strands.leading_to("earlier", statement.pk),
        )
        for statement in sorted(own.values(), key=lambda s: s.sort_key)
    ]


def unlinked_statements(
    kinds: Iterable[Kind] = CONTINUITY_KINDS,
    ends: Iterable[str] = tuple(OTHER_ENDS),
) -> StatementQuerySet:
    """Statements of these kinds that are at neither of these ends of any link."""
    links = Link.objects.public().order_by()
    statements = Statement.objects.published().of_kinds(*kinds)
    for end in ends:
        statements = statements.exclude(pk__in=links.values(end))
    return statements.in_outline_order()


def unlinked_places(index: FacetIndex, documents: Iterable[Document]) -> BitMap:
    """The places of those of all kinds, in all documents or in these."""
    linked = BitMap(place for place, number in enumerate(index.links) if number)
    places = index.chosen("kind", CONTINUITY_KINDS) - linked
    if slugs := [document.slug for document in documents]:
        places &= index.chosen("document", slugs)
    return places


class GoalReach(NamedTuple):
    """A goal, and how many links it has with each stage."""

    goal: Statement
    stages: list[tuple[Stage, int]]


def count_goal_reach(
    goals: Collection[Statement], links: LinkQuerySet
) -> list[GoalReach]:
    keys = [goal.pk for goal in goals]
    counts: dict[int | None, Counter[Stage]] = defaultdict(Counter)
    for link in of_goals(keys, links):
        for end, other in ((link.later, link.earlier), (link.earlier, link.later)):
            counts[end.root_id or end.pk][stage_of(other)] += 1
    return [GoalReach(goal, sorted(counts[goal.pk].items())) for goal in goals]


def of_goals(keys: Collection[int], links: LinkQuerySet) -> LinkQuerySet:
    """Those with an end that is one of these goals or stands under one."""
    own = Statement.objects.filter(Q(pk__in=keys) | Q(root__in=keys)).order_by()
    return links.filter(Q(later__in=own.values("pk")) | Q(earlier__in=own.values("pk")))


def count_links(links: LinkQuerySet | None = None) -> dict[str, int]:
    """Counts these links, or all: by relation, and those that staff confirmed."""
    links = Link.objects.public() if links is None else links
    return links.aggregate(
        total=Count("pk"),
        continues=Count("pk", filter=Q(relation=Relation.CONTINUES)),
        same_subject=Count("pk", filter=Q(relation=Relation.SAME_SUBJECT)),
        confirmed=Count("pk", filter=Q(state=LinkState.CONFIRMED)),
    )
