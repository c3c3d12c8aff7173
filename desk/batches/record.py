"""The proposals of one job become a batch."""

from django.contrib.auth.models import User

from desk.batches.models import LONGEST_SUBJECT
from desk.models import Batch, BatchKind, Proposal
from desk.proposals.record import Proposed
from statements.input.plain_text import without_foreign


def keep_batch(
    proposed: Proposed,
    by: User,
    kind: BatchKind,
    subject: str = "",
    returns: Batch | None = None,
) -> Batch | None:
    """The batch of what was proposed, in the transaction of the proposals; None where
    nothing was. `subject` says of what file or terms, as people wrote it.
    """
    if not proposed.proposals:
        return None
    subject = " ".join(without_foreign(subject).split())[:LONGEST_SUBJECT]
    batch = Batch(kind=kind, subject=subject, author=by, returns=returns)
    batch.save()
    keys = [proposal.pk for proposal in proposed.proposals]
    Proposal.objects.filter(pk__in=keys).update(batch=batch)
    for proposal in proposed.proposals:
        proposal.batch = batch
    return batch
