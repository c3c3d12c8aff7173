"""The stages of time that statements stand in, and the links of one to each of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
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


class LinkSection(NamedTuple):
    """The part of a statement's page that is of one direction in time."""

    title: str
    #: Said where there are none.
    nothing: str
    stages: list[StageLinks]


def link_sections(statement: Statement) -> Iterator[LinkSection]:
    """Later documents on it first, then the statements before; of a detail, a point or
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
    if later or says_all:
        yield LinkSection(
            later_title(statement.kind),
            _("No related statement recorded. This does not mean the policy ended."),
            later,
        )
    if earlier or statement.kind in CONTINUITY_KINDS:
        yield LinkSection(*earlier_words(statement.kind), earlier[::-1])


def links_by_stage(ends: Iterable[LinkEnd]) -> list[StageLinks]:
    """The earliest stage first."""
    stages: dict[Stage, list[LinkEnd]] = defaultdict(list)
    for end in ends:
        stages[stage_of(end.statement)].append(end)
    return [StageLinks(stage, stages[stage]) for stage in sorted(stages)]


def later_title(kind: str) -> str:
    """Tasks of the same document are later than its achievements, too."""
    if kind == Kind.ACHIEVEMENT:
        return _("Later related statements")
    return _("Related statements in later documents")


def earlier_words(kind: str) -> tuple[str, str]:
    if kind == Kind.ACHIEVEMENT:
        return (
            _("Earlier related tasks and other statements"),
            _("No earlier related task recorded."),
        )
    return _("Earlier related statements"), _("Nothing recorded.")
