"""The stages of time that statements stand in, and the links of one to each of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from statements.models import Kind, Link, PartNature, Statement
from statements.models.links import TimePlace, place_in_time

#: Each page of these says of either direction whether anything is recorded.
CONTINUITY_KINDS = (Kind.ACHIEVEMENT, Kind.TASK, Kind.KEY_CONTENT)


class Stage(NamedTuple):
    """One time of one document: its achievements, its tasks, or the whole of it."""

    place: TimePlace
    nature: str
    year: int | None
    #: The edition or the title of the document, in the reader's language.
    document: str

    @property
    def label(self) -> str:
        if self.nature and self.year:
            return PartNature(self.nature).name_of(self.year)
        return self.document


def stage_of(statement: Statement) -> Stage:
    document = statement.document
    return Stage(
        place_in_time(statement),
        statement.nature,
        statement.year,
        document.edition or document.title,
    )


class LinkEnd(NamedTuple):
    """A link, and the statement at its other end than the one that is told of."""

    link: Link
    statement: Statement


class StageLinks(NamedTuple):
    """The links of a statement with those of one stage."""

    stage: Stage
    ends: list[LinkEnd]


#: What is shown of many links before a reader unfolds the rest: something reported,
#: and something planned.
LEADING_KINDS = (Kind.ACHIEVEMENT, Kind.TASK, Kind.TASK)


def leading_ends(ends: Sequence[LinkEnd]) -> list[LinkEnd]:
    """An achievement and two tasks, as far as there are any, then the next in order."""
    rest, leading = list(ends), []
    for kind in LEADING_KINDS:
        found = next((end for end in rest if end.statement.kind == kind), None)
        if found:
            rest.remove(found)
            leading.append(found)
    return [*leading, *rest][: len(LEADING_KINDS)]


class LinkSection(NamedTuple):
    """The part of a statement's page that is of one direction in time."""

    title: str
    #: Said where there are none.
    nothing: str
    stages: list[StageLinks]

    @property
    def leading(self) -> list[LinkEnd]:
        return leading_ends([end for _stage, ends in self.stages for end in ends])

    @property
    def rest(self) -> list[StageLinks]:
        """The stages without the leading links."""
        shown = self.leading
        stages = (
            StageLinks(stage, [end for end in ends if end not in shown])
            for stage, ends in self.stages
        )
        return [stage for stage in stages if stage.ends]

    @property
    def rest_count(self) -> int:
        return sum(len(ends) for _stage, ends in self.rest)


def link_sections(statement: Statement) -> Iterator[LinkSection]:
    """The statements before it, then what later documents say; of a detail, a point or
    a heading, only the sections that have any.
    """
    links = Link.objects.public().with_places()
    later = links_by_stage(
        LinkEnd(link, link.later) for link in links.filter(earlier=statement)
    )
    earlier = links_by_stage(
        LinkEnd(link, link.earlier) for link in links.filter(later=statement)
    )
    says_all = statement.kind in CONTINUITY_KINDS or not (later or earlier)
    if earlier or statement.kind in CONTINUITY_KINDS:
        yield LinkSection(*earlier_words(statement.kind), earlier[::-1])
    if later or says_all:
        yield LinkSection(*later_words(statement.kind), later)


def links_by_stage(ends: Iterable[LinkEnd]) -> list[StageLinks]:
    """The earliest stage first."""
    stages: dict[Stage, list[LinkEnd]] = defaultdict(list)
    for end in ends:
        stages[stage_of(end.statement)].append(end)
    return [StageLinks(stage, stages[stage]) for stage in sorted(stages)]


def later_words(kind: str) -> tuple[str, str]:
    """Tasks of the same document are later than its achievements, too."""
    if kind == Kind.ACHIEVEMENT:
        return (
            _("Later related statements"),
            _("No later statement is linked. It does not mean the policy ended."),
        )
    return (
        _("Related statements in later documents"),
        _(
            "No related statement in later documents. "
            "This does not mean the policy ended."
        ),
    )


def earlier_words(kind: str) -> tuple[str, str]:
    if kind == Kind.ACHIEVEMENT:
        return (
            _("Earlier related tasks and other statements"),
            _("No earlier related task recorded."),
        )
    return _("Earlier related statements"), _("Nothing recorded.")
