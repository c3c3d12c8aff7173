"""Statements as they stood at a moment, rebuilt from their revisions."""

from copy import copy
from datetime import datetime
from typing import NamedTuple

from statements.codes import key_under, sort_key
from statements.history.snapshot import FINGERPRINTS, TEXTS
from statements.history.snapshot_diff import (
    FACT_LABELS,
    TAG_LABELS,
    Names,
    fact_in_words,
    names_of_terms,
)
from statements.models import PublicationState, Revision, Statement


class Past(NamedTuple):
    """`statement` has the words of then; `tags` and `facts` are lists of words."""

    statement: Statement
    revision: Revision
    tags: dict[str, list[str]]
    facts: dict[str, list[str]]


def snapshots_as_of(moment: datetime) -> dict[int, dict]:
    """Every statement that there was before `moment`, drafts too."""
    latest = Revision.objects.before(moment).latest_each()
    return dict(latest.values_list("statement", "snapshot"))


def site_as_of(moment: datetime) -> list[Past]:
    """Every statement that was published then, as the outline orders them."""
    latest = Revision.objects.public().before(moment).latest_each()
    published = latest.filter(snapshot__state=PublicationState.PUBLISHED.value)
    names = names_of_terms()
    found = list(published.select_related("statement__document"))
    stood = {one.snapshot["code"]: one.snapshot for one in found}
    found.sort(key=lambda one: key_as_of(one.snapshot["code"], stood))
    return [past(one, names) for one in found]


def key_as_of(code: str, snapshots: dict[str, dict]) -> str:
    """Where a statement stood in the outline, by the positions of then."""
    snapshot = snapshots[code]
    if snapshot["parent"] not in snapshots:
        return sort_key(code)
    above = key_as_of(snapshot["parent"], snapshots)
    return key_under(above, snapshot["position"], code)


def statement_as_of(statement: Statement, moment: datetime) -> Past | None:
    """Nothing where readers could not yet see it."""
    revisions = statement.revisions.public().before(moment).newest_first()
    revision = revisions.select_related("statement__document").first()
    return past(revision, names_of_terms()) if revision else None


def past(revision: Revision, names: Names) -> Past:
    snapshot = revision.snapshot
    return Past(
        statement=as_it_stood(revision.statement, snapshot),
        revision=revision,
        tags={
            label: [names.get((name, slug), slug) for slug in snapshot[name]]
            for name, label in TAG_LABELS.items()
            if snapshot[name]
        },
        facts={
            label: [fact_in_words(name, fact) for fact in snapshot[name]]
            for name, label in FACT_LABELS.items()
            if snapshot[name]
        },
    )


def as_it_stood(statement: Statement, snapshot: dict) -> Statement:
    """A copy with the words of then; never saved."""
    stood = copy(statement)
    for name in (*TEXTS, *FINGERPRINTS, "state"):
        if name in snapshot:
            setattr(stood, name, snapshot[name])
    return stood
