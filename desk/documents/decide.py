"""One decision for a whole document: by one gate, in one transaction, or not at all."""

from contextlib import suppress
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.accounts.rights import require_settled
from desk.audit_log import log_change, log_made
from desk.documents.obstacles import (
    CHANGED,
    CHANGED_SINCE,
    reasons_against,
    reasons_against_approval,
    require_no_reason,
    require_unchanged,
)
from desk.documents.scope import (
    GONE,
    STATE_AFTER,
    as_they_stand,
    newest_of,
    statements_of,
)
from desk.models import DocumentAct, DocumentRequest, ProposalState
from desk.proposals.approval.obstacles import NOT_OPEN
from desk.proposals.decide import require_reason
from desk.proposals.states import record_decision
from statements.gate import Note, gate
from statements.models import Document
from statements.write_lock import Busy, write_lock


@write_lock()
def request_act(
    document: Document,
    act: DocumentAct,
    by: User,
    note: Note,
    publish_at: datetime | None = None,
) -> DocumentRequest:
    """Asks for it; raises ValidationError where it cannot be done, or somebody has
    asked already.
    """
    document, _above = as_they_stand(document)
    if document.requests.open().exists():
        raise ValidationError(
            _("A proposal for this document is already waiting for a decision.")
        )
    require_no_reason(reasons_against(document, act))
    request = DocumentRequest(
        document=document,
        act=act,
        author=by,
        note_ko=note.ko,
        note_en=note.en,
        publish_at=publish_at,
    )
    request.save()
    log_made(by, [request])
    return request


@write_lock()
def approve_request(request: DocumentRequest, by: User, seen: int | None) -> None:
    """Has it done, at once or at its time; `seen` is the newest revision that `by`
    looked at.
    """
    require_settled(by)
    request = as_it_is(request)
    require_no_reason(reasons_against_approval(request, by))
    require_unchanged(request, seen, str(CHANGED))
    record_decision(request, by, ProposalState.SCHEDULED)
    request.seen = seen
    if request.publish_at is None or request.publish_at <= timezone.now():
        carry_out_request(request)
    request.save()
    log_change(by, request, "approve")


def carry_out_request(request: DocumentRequest) -> None:
    """In its author's name, as any proposal; one statement of state for all of it."""
    note = Note(ko=request.note_ko, en=request.note_en)
    with gate(request.author, note):
        state = STATE_AFTER[DocumentAct(request.act)]
        statements_of(request.document, request.act).update(state=state)
    request.state = ProposalState.PUBLISHED


def send_request_back(request: DocumentRequest, by: User, reason: str) -> None:
    require_reason(reason)
    close_request(request, by, ProposalState.RETURNED, "send-back", reason)


def take_request_back(request: DocumentRequest, by: User) -> None:
    close_request(request, by, ProposalState.RETRACTED, "take-back")


@write_lock()
def close_request(
    request: DocumentRequest,
    by: User,
    state: ProposalState,
    act: str,
    reason: str = "",
) -> None:
    """Its drafts stay as they are."""
    request = as_it_is(request)
    if not request.is_open:
        raise ValidationError(NOT_OPEN)
    request.reason = reason
    record_decision(request, by, state)
    request.save()
    log_change(by, request, act)


def carry_out_due(moment: datetime) -> list[DocumentRequest]:
    """All whose time has come, done or back in review; what others were writing on for
    too long stays for the next run.
    """
    decided = []
    for request in DocumentRequest.objects.due(moment):
        with suppress(Busy):
            decided.append(carry_out_scheduled(request))
    return decided


@write_lock()
def carry_out_scheduled(request: DocumentRequest) -> DocumentRequest:
    request = as_it_is(request)
    if request.state != ProposalState.SCHEDULED:
        return request
    try:
        with transaction.atomic():
            require_no_reason(reasons_against(request.document, request.act))
            require_unchanged(request, request.seen, str(CHANGED_SINCE))
            carry_out_request(request)
    except Busy:
        raise
    except ValidationError as error:
        request.reason = "\n".join(error.messages)
        request.state = ProposalState.IN_REVIEW
        request.decided_by = request.decided_at = request.seen = None
    request.save()
    return request


def as_it_is(request: DocumentRequest) -> DocumentRequest:
    """The row as the database has it now, under the write lock."""
    row = DocumentRequest.objects.with_people().filter(pk=request.pk).first()
    if row is None:
        raise ValidationError(GONE)
    return row


def seen_now(request: DocumentRequest) -> int:
    """A number that tells whether what would change has changed."""
    return newest_of(statements_of(request.document, request.act))
