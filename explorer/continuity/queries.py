"""What is linked across time: goal by goal, beside the goals, and what has no link."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, Q, TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from statements.models import (
    Kind,
    Link,
    LinkState,
    Relation,
    Statement,
    StatementQuerySet,
)
from statements.models.kinds import GOAL_KINDS
from statements.models.links import LinkQuerySet

#: What the page accounts for in full: each of these is linked or listed as not linked.
CONTINUITY_KINDS = (Kind.ACHIEVEMENT, Kind.TASK, Kind.KEY_CONTENT)


class Stage(TextChoices):
    """Where a statement stands on the way; the later ones first, as links lead."""

    GOALS = "goals", _("Linked goals")
    TASKS = "tasks", _("Linked tasks")
    ACHIEVEMENTS = "achievements", _("Linked achievements")


STAGES = list(Stage)


class Rationale(NamedTuple):
    language: str
    text: str


class Strand(NamedTuple):
    """A link, and the strands that lead on from its earlier statement."""

    link: Link
    further: list["Strand"]

    @property
    def stage(self) -> Stage:
        return continuity_stage(self.link.earlier)

    @property
    def rationales(self) -> list[Rationale]:
        """Why the editors linked the two, in both languages, the reader's first."""
        both = (
            Rationale("ko", self.link.rationale_ko),
            Rationale("en", self.link.rationale_en),
        )
        return sorted(both, key=lambda one: one.language != get_language())


class LinkedStatement(NamedTuple):
    """A statement, and the strands that lead back from it."""

    statement: Statement
    strands: list[Strand]


def continuity_stage(statement: Statement) -> Stage:
    """Headings and points of the report stand with the part that their code names."""
    if statement.kind in GOAL_KINDS:
        return Stage.GOALS
    return Stage.TASKS if ".T" in statement.code else Stage.ACHIEVEMENTS


def public_links() -> LinkQuerySet:
    return Link.objects.public().select_related("later", "earlier")


def links_of_goal(goal: Statement) -> list[Link]:
    """From what stands under the goal, and on from what those lead to."""
    own = list(public_links().filter(Q(later=goal) | Q(later__root=goal)))
    further = public_links().filter(later__in={link.earlier_id for link in own})
    return own + list(further.exclude(pk__in={link.pk for link in own}))


def links_without_goal() -> LinkQuerySet:
    """Those that no goal leads to."""
    of_goals = Link.objects.public().filter(later__kind__in=GOAL_KINDS)
    others = public_links().exclude(later__kind__in=GOAL_KINDS)
    return others.exclude(later__in=of_goals.order_by().values("earlier"))


def linked_statements(
    statements: Iterable[Statement], links: list[Link]
) -> list[LinkedStatement]:
    """The statements with their strands, and what else it takes to show every link."""
    by_later: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        by_later[link.later_id].append(link)
    reached = {link.earlier_id for link in links}
    first = {one.pk: one for one in statements}
    first |= {one.later_id: one.later for one in links if one.later_id not in reached}
    shown = first.keys() | {x.earlier_id for x in links if x.later_id in first}
    first |= {one.later_id: one.later for one in links if one.later_id not in shown}
    return [
        LinkedStatement(one, build_strands(by_later[one.pk], by_later))
        for one in sorted(first.values(), key=lambda one: one.sort_key)
    ]


def build_strands(links: list[Link], by_later: dict[int, list[Link]]) -> list[Strand]:
    found = [
        Strand(link, [Strand(on, []) for on in by_later.get(link.earlier_id, [])])
        for link in links
    ]
    return sorted(found, key=lambda strand: STAGES.index(strand.stage))


def linked_statements_of_goal(
    goal: Statement, links: list[Link]
) -> list[LinkedStatement]:
    """The goal's key contents, linked or not, and whatever else of it is linked."""
    key_contents = goal.descendants.published().of_kinds(Kind.KEY_CONTENT)
    return linked_statements(key_contents, links)


def unlinked_statements(kinds: Iterable[Kind] = CONTINUITY_KINDS) -> StatementQuerySet:
    """The statements of these kinds that no link is recorded for."""
    links = Link.objects.public().order_by()
    return (
        Statement.objects.published()
        .of_kinds(*kinds)
        .exclude(pk__in=links.values("later"))
        .exclude(pk__in=links.values("earlier"))
        .in_outline_order()
    )


class GoalReach(NamedTuple):
    """How many links lead from a goal to tasks, and to achievements."""

    goal: Statement
    tasks: int
    achievements: int


def count_goal_reach(goals: Iterable[Statement]) -> list[GoalReach]:
    found: dict[int, Counter[Stage]] = defaultdict(Counter)
    for link in public_links().filter(later__kind__in=GOAL_KINDS):
        found[link.later.root_id or link.later_id][continuity_stage(link.earlier)] += 1
    return [
        GoalReach(goal, found[goal.pk][Stage.TASKS], found[goal.pk][Stage.ACHIEVEMENTS])
        for goal in goals
    ]


def count_links() -> dict[str, int]:
    """How many links there are, and how many of them by relation and state."""
    return Link.objects.public().aggregate(
        total=Count("pk"),
        continues=Count("pk", filter=Q(relation=Relation.CONTINUES)),
        same_subject=Count("pk", filter=Q(relation=Relation.SAME_SUBJECT)),
        confirmed=Count("pk", filter=Q(state=LinkState.CONFIRMED)),
    )
