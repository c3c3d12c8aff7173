"""Links: back in time, between two statements, one of each pair."""

from collections.abc import Iterator

from desk.models import Proposal, ProposalState
from portal.backups.tables import plain_rows
from statements.models import Link, LinkState
from statements.models.kinds import PartNature
from statements.models.links import TimePlace

LINK_ENDS = ("later", "earlier")
OF_AN_END = ("id", "code", "nature", "document__time_year", "document__time_order")


def faults_of_links() -> Iterator[str]:
    columns = (f"{end}__{name}" for end in LINK_ENDS for name in OF_AN_END)
    pairs: set[frozenset[int]] = set()
    rows = plain_rows(Link).order_by("pk").values_list("state", *columns)
    for state, *values in rows.iterator(chunk_size=2000):
        later, earlier = values[: len(OF_AN_END)], values[len(OF_AN_END) :]
        name = f"{later[1]} → {earlier[1]}"
        pair = frozenset((later[0], earlier[0]))
        if len(pair) == 1:
            yield f"{name}: a link of a statement to itself"
        elif pair in pairs:
            yield f"{name}: a second link of these two"
        elif state != LinkState.REJECTED and time_of(later) <= time_of(earlier):
            yield f"{name}: the link does not lead back in time"
        pairs.add(pair)


def time_of(end: list[object]) -> TimePlace:
    """The place in time of an end of a link, as the model tells it."""
    _pk, _code, nature, year, order = end
    assert isinstance(year, int) and isinstance(order, int)
    return TimePlace(year, order, int(nature == PartNature.TASKS))


def faults_of_proposals() -> Iterator[str]:
    """A proposal that was published has its revision, of the same statement."""
    published = (
        plain_rows(Proposal).filter(state=ProposalState.PUBLISHED).order_by("pk")
    )
    rows = published.values_list("pk", "statement_id", "revision__statement_id")
    for pk, statement, of_revision in rows:
        if statement != of_revision:
            yield f"proposal {pk}: published, without a revision of its statement"
