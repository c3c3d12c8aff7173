"""The statements whose English is still to be made, brought up to date or reviewed."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import django_filters
from django import forms
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from desk.models import Proposal
from statements.fields import SOURCE_TEXTS
from statements.models import (
    Document,
    Kind,
    PublicationState,
    Statement,
    StatementQuerySet,
    TranslationState,
)

#: What a queue holds, the most urgent first.
TO_DO = (TranslationState.MISSING, TranslationState.OUTDATED, TranslationState.DRAFT)
QUEUE_FIELDS = ("code", *SOURCE_TEXTS)


def translatable() -> StatementQuerySet:
    """Everything that readers see or may come to see."""
    living = Statement.objects.exclude(state=PublicationState.WITHDRAWN)
    return living.with_translation_state().in_outline_order()


def waiting_for_english() -> StatementQuerySet:
    """With `is_proposed`, whether a change of the statement waits for review."""
    proposed = Proposal.objects.open().filter(statement=OuterRef("pk"))
    return (
        translatable()
        .exclude(translation=TranslationState.REVIEWED)
        .annotate(is_proposed=Exists(proposed))
        .select_related("document")
    )


def document_choices() -> list[tuple[str, str]]:
    return [(one.slug, one.title) for one in Document.objects.order_by("position")]


class QueueFilter(django_filters.FilterSet):
    translation = django_filters.ChoiceFilter(
        label=_("Translation"),
        choices=[(state.value, state.label) for state in TO_DO],
        widget=forms.HiddenInput,
    )
    document = django_filters.ChoiceFilter(
        field_name="document__slug",
        label=_("Source document"),
        choices=document_choices,
        empty_label=_("All"),
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=Kind.choices, empty_label=_("All")
    )
    q = django_filters.CharFilter(
        method="containing",
        label=_("Words or code"),
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def containing(self, queryset: StatementQuerySet, name, value) -> StatementQuerySet:
        """Letter by letter, drafts too: they are in no index of the search."""
        found = Q()
        for column in QUEUE_FIELDS:
            found |= Q(**{f"{column}__icontains": value})
        return queryset.filter(found)


class Tab(NamedTuple):
    """A state with the number of statements; all of them where `value` is empty."""

    value: str
    label: str
    count: int
    is_chosen: bool


def tabs(asked: QueueFilter) -> list[Tab]:
    """How many statements there are in each state, of those that are asked for."""
    data = asked.data.copy()
    chosen = data.pop("translation", [""])[-1]
    counts = states_of(QueueFilter(data, waiting_for_english()).qs)
    every = Tab("", _("All"), sum(counts.values()), not chosen)
    return [
        every,
        *(Tab(s.value, s.label, counts[s.value], s.value == chosen) for s in TO_DO),
    ]


def states_of(statements: StatementQuerySet) -> Counter:
    rows = statements.order_by().values("translation").annotate(n=Count("pk"))
    return Counter({row["translation"]: row["n"] for row in rows})


class Progress(NamedTuple):
    """How far the English of a document has come."""

    document: Document
    counts: Counter

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def percent(self) -> int:
        """Reviewed of a hundred; 100 only when all are."""
        reviewed = self.counts[TranslationState.REVIEWED.value]
        return 100 * reviewed // self.total if self.total else 100


def progress() -> Iterator[Progress]:
    """Document by document, in one query more than there is for the documents."""
    statements = translatable().order_by().values("document", "translation")
    counts: dict[int, Counter] = {}
    for row in statements.annotate(n=Count("pk")):
        of_document = counts.setdefault(row["document"], Counter())
        of_document[row["translation"]] = row["n"]
    for document in Document.objects.order_by("position"):
        yield Progress(document, counts.get(document.pk, Counter()))


class Neighbours(NamedTuple):
    previous: Statement | None
    next: Statement | None


def neighbours(statement: Statement, queue: StatementQuerySet) -> Neighbours:
    """Before and after it in the queue, whether it still is in it or not."""
    before = queue.filter(sort_key__lt=statement.sort_key).order_by("-sort_key")
    after = queue.filter(sort_key__gt=statement.sort_key).order_by("sort_key")
    return Neighbours(before.first(), after.first())
