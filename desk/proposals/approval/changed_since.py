"""An approval is of a draft as it was read: one that changes since is read again.

A draft is written at once, by whoever works on it. A change that was a proposal was
read by a second person, as every change of a public statement: it may go out beside
another.
"""

from collections.abc import Collection, Iterable

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override

from desk.models import Proposal, ProposalState
from desk.proposals.approval.obstacles import newest_each
from desk.proposals.approval.publish import record_together
from statements.models import Revision, Statement
from statements.models.states import PUBLIC_STATES

CHANGED_SINCE = gettext_lazy(
    "The draft has changed since this was approved. Please check it again: %(codes)s"
)
NOT_APPROVED = {
    "state": ProposalState.IN_REVIEW,
    "decided_by": None,
    "decided_at": None,
}


def base_on_what_was_read(proposals: Iterable[Proposal]) -> None:
    """Has those of drafts stand on the newest revisions, upon which they are approved
    just now for their time.
    """
    of_drafts = [p for p in proposals if p.statement.state not in PUBLIC_STATES]
    newest = newest_each({proposal.statement_id for proposal in of_drafts})
    revisions = Revision.objects.in_bulk(list(newest.values()))
    for proposal in of_drafts:
        snapshot = {**proposal.present, **proposal.merged.values}
        proposal.base = revisions[newest[proposal.statement_id]]
        proposal.snapshot = snapshot
    Proposal.objects.bulk_update(of_drafts, ["base", "snapshot"], batch_size=200)


def changed_since(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Those approved proposals whose draft is not as it was read then."""
    of_drafts = [p for p in proposals if p.statement.state not in PUBLIC_STATES]
    written = Revision.objects.filter(
        statement__in={p.statement_id for p in of_drafts}, proposal=None
    )
    by_statement = written.order_by().values("statement")
    newest = dict(
        by_statement.annotate(newest=Max("pk")).values_list("statement", "newest")
    )
    return [p for p in of_drafts if newest.get(p.statement_id, 0) > p.base_id]


def wait_again(drafts: Collection[Statement]) -> list[Proposal]:
    """Has what is scheduled of these drafts wait for review again where they have
    changed, a batch as a whole; under the write lock. Returns it.
    """
    scheduled = Proposal.objects.filter(state=ProposalState.SCHEDULED)
    of_these = scheduled.filter(statement__in=drafts).select_related("statement")
    changed = changed_since(of_these)
    if not changed:
        return []
    batches = {one.batch_id for one in changed if one.batch_id}
    keys = [one.pk for one in changed]
    whole = list(scheduled.filter(batch__in=batches).exclude(pk__in=keys))
    return review_again([*changed, *whole], changed)


def review_again(
    proposals: list[Proposal], changed: Iterable[Proposal]
) -> list[Proposal]:
    codes = ", ".join(dict.fromkeys(one.statement.code for one in changed))
    reason = bilingual_reason(CHANGED_SINCE, codes)
    record_together(proposals, reason=reason, **NOT_APPROVED)
    return proposals


def bilingual_reason(text: str | Promise, codes: str) -> str:
    """For whoever looks at it later, in whichever language."""
    said = []
    for language in ("ko", "en"):
        with override(language):
            said.append(str(text) % {"codes": codes})
    return "\n".join(said)
