"""Statements as they stood at a moment, rebuilt from their revisions."""

from copy import copy
from datetime import datetime, timedelta
from typing import NamedTuple

from statements.codes import key_under, sort_key
from statements.fields import (
    FACTS,
    FINGERPRINTS,
    NUMBER_FIELDS,
    TAGS,
    TEXTS,
    Snapshot,
    value_in,
)
from statements.history.fact_words import fact_in_words
from statements.history.public_view import Publications
from statements.history.snapshot_diff import Names, names_of_terms
from statements.models import PublicationState, Revision, Statement
from statements.models.states import PUBLIC_STATES


class Past(NamedTuple):
    """`statement` has the words of then; `tags` and `facts` are lists of words."""

    statement: Statement
    revision: Revision
    tags: dict[str, list[str]]
    facts: dict[str, list[str]]


def snapshots_as_of(moment: datetime) -> dict[int, Snapshot]:
    """Every statement that there was before `moment`, drafts too."""
    latest = Revision.objects.before(moment).latest_each()
    return dict(latest.values_list("statement", "snapshot"))


def site_as_of(moment: datetime) -> list[Past]:
    """Every statement that was published then, as the outline orders them."""
    latest = Revision.objects.before(moment).latest_each()
    published = latest.filter(snapshot__state=PublicationState.PUBLISHED.value)
    names = names_of_terms()
    revisions = list(published.select_related("statement__document"))
    stood = {revision.snapshot["code"]: revision.snapshot for revision in revisions}
    revisions.sort(key=lambda r: key_as_of(r.snapshot["code"], stood))
    seen = seen_at(moment, revisions)
    return [past(revision, seen[revision.pk], names) for revision in revisions]


def key_as_of(code: str, snapshots: dict[str, Snapshot]) -> str:
    """The place of a statement in the outline, by the positions of then."""
    snapshot = snapshots[code]
    if snapshot["parent"] not in snapshots:
        return sort_key(code)
    above = key_as_of(snapshot["parent"], snapshots)
    return key_under(above, snapshot["position"], code)


def statement_as_of(statement: Statement, moment: datetime) -> Past | None:
    """Nothing where readers could not yet see it."""
    revisions = statement.revisions.before(moment).newest_first()
    revision = revisions.select_related("statement__document").first()
    if revision is None or revision.snapshot["state"] not in PUBLIC_STATES:
        return None
    seen = seen_at(moment, [revision])
    return past(revision, seen[revision.pk], names_of_terms())


def seen_at(moment: datetime, revisions: list[Revision]) -> dict[int, Snapshot]:
    """The snapshots of revisions as readers saw them right before a moment, by key."""
    ends = Publications(revision.snapshot for revision in revisions)
    at = moment - timedelta.resolution
    return {one.pk: ends.snapshot(one.snapshot, at) for one in revisions}


def past(revision: Revision, snapshot: Snapshot, names: Names) -> Past:
    return Past(
        statement=as_it_stood(revision.statement, snapshot),
        revision=revision,
        tags=tags_in_words(snapshot, names),
        facts=facts_in_words(snapshot),
    )


def tags_in_words(snapshot: Snapshot, names: Names) -> dict[str, list[str]]:
    """By the label of the field; nothing of what was empty."""
    return {
        str(row.label): [names.get((name, slug), slug) for slug in slugs]
        for name, row in TAGS.items()
        if (slugs := value_in(snapshot, name))
    }


def facts_in_words(snapshot: Snapshot) -> dict[str, list[str]]:
    """Numbers and what hung on the statement, by the label of the field."""
    numbers = {
        str(row.label): [str(number)]
        for name, row in NUMBER_FIELDS.items()
        if (number := value_in(snapshot, name)) is not None
    }
    facts = {
        str(row.label): [fact_in_words(name, fact) for fact in facts]
        for name, row in FACTS.items()
        if (facts := value_in(snapshot, name))
    }
    return {**numbers, **facts}


def as_it_stood(statement: Statement, snapshot: Snapshot) -> Statement:
    """A copy with the words of then; never saved."""
    stood = copy(statement)
    for name in (*TEXTS, *FINGERPRINTS, "state"):
        if name in snapshot:
            setattr(stood, name, snapshot[name])
    for name in NUMBER_FIELDS:
        setattr(stood, name, value_in(snapshot, name))
    return stood
