"""A batch is decided as one: what of it waits is approved, sent back or taken back.

Each of these holds the write lock before it reads, and does all of it or nothing. What
was decided of single parts before stays as it is.
"""

import json
import zlib
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from desk.audit_log import log_decided
from desk.models import Batch, Proposal, ProposalState
from desk.proposals.approval.obstacles import newest_each
from desk.proposals.decide import (
    approve_together,
    close_together,
    send_back_together,
)
from statements.write_lock import write_lock


@write_lock()
def approve_batch(
    batch: Batch, by: User, seen: int | None = None, publish_at: datetime | None = None
) -> list[Proposal]:
    """Publishes all that is in review, at once or at its time; `seen` is the mark of
    what `by` looked at, `publish_at` a time for all.
    """
    require_as_seen(batch, seen)
    waiting = require_any(Proposal.objects.in_review().filter(batch=batch))
    approved = approve_together(by, waiting, publish_at=publish_at)
    log_decided(by, approved, "approve")
    return approved


@write_lock()
def send_batch_back(
    batch: Batch, by: User, reason: str, seen: int | None = None
) -> list[Proposal]:
    require_as_seen(batch, seen)
    returned = send_back_together(require_any(open_of(batch)), by, reason)
    log_decided(by, returned, "send-back")
    return returned


@write_lock()
def take_batch_back(batch: Batch, by: User, seen: int | None = None) -> list[Proposal]:
    """Only its author does so."""
    if by.pk != batch.author_id:
        raise PermissionDenied
    require_as_seen(batch, seen)
    waiting = require_any(open_of(batch))
    retracted = close_together(waiting, by, ProposalState.RETRACTED)
    log_decided(by, retracted, "take-back")
    return retracted


def open_of(batch: Batch) -> QuerySet[Proposal]:
    return Proposal.objects.open().filter(batch=batch)


def require_any(waiting: QuerySet[Proposal]) -> list[Proposal]:
    found = list(waiting)
    if not found:
        raise ValidationError(_("No proposal in this batch is waiting for a decision."))
    return found


def require_as_seen(batch: Batch, seen: int | None) -> None:
    if seen is not None and seen != mark_of(batch):
        raise ValidationError(
            _(
                "Part of this batch has changed since you opened this page. Please "
                "check it again."
            )
        )


def mark_of(batch: Batch) -> int:
    """A number that is another one once anything changes that the batch is decided
    upon: what of it waits, and the statements as they stand.
    """
    waiting = open_of(batch).order_by("pk").values_list("pk", "statement_id", "state")
    rows = list(waiting)
    newest = newest_each({statement_id for _pk, statement_id, _state in rows})
    text = json.dumps([rows, sorted(newest.items())])
    return zlib.crc32(text.encode())
