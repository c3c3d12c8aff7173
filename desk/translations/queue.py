"""The statements whose English is still to be made, brought up to date or reviewed."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import django_filters
from django import forms
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from desk.models import Proposal
from statements.codes import code_in
from statements.fields import SOURCE_TEXTS
from statements.input.letters import any_spelling
from statements.models import (
    Document,
    Kind,
    PublicationState,
    Statement,
    StatementQuerySet,
    TranslationState,
)

#: The states of the English that a queue holds, the most urgent first.
STATES_TO_DO = (
    TranslationState.MISSING,
    TranslationState.OUTDATED,
    TranslationState.DRAFT,
)
QUEUE_FIELDS = ("code", *SOURCE_TEXTS)


def translatable() -> StatementQuerySet:
    """All statements that readers see or may come to see."""
    statements = Statement.objects.exclude(state=PublicationState.WITHDRAWN)
    return statements.with_translation_state().in_outline_order()


def waiting_for_english() -> StatementQuerySet:
    """The queue; `is_proposed` says that a change of the statement waits for review."""
    proposed = Proposal.objects.open().filter(statement=OuterRef("pk"))
    # In a Q, since the stubs know no annotation that a method makes.
    return (
        translatable()
        .exclude(Q(translation=TranslationState.REVIEWED))
        .annotate(is_proposed=Exists(proposed))
        .select_related("document")
    )


def document_choices() -> list[tuple[str, str]]:
    return [(document.slug, document.title) for document in Document.objects.all()]


class QueueFilter(django_filters.FilterSet):
    translation = django_filters.ChoiceFilter(
        label=_("Translation"),
        choices=[(state.value, state.label) for state in STATES_TO_DO],
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
        label=_("Keyword or statement number"),
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    def containing(
        self, queryset: StatementQuerySet, name: str, value: str
    ) -> StatementQuerySet:
        """Compares letter by letter: drafts are in no index of the search."""
        spelling, holds = any_spelling(code_in(value) or value), Q()
        for column in QUEUE_FIELDS:
            holds |= Q(**{f"{column}__iregex": spelling})
        return queryset.filter(holds)


@dataclass(frozen=True)
class Tab:
    """A state with the number of statements; all of them where `value` is empty."""

    value: str
    label: str
    count: int
    is_chosen: bool


def state_tabs(filterset: QueueFilter) -> list[Tab]:
    """A tab for each state, with the number of statements that the filterset leaves."""
    data = filterset.data.copy()
    chosen = data.pop("translation", [""])[-1]
    counts = count_states(QueueFilter(data, waiting_for_english()).qs)
    every = Tab("", gettext("All"), sum(counts.values()), not chosen)
    tabs = [
        Tab(state.value, str(state.label), counts[state.value], state.value == chosen)
        for state in STATES_TO_DO
    ]
    return [every, *tabs]


def count_states(statements: StatementQuerySet) -> Counter[str]:
    rows: QuerySet[Any] = statements.order_by()
    counts = rows.values("translation").annotate(n=Count("pk"))
    return Counter({row["translation"]: row["n"] for row in counts})


class Progress(NamedTuple):
    """The English of a document: its statements in each state."""

    document: Document
    counts: Counter[str]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def percent(self) -> int:
        """The share reviewed, of a hundred; 100 only when all are."""
        reviewed = self.counts[TranslationState.REVIEWED.value]
        return 100 * reviewed // self.total if self.total else 100


def document_progress() -> Iterator[Progress]:
    """Yields each document, in one query more than there is for the documents."""
    rows: QuerySet[Any] = translatable().order_by()
    counts: dict[int, Counter[str]] = {}
    for row in rows.values("document", "translation").annotate(n=Count("pk")):
        of_document = counts.setdefault(row["document"], Counter())
        of_document[row["translation"]] = row["n"]
    for document in Document.objects.all():
        yield Progress(document, counts.get(document.pk, Counter()))


class Neighbours(NamedTuple):
    previous: Statement | None
    next: Statement | None


def neighbours(statement: Statement, queue: StatementQuerySet) -> Neighbours:
    """The statements before and after it in the queue, though it may have left it."""
    before = queue.filter(sort_key__lt=statement.sort_key).order_by("-sort_key")
    after = queue.filter(sort_key__gt=statement.sort_key).order_by("sort_key")
    return Neighbours(before.first(), after.first())
