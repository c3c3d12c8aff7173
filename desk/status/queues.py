"""The work of staff that waits, by its kind."""

from django.utils import timezone

from desk.models import (
    AccountChange,
    DocumentRequest,
    EntryProposal,
    ProblemReport,
    Proposal,
    ProposalState,
)
from desk.translations.queue import count_states, waiting_for_english
from statements.models import TranslationState


def queue_lengths() -> dict[str, int]:
    """The lengths by the names that metrics have, in a fixed number of queries."""
    now = timezone.now()
    kinds = (Proposal.objects, EntryProposal.objects, DocumentRequest.objects)
    scheduled = (Proposal.objects, DocumentRequest.objects)
    english = count_states(waiting_for_english())
    return {
        "in_review": sum(kind.in_review().count() for kind in kinds),
        "scheduled": sum(
            kind.filter(state=ProposalState.SCHEDULED).count() for kind in scheduled
        ),
        "overdue": Proposal.objects.overdue(now).count()
        + DocumentRequest.objects.due(now).count(),
        "english_missing": english[TranslationState.MISSING],
        "english_outdated": english[TranslationState.OUTDATED],
        "reports": ProblemReport.objects.open().count(),
        "account_changes": AccountChange.objects.waiting().count(),
    }
