"""Deleting a document that nobody ever saw: the one exception to "never deleted"."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from statements.fields import FACTS, TAGS
from statements.models import (
    Document,
    EntryKind,
    EntryRevision,
    Link,
    Paragraph,
    Revision,
    Statement,
)
from statements.models.guard import touch
from statements.models.states import PUBLIC_STATES


def reasons_to_keep(document: Document) -> Iterator[str]:
    """Says why it stays: somebody may have cited it, or something hangs on it."""
    own = Statement.objects.filter(document=document).order_by()
    was_public = Revision.objects.filter(statement__in=own.values("pk")).public()
    if was_public.exists() or own.filter(state__in=PUBLIC_STATES).exists():
        yield _("Part of this document has been published.")
    if not own.exists():
        yield _("This document has no drafts and is public, so it cannot be deleted.")
    others = Statement.objects.exclude(document=document)
    linked = Link.objects.filter(
        Q(earlier__in=own.values("pk"), later__in=others.values("pk"))
    )
    if others.filter(parent__in=own.values("pk")).exists() or linked.exists():
        yield _("Statements in other documents are under its drafts or linked to them.")


def delete_never_public(document: Document) -> None:
    """Deletes it with its statements, paragraphs and revisions, inside an open gate.

    Raises ValidationError where any of it was ever public. Only because nobody can have
    cited them may the codes be given again. What the desk keeps of it goes first.
    """
    touch(is_beyond=True)
    if reasons := list(reasons_to_keep(document)):
        raise ValidationError(reasons)
    own = Statement.objects.filter(document=document).order_by().values("pk")
    Link.objects.filter(later__in=own).delete()
    tables = [getattr(Statement, name).through for name in TAGS]
    for rows in (
        *(table._base_manager.filter(statement__in=own) for table in tables),
        *(
            row.model._base_manager.filter(statement__in=own)
            for row in FACTS.values()
            if row.model is not Link
        ),
        Revision.objects.filter(statement__in=own),
        Paragraph.objects.filter(document=document),
        Statement.objects.filter(document=document),
    ):
        rows.order_by()._raw_delete(rows.db)
    for later in document.replaced_by.all():
        later.replaces = document.replaces
        later.save()
    of_document = EntryRevision.objects.filter(
        kind=EntryKind.DOCUMENT, entry_id=document.pk
    )
    of_document._raw_delete(of_document.db)
    document.delete()
