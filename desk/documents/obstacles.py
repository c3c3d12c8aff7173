"""The reasons why a request for a document cannot be made, approved or carried out."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.documents.scope import newest_of, statements_of
from desk.models import DocumentAct, DocumentRequest, Proposal
from desk.proposals.approval.obstacles import (
    FOUR_EYES,
    reason_of_state,
    unpublished_authors,
)
from statements.models import (
    Document,
    PublicationState,
    StatementQuerySet,
)

NOTHING = gettext_lazy("It would change nothing in this document.")
CHANGED = gettext_lazy(
    "Part of the document has changed since you opened this page. Please check it "
    "again."
)
CHANGED_SINCE = gettext_lazy(
    "Part of the document has changed since this was approved. Please check it again."
)
AS_WRITER = gettext_lazy(
    "You wrote part of the text that is not yet public. Someone who wrote none of it "
    "must approve this."
)


def reasons_against(document: Document, act: str) -> Iterator[str | Promise]:
    """Says why nobody can have it done as the document stands now."""
    statements = statements_of(document, act)
    if not statements.exists():
        yield NOTHING
    if act != DocumentAct.WITHDRAW:
        yield from reasons_above(statements)
    if act == DocumentAct.PUBLISH:
        yield from reasons_of_proposals(statements)


def reasons_above(statements: StatementQuerySet) -> Iterator[str]:
    """A statement is never public under one that is not, of whichever document."""
    coming = statements.order_by().values("pk")
    orphans = statements.filter(parent__isnull=False).exclude(parent__in=coming)
    orphans = orphans.exclude(parent__state=PublicationState.PUBLISHED)
    codes = orphans.order_by("sort_key").values_list("parent__code", flat=True)
    for code in dict.fromkeys(codes):
        text = _("First publish its parent statement: %(code)s.")
        yield text % {"code": code}


def reasons_of_proposals(statements: StatementQuerySet) -> Iterator[str]:
    """A draft that has proposals of its own is decided by these."""
    proposed = Proposal.objects.open().filter(
        statement__in=statements.order_by().values("pk")
    )
    codes = proposed.order_by("statement__sort_key").values_list(
        "statement__code", flat=True
    )
    if named := ", ".join(dict.fromkeys(codes)):
        text = _("First decide on the waiting proposals for: %(codes)s")
        yield text % {"codes": named}


def reasons_against_approval(
    request: DocumentRequest, by: User
) -> Iterator[str | Promise]:
    """Says why `by` cannot approve it, as all of it stands now."""
    if reason := reason_of_state(request):
        yield reason
        return
    if by.pk == request.author_id:
        yield FOUR_EYES
    elif by.pk in writers(request):
        yield AS_WRITER
    yield from reasons_against(request.document, request.act)


def writers(request: DocumentRequest) -> set[int | None]:
    """The authors of all that would be new to readers: they approve none of it."""
    if request.act != DocumentAct.PUBLISH:
        return set()
    drafts = statements_of(request.document, request.act).order_by()
    found = unpublished_authors(drafts.values_list("pk", flat=True))
    return set().union(*found.values())


def require_unchanged(request: DocumentRequest, seen: int | None, text: str) -> None:
    """Raises ValidationError where there are newer revisions than those looked at."""
    if seen != newest_of(statements_of(request.document, request.act)):
        raise ValidationError(text)


def require_no_reason(reasons: Iterator[str | Promise]) -> None:
    if told := list(reasons):
        raise ValidationError(told)
