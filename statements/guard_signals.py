"""Writes of single rows and of tags ask for the gate before they are made.

Refusing must happen before the write: what a `post_` signal raises leaves the change
committed. Proxies send signals under their own class, hence receivers without sender.
"""

from django.db.models import Model, signals

from statements.models import (
    Country,
    Document,
    NeverChanged,
    NeverDeleted,
    Organisation,
    Paragraph,
    PublicContent,
    Region,
    SlugNeverChanged,
    Statement,
    Theme,
)
from statements.models.guard import touch
from statements.models.paragraphs import ImmutableParagraph, is_seen_in_source
from statements.models.ranges import require_fit
from statements.models.vocabulary import Term

TAG_TABLES = (
    Statement.regions.through,
    Statement.countries.through,
    Statement.themes.through,
    Statement.organisations.through,
)


def before_save(instance: Model, **kwargs: object) -> None:
    if isinstance(instance, Paragraph):
        if Paragraph.objects.filter(pk=instance.pk).exists():
            raise ImmutableParagraph
        is_seen = is_seen_in_source({instance.statement_id})
        touch(instance.statement_id, is_beyond=is_seen)
    if not isinstance(instance, PublicContent):
        return
    touch_stored(instance)
    instance.announce()
    require_same_address(instance)
    instance.derive()
    require_fit(instance)


def require_same_address(instance: PublicContent) -> None:
    """Refuses another code, kind or slug than the row has in the database."""
    if isinstance(instance, Statement):
        stored = Statement.objects.filter(pk=instance.pk)
        if stored.exclude(code=instance.code, kind=instance.kind).exists():
            raise NeverChanged(instance.code)
    elif isinstance(instance, Term | Document):
        entries = type(instance)._base_manager.filter(pk=instance.pk)
        if entries.exclude(slug=instance.slug).exists():
            raise SlugNeverChanged


def after_save(instance: Model, **kwargs: object) -> None:
    if isinstance(instance, PublicContent):
        instance.announce()


def before_delete(instance: Model, **kwargs: object) -> None:
    if isinstance(instance, Paragraph):
        raise ImmutableParagraph
    if isinstance(instance, Statement):
        raise NeverDeleted
    if isinstance(instance, PublicContent):
        touch_stored(instance)


def touch_stored(instance: PublicContent) -> None:
    """The statements of the row as the database has it; it may leave them."""
    type(instance)._base_manager.filter(pk=instance.pk).touch()


def before_tagging(
    sender: type[Model],
    instance: Statement | Region | Country | Theme | Organisation,
    action: str,
    pk_set: set[int] | None,
    **kwargs: object,
) -> None:
    """From either end of the relation; `pk_set` is None when all tags are taken off."""
    if sender not in TAG_TABLES or not action.startswith("pre_"):
        return
    if isinstance(instance, Statement):
        touch(instance.pk)
    elif pk_set is None:
        touch(*instance.statements.values_list("pk", flat=True))
    else:
        touch(*pk_set)


def connect() -> None:
    signals.pre_save.connect(before_save)
    signals.post_save.connect(after_save)
    signals.pre_delete.connect(before_delete)
    signals.m2m_changed.connect(before_tagging)
