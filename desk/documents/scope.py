"""The statements that a request for a document is of, and what they wait for."""

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext_lazy

from desk.models import DocumentAct
from desk.proposals.approval.publish import published_below
from desk.proposals.approval.withdrawals import withdrawn_at, withdrawn_with
from statements.models import (
    Document,
    PublicationState,
    Revision,
    Statement,
    StatementQuerySet,
)

GONE = gettext_lazy("It was deleted in the meantime, along with its document.")
DRAFTS = (PublicationState.DRAFT.value, PublicationState.IN_REVIEW.value)
#: The state that an act gives.
STATE_AFTER = {
    DocumentAct.PUBLISH: PublicationState.PUBLISHED,
    DocumentAct.WITHDRAW: PublicationState.WITHDRAWN,
    DocumentAct.RETURN: PublicationState.PUBLISHED,
}


def statements_of(document: Document, act: str) -> StatementQuerySet:
    """The statements that the act would change: what stands under those of the
    document in another one is withdrawn, and comes back, with them.
    """
    of_document = Statement.objects.filter(document=document)
    if act == DocumentAct.PUBLISH:
        return of_document.filter(state__in=DRAFTS)
    if act == DocumentAct.WITHDRAW:
        public = list(of_document.published().values_list("pk", flat=True))
        below = [one.pk for one in published_below(public)]
        return Statement.objects.filter(pk__in=[*public, *below])
    moments = withdrawn_at(of_document.withdrawn().values_list("pk", flat=True))
    last = max(moments.values(), default=None)
    together = [pk for pk, moment in moments.items() if moment == last]
    below = [one.pk for one in withdrawn_with(together)]
    return Statement.objects.filter(pk__in=[*together, *below])


def acts_open_to(document: Document) -> list[DocumentAct]:
    """The acts that would change anything."""
    states = set(document.statements.order_by().values_list("state", flat=True))
    acts = {
        DocumentAct.PUBLISH: not states.isdisjoint(DRAFTS),
        DocumentAct.WITHDRAW: PublicationState.PUBLISHED in states,
        DocumentAct.RETURN: PublicationState.WITHDRAWN in states,
    }
    return [act for act, is_open in acts.items() if is_open]


def newest_of(statements: StatementQuerySet) -> int:
    """The newest revision of all of these; 0 where there is none."""
    newest = Revision.objects.filter(statement__in=statements.order_by().values("pk"))
    return newest.aggregate(newest=Max("pk"))["newest"] or 0


def as_they_stand(
    document: Document, parent: Statement | None = None
) -> tuple[Document, Statement | None]:
    """Both as the database has them now, under the write lock; ValidationError where a
    draft document has been deleted.
    """
    present = Document.objects.filter(pk=document.pk).first()
    above = Statement.objects.filter(pk=parent.pk).first() if parent else None
    if present is None or (parent and above is None):
        raise ValidationError(GONE)
    return present, above
