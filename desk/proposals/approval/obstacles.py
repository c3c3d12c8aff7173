"""The reasons why proposals cannot be approved, told of many at once."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.models import Proposal, ProposalState
from desk.proposals.states import AnyProposal, ForReview
from statements.fields import Snapshot
from statements.history.snapshot import snapshots
from statements.models import (
    Document,
    EntryKind,
    EntryRevision,
    PublicationState,
    Revision,
    Statement,
)

NOT_OPEN = gettext_lazy("This proposal has already been decided.")
SCHEDULED = gettext_lazy(
    "It is already approved and will be published at its scheduled time."
)
FOUR_EYES = gettext_lazy(
    "You cannot publish this on your own. Another person must approve it."
)
CONFLICT = gettext_lazy(
    "The same part of the statement has changed since this was submitted. Both texts "
    "are kept. Submit it again, based on the present text."
)
CLASH = gettext_lazy(
    "Another selected proposal changes the same part of the statement. Approve only "
    "one of the two."
)
MOVED_ON = gettext_lazy(
    "The statement has changed since you opened this page. Please check it again."
)
NOTHING_NEW = gettext_lazy(
    "Someone else has submitted the same change, and it is already public. There is "
    "nothing left to publish, so return this proposal."
)

#: The reason by the key of the proposal; what can be approved is not in it.
Obstacles = Mapping[int, str | Promise]
#: The mark of each proposal that a reviewer looked at, by its key.
Seen = Mapping[int, int]
UNSEEN: Seen = MappingProxyType({})


def find_obstacles(
    proposals: Collection[Proposal],
    by: User | None = None,
    seen: Seen = UNSEEN,
    each_alone: bool = False,
) -> Obstacles:
    """The reasons why `by` cannot approve these as one decision, each looked at upon
    those before it, or `each_alone`; in a number of queries that does not grow. Without
    `by` it does not matter who decides, and in what state they are.

    Sets `present` of each to what it would be written upon.
    """
    ids = {proposal.statement_id for proposal in proposals}
    outlook = Outlook(ids, by, seen)
    found: dict[int, str | Promise] = {}
    for proposal in in_outline_order(proposals):
        proposal.present = outlook.present[proposal.statement_id]
        if reason := outlook.reason_against(proposal):
            found[proposal.pk] = reason
        elif not each_alone:
            outlook.take(proposal)
    return found


def in_outline_order(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Parents before children; two of one statement as they were made."""
    return sorted(proposals, key=lambda one: (one.statement.sort_key, one.pk))


def is_due(proposal: Proposal, now: datetime) -> bool:
    return proposal.publish_at is None or proposal.publish_at <= now


def newest_each(statement_ids: Iterable[int]) -> dict[int, int]:
    """The newest revision of each statement, by their keys."""
    newest = Revision.objects.filter(statement__in=statement_ids).latest_each()
    return dict(newest.order_by().values_list("statement_id", "pk"))


class Outlook:
    """The statements as they would stand after one proposal and another."""

    def __init__(self, ids: set[int], by: User | None, seen: Seen) -> None:
        self.by, self.seen, self.now = by, seen, timezone.now()
        self.present: dict[int, Snapshot] = snapshots(ids)
        self.newest = newest_each(ids)
        self.writers = unpublished_authors(ids) if by else {}
        published = Proposal.objects.filter(revision__in=self.newest.values())
        #: Statements whose last revision is a proposal's: no other has it too.
        self.taken = set(published.values_list("statement_id", flat=True))
        self.passed: set[int] = set()

    def reason_against(self, proposal: Proposal) -> str | Promise | None:
        if self.by and (reason := self.reason_in_person(proposal, self.by)):
            return reason
        if proposal.conflicts:
            return CLASH if proposal.statement_id in self.passed else CONFLICT
        if not is_due(proposal, self.now):
            return None
        is_new = proposal.result != proposal.present
        if not is_new and proposal.statement_id in self.taken:
            return NOTHING_NEW
        return self.reason_above(proposal)

    def reason_in_person(self, proposal: Proposal, by: User) -> str | Promise | None:
        statement_id = proposal.statement_id
        if reason := reason_of_state(proposal):
            return reason
        seen = self.seen.get(proposal.pk)
        if seen is not None and seen != proposal.mark_on(self.newest[statement_id]):
            return MOVED_ON
        if by.pk in {proposal.author_id, *self.writers.get(statement_id, ())}:
            return FOUR_EYES
        return None

    def reason_above(self, proposal: Proposal) -> str | None:
        parent = proposal.statement.parent
        is_coming = proposal.changes.get("state") == PublicationState.PUBLISHED
        if not is_coming or parent is None:
            return None
        above = self.present.get(parent.pk, {"state": parent.state})
        if above["state"] == PublicationState.PUBLISHED:
            return None
        text = _("First publish its parent statement: %(code)s.")
        return text % {"code": parent.code}

    def take(self, proposal: Proposal) -> None:
        """Looks at the next ones as if this were public, where it would be at once."""
        if is_due(proposal, self.now):
            self.present[proposal.statement_id] = proposal.result
            self.taken.add(proposal.statement_id)
            self.passed.add(proposal.statement_id)


def reason_of_state(proposal: ForReview) -> Promise | None:
    if proposal.state == ProposalState.SCHEDULED:
        return SCHEDULED
    return None if proposal.is_open else NOT_OPEN


def unpublished_authors(statement_ids: Iterable[int]) -> dict[int, set[int | None]]:
    """The authors of all that readers have not yet seen, by statement: of the facts of
    its document too, where that is new to them.
    """
    revisions = Revision.objects.filter(statement__in=statement_ids).order_by()
    latest_public = revisions.public().latest_each()
    shown = dict(latest_public.order_by().values_list("statement_id", "pk"))
    authors: dict[int, set[int | None]] = {}
    for pk, statement_id, by in revisions.values_list("pk", "statement_id", "by"):
        if pk > shown.get(statement_id, 0):
            authors.setdefault(statement_id, set()).add(by)
    for pk, describer in describers(statement_ids):
        authors.setdefault(pk, set()).add(describer)
    return authors


def describers(statement_ids: Iterable[int]) -> Iterator[tuple[int, int | None]]:
    """Pairs of a statement and who wrote facts of its document, which no reader has
    seen.
    """
    known = Document.objects.known().order_by().values("pk")
    statements = Statement.objects.filter(pk__in=statement_ids).order_by()
    unknown = statements.exclude(document__in=known).values_list("document", "pk")
    by_document: dict[int, list[int]] = {}
    for document_id, pk in unknown:
        by_document.setdefault(document_id, []).append(pk)
    described = EntryRevision.objects.filter(
        kind=EntryKind.DOCUMENT, entry_id__in=by_document
    )
    for document_id, by in described.order_by().values_list("entry_id", "by"):
        yield from ((pk, by) for pk in by_document[document_id])


def require_none(found: Obstacles, proposals: Collection[AnyProposal]) -> None:
    """Raises ValidationError where anything stands in the way: of many, each named."""
    if found:
        names = {p.pk: f"{p}: " if len(proposals) > 1 else "" for p in proposals}
        raise ValidationError(
            [f"{names[pk]}{found[pk]}" for pk in names if pk in found]
        )
