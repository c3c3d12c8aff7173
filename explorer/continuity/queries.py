"""Links across time: those of a goal, those of none, and statements without links."""

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

#: The page accounts for these kinds in full: each is linked or listed as not linked.
CONTINUITY_KINDS = (Kind.ACHIEVEMENT, Kind.TASK, Kind.KEY_CONTENT)


class Stage(TextChoices):
    """The stage of a statement over time; the later ones first, as links lead."""

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
        """The editors' reason for the link in both languages, the reader's first."""
        rationales = (
            Rationale("ko", self.link.rationale_ko),
            Rationale("en", self.link.rationale_en),
        )
        return sorted(rationales, key=lambda r: r.language != get_language())


class LinkedStatement(NamedTuple):
    """A statement, and the strands that lead back from it."""

    statement: Statement
    strands: list[Strand]


def continuity_stage(statement: Statement) -> Stage:
    """The stage by kind; headings and points of the report are of their code's part."""
    if statement.kind in GOAL_KINDS:
        return Stage.GOALS
    return Stage.TASKS if ".T" in statement.code else Stage.ACHIEVEMENTS


def public_links() -> LinkQuerySet:
    return Link.objects.public().select_related("later", "earlier")


def links_of_goal(goal: Statement) -> list[Link]:
    """Links from the goal and what stands under it, and on from what those reach."""
    own = list(public_links().filter(Q(later=goal) | Q(later__root=goal)))
    further = public_links().filter(later__in={link.earlier_id for link in own})
    return own + list(further.exclude(pk__in={link.pk for link in own}))


def links_without_goal() -> LinkQuerySet:
    """Links whose later statement is of no goal, and which no goal is linked with."""
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
    by_pk = {statement.pk: statement for statement in statements}
    by_pk |= {x.later_id: x.later for x in links if x.later_id not in reached}
    # A strand holds two links: what lies further back begins with its own statement.
    in_strands = {link.earlier_id for link in links if link.later_id in by_pk}
    in_strands |= by_pk.keys()
    by_pk |= {x.later_id: x.later for x in links if x.later_id not in in_strands}
    return [
        LinkedStatement(statement, build_strands(by_later[statement.pk], by_later))
        for statement in sorted(by_pk.values(), key=lambda s: s.sort_key)
    ]


def build_strands(links: list[Link], by_later: dict[int, list[Link]]) -> list[Strand]:
    """A strand for each link, with the links that lead on from its earlier end."""
    strands = [
        Strand(link, [Strand(on, []) for on in by_later.get(link.earlier_id, [])])
        for link in links
    ]
    return sorted(strands, key=lambda strand: STAGES.index(strand.stage))


def linked_statements_of_goal(
    goal: Statement, links: list[Link]
) -> list[LinkedStatement]:
    """The goal's key contents, linked or not, and what else of the goal is linked."""
    key_contents = goal.descendants.published().of_kinds(Kind.KEY_CONTENT)
    return linked_statements(key_contents, links)


def unlinked_statements(kinds: Iterable[Kind] = CONTINUITY_KINDS) -> StatementQuerySet:
    """Statements of these kinds that no link is recorded for."""
    links = Link.objects.public().order_by()
    return (
        Statement.objects.published()
        .of_kinds(*kinds)
        .exclude(pk__in=links.values("later"))
        .exclude(pk__in=links.values("earlier"))
        .in_outline_order()
    )


class GoalReach(NamedTuple):
    """A goal, and how many links lead from it to tasks and to achievements."""

    goal: Statement
    tasks: int
    achievements: int


def count_goal_reach(goals: Iterable[Statement]) -> list[GoalReach]:
    counts: dict[int, Counter[Stage]] = defaultdict(Counter)
    for link in public_links().filter(later__kind__in=GOAL_KINDS):
        counts[link.later.root_id or link.later_id][continuity_stage(link.earlier)] += 1
    return [
        GoalReach(
            goal, counts[goal.pk][Stage.TASKS], counts[goal.pk][Stage.ACHIEVEMENTS]
        )
        for goal in goals
    ]


def count_links() -> dict[str, int]:
    """Counts the links: all of them, by relation, and those that staff confirmed."""
    return Link.objects.public().aggregate(
        total=Count("pk"),
        continues=Count("pk", filter=Q(relation=Relation.CONTINUES)),
        same_subject=Count("pk", filter=Q(relation=Relation.SAME_SUBJECT)),
        confirmed=Count("pk", filter=Q(state=LinkState.CONFIRMED)),
    )
