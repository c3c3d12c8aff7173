"""The Atom feed: statements new and changed, the last change first."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, TypedDict, cast
from urllib.parse import urlsplit

from django.db.models import OuterRef, QuerySet, Subquery
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from statements.history.log import Step, steps
from statements.input.plain_text import without_foreign
from statements.models import (
    PublicationState,
    Revision,
    Statement,
    StatementQuerySet,
)

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    ChangedStatement = WithAnnotations[Statement, "ChangeTimes"]

#: A feed stops here; the other outputs hold every row.
MOST_ENTRIES = 100


class ChangeTimes(TypedDict):
    """The annotations of `annotate_changes`."""

    published_at: datetime | None
    changed_at: datetime
    last_revision: int


class StatementFeed(Atom1Feed):
    """An empty feed is as old as the data; an entry may be in the other language."""

    def latest_post_date(self) -> datetime:
        if self.items:
            return super().latest_post_date()
        as_of: datetime = self.feed["as_of"]
        return as_of

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}


def annotate_changes(statements: StatementQuerySet) -> QuerySet[ChangedStatement]:
    """Annotates when each was published, and when and by which revision it changed.

    The last change comes first; of statements changed at one moment, the order stays.
    """
    revisions = Revision.objects.shown().filter(statement=OuterRef("pk"))
    revisions = revisions.order_by("-pk")
    published = revisions.filter(snapshot__state=PublicationState.PUBLISHED.value)
    changed = statements.annotate(
        published_at=Subquery(published.order_by("pk").raw_values("at")[:1]),
        changed_at=Subquery(revisions.raw_values("at")[:1]),
        last_revision=Subquery(revisions.raw_values("pk")[:1]),
    ).order_by("-changed_at", *statements.query.order_by)
    return cast("QuerySet[ChangedStatement]", changed)


def statement_feed(
    statements: StatementQuerySet, address: str, page: str, title: str, as_of: datetime
) -> StatementFeed:
    title = without_foreign(title)
    feed = StatementFeed(
        title=title,
        link=page,
        description=_("New and changed statements, newest first."),
        language=get_language(),
        author_name=title,
        feed_url=address,
        as_of=as_of,
    )
    changed = annotate_changes(statements.select_related("document").with_tags())
    newest = list(changed[:MOST_ENTRIES])
    last = Revision.objects.filter(pk__in=[entry.last_revision for entry in newest])
    steps_by_pk = {step.revision.statement_id: step for step in steps(last)}
    for statement in newest:
        add_entry(feed, statement, steps_by_pk[statement.pk], address)
    return feed


def add_entry(
    feed: StatementFeed, statement: ChangedStatement, step: Step, address: str
) -> None:
    origin = urlsplit(address)
    heading = without_foreign(f"{statement.code} {statement.heading}")
    terms = [*statement.region_list, *statement.theme_list]
    feed.add_item(
        title=heading,
        link=f"{origin.scheme}://{origin.netloc}{statement.get_absolute_url()}",
        description=without_foreign(entry_summary(statement, step)),
        # The host as it is, so that a portal's entries stay the same entries.
        unique_id=f"tag:{origin.hostname},2025:{get_language()}:{statement.code}",
        pubdate=statement.published_at or statement.changed_at,
        updateddate=statement.changed_at,
        categories=[statement.kind, *(term.slug for term in terms)],
        item_copyright=without_foreign(statement.document.licence),
        language=statement.language,
    )


def entry_summary(statement: Statement, step: Step) -> str:
    """The whole statement, then what happened to it, why, and in which words."""
    language = statement.language
    of_language = [change for change in step.changes if change.language == language]
    context = {"statement": statement, "step": step, "changes": of_language}
    with override(language):
        return render_to_string("explorer/exports/feed_entry.html", context)
