"""The one gate for public change.

    with gate(request.user, Note(ko="오탈자 수정", en="Corrected a slip")):
        statement.text_en = "…"
        statement.save()

One gate is open at a time (statements.write_lock): read inside it what is written on.
At its exit it gives tags to new statements without their own, keeps the outline in
order, checks what was touched, writes one Revision each (of an entry, an
EntryRevision), moves the DataVersion where readers see a difference, and keeps the
search in step, all in one transaction: a failure rolls everything back.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple, cast

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Field, Max
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from statements.fields import is_same
from statements.history.entries import record_entries
from statements.history.public_view import seen_by_readers, untold_documents
from statements.history.snapshot import snapshots
from statements.input.plain_text import require_plain
from statements.models import (
    DataVersion,
    Document,
    Link,
    PublicationState,
    Revision,
    Statement,
    StatementQuerySet,
)
from statements.models.guard import GateChange, current_change
from statements.models.links import require_later_first
from statements.models.mentions import Mention
from statements.models.revision import MOST_NAMED_STATEMENTS, DataChange
from statements.models.states import PUBLIC_STATES
from statements.search.index import refresh
from statements.write_lock import write_lock


class Note(NamedTuple):
    """The reason for a change, in both languages; shown in public."""

    ko: str
    en: str


class NestedGate(RuntimeError):
    """A gate inside a gate: two authors and two notes for one change."""


@contextmanager
def gate(by: User | None, note: Note, is_minor: bool = False) -> Iterator[GateChange]:
    """Public content may change inside, and it is known what has; `by` None is the
    initial load.

    Raises ValidationError, and changes nothing, when what it leaves behind would not
    hold.
    """
    if current_change.get() is not None:
        raise NestedGate
    with write_lock():
        change = GateChange()
        token = current_change.set(change)
        try:
            yield change
            if change.is_any:
                settle(change, note)
                now = timezone.now()
                changed, seen = record(change.statement_ids, by, note, is_minor, now)
                untold = untold_documents(change.statement_ids) if seen else set()
                record_entries(change.entries, by, note, now, untold)
                if seen or change.is_beyond_statements:
                    DataVersion.move(with_linked(change))
                elif changed:
                    DataVersion.stay(with_linked(change))
                refresh(Statement.objects.published(), change.statement_ids)
        finally:
            current_change.reset(token)


def settle(change: GateChange, note: Note) -> None:
    """Gives what was touched its inherited tags and its place, and checks it.

    The gate does so at its exit. A trial that is taken back needs no more than this: no
    revision, and no search in step with it.
    """
    require(note)
    inherit_tags(change.statement_ids)
    keep_in_order(change.statement_ids)
    check_traced(change.statement_ids)
    check_links(change)
    check_mentions(change)


def require(note: Note) -> None:
    if not all(text.strip() for text in note):
        raise ValidationError(
            _("Every change needs a change note in Korean and in English.")
        )
    for text in note:
        require_plain(text)


def inherit_tags(statement_ids: Iterable[int]) -> None:
    """Statements without a region, or without a theme, take their parent's."""
    touched = Statement.objects.filter(pk__in=statement_ids, parent__isnull=False)
    for names in (("regions", "countries"), ("themes",)):
        givers = givers_of(touched.filter(**{names[0]: None}))
        for name in names if givers else ():
            copy_tags(name, givers)


def givers_of(untagged: StatementQuerySet) -> dict[int, int]:
    """Statement to the nearest one above it that takes no tags itself."""
    givers: dict[int, int] = {}
    for statement in untagged.in_outline_order().only("pk", "parent"):
        above = statement.parent_id
        assert above is not None
        givers[statement.pk] = givers.get(above, above)
    return givers


def copy_tags(name: str, givers: Mapping[int, int]) -> None:
    """The keys of `givers` have the tags of their values, and no others."""
    field: Any = Statement._meta.get_field(name)
    own, term = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    table = field.remote_field.through.objects
    given: dict[int, list[int]] = defaultdict(list)
    present = table.filter(**{f"{own}__in": set(givers.values())})
    for giver, tag in present.values_list(own, term):
        given[giver].append(tag)
    table.filter(**{f"{own}__in": givers}).delete()
    table.bulk_create(
        table.model(**{own: pk, term: tag})
        for pk, giver in givers.items()
        for tag in given[giver]
    )


def keep_in_order(statement_ids: Iterable[int]) -> None:
    """Moves what stands under a statement that was moved."""
    near = list(statement_ids)
    while moved := Statement.objects.out_of_place(near).select_related("parent"):
        for statement in moved:
            statement.derive()
        derived = ["sort_key", "parent_kind", "root", "year", "nature"]
        Statement.objects.bulk_update(moved, derived)
        near = [statement.pk for statement in moved]


def check_traced(statement_ids: Iterable[int]) -> None:
    """Refuses public statements without a paragraph: no constraint can hold that."""
    public = Statement.objects.filter(
        pk__in=statement_ids,
        state__in=(PublicationState.PUBLISHED, PublicationState.WITHDRAWN),
    )
    untraced = list(public.filter(paragraphs=None).values_list("code", flat=True))
    if untraced:
        raise ValidationError(
            _("Statements without a source paragraph cannot be made public: %(codes)s")
            % {"codes": ", ".join(untraced)}
        )


def check_links(change: GateChange) -> None:
    """Refuses links against time, also where a document was moved: no constraint can
    hold that.
    """
    documents = [pk for kind, pk in change.entries if kind == Document.entry_kind()]
    touched = Link.objects.touching(change.statement_ids, documents)
    require_later_first(touched.with_places())


def check_mentions(change: GateChange) -> None:
    """Refuses events and figures, of those touched, that say more than their source;
    nothing that is written of others is lost because of an older one.
    """
    wrong = []
    for model, keys in change.facts.items():
        if not issubclass(model, Mention):
            continue
        touched = model._base_manager.filter(pk__in=keys).select_related("statement")
        for fact in touched.prefetch_related("statement__paragraphs"):
            for name, message in fact.wrong_with_source().items():
                field = cast("Field[Any, Any]", model._meta.get_field(name))
                code, label = fact.statement.code, capfirst(field.verbose_name)
                wrong.append(f"{code}: {label}: {message}")
    if wrong:
        raise ValidationError(wrong)


def record(
    statement_ids: Iterable[int],
    by: User | None,
    note: Note,
    is_minor: bool,
    now: datetime,
) -> tuple[set[int], set[int]]:
    """One Revision for each statement that is not as its last one has it; a field that
    is new and that nobody has filled makes no difference. The keys of all that changed,
    and of those where readers see it.
    """
    last = Revision.objects.filter(statement__in=statement_ids)
    newest = last.order_by().values("statement").annotate(newest=Max("pk"))
    known = dict(
        last.filter(pk__in=newest.values("newest")).values_list("statement", "snapshot")
    )
    changed = {
        pk: state
        for pk, state in sorted(snapshots(statement_ids).items())
        if pk not in known or not is_same(known[pk], state)
    }
    seen = seen_by_readers({pk: (known.get(pk), changed[pk]) for pk in changed})
    Revision.objects.bulk_create(
        Revision(
            statement_id=pk,
            at=now,
            by=by,
            note_ko=note.ko,
            note_en=note.en,
            is_minor=is_minor,
            is_shown=pk in seen and state["state"] in PUBLIC_STATES,
            snapshot=state,
        )
        for pk, state in changed.items()
    )
    return {*changed}, seen


def with_linked(change: GateChange) -> DataChange:
    """All that changed, with the other ends of links: lists may tell those otherwise.
    Of more statements than are named the ends are not asked for.
    """
    touched = change.statement_ids
    if len(touched) <= MOST_NAMED_STATEMENTS:
        ends = Link.objects.touching(touched).order_by()
        touched = touched.union(*ends.values_list("later", "earlier"))
    return DataChange(frozenset(touched), change.is_beyond_statements)
