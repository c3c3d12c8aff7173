"""The events and figures that a FilterSet finds, by places of their own."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q

from explorer.query import PLACES, FactFilter, given_values
from statements.filters.filterset import UNDATED, StatementFilter
from statements.models import Event, Figure, Nature, Statement, StatusUpdate
from statements.models.facts import EventQuerySet
from statements.models.mentions import FactQuerySet

UNPLACED = Q(region="", country="")

Facts = TypeVar("Facts", EventQuerySet, FactQuerySet[Figure])


def filtered_events(filterset: FactFilter) -> EventQuerySet:
    """Events in the order of time, each once, by its first mention; with `dated`, those
    that touch one of its years.
    """
    if not filterset.is_valid():
        return Event.objects.none()
    return in_places(dated_events(filterset), filterset).first_mentions()


def filtered_figures(filterset: FactFilter) -> FactQuerySet[Figure]:
    """Figures in the order of the documents."""
    if not filterset.is_valid():
        return Figure.objects.none()
    return in_places(Figure.objects.all(), filterset)


def dated_events(filterset: FactFilter) -> EventQuerySet:
    years = [year for year in given_values(filterset, "dated") if year != UNDATED]
    return Event.objects.touching(*years) if years else Event.objects.all()


def in_places(facts: Facts, filterset: FactFilter) -> Facts:
    """Those of the statements that the other filters find, in the places asked for."""
    facts = facts.filter(statement__in=filterset.qs.order_by().values("pk"))
    for name in PLACES:
        if slugs := given_values(filterset, name):
            tagged = filterset.filters[name].filter(Statement.objects.order_by(), slugs)
            of_statement = UNPLACED & Q(statement__in=tagged.values("pk"))
            facts = facts.filter(has_slug(name, slugs) | of_statement)
    return facts


def has_slug(name: str, slugs: Iterable[str]) -> Q:
    """The condition that a field has one of the slugs among those it joins."""
    any_of = "|".join(map(re.escape, slugs))
    return Q(**{f"{name}__regex": f"(^|;)({any_of})(;|$)"})


def facts_of_topic(
    facts: Facts, statements: StatementFilter, own: Facts
) -> tuple[list[Any], list[Any]]:
    """The facts that are `own` and, told apart, others of the same statements; in one
    query.
    """
    own = own.order_by()
    is_named = Q(statement__in=statements.qs.order_by().values("pk"))
    rows: list[Any] = list(
        facts.filter(is_named | Q(pk__in=own.values("pk")))
        .annotate(is_own=Exists(own.filter(pk=OuterRef("pk"))))
        .select_related("statement")
    )
    kept = [fact for fact in rows if fact.is_own]
    # A further mention of an event that is listed is a source of it.
    told = {getattr(fact, "happening", "") for fact in kept} - {""}
    beside = [
        fact
        for fact in rows
        if not fact.is_own and getattr(fact, "happening", "") not in told
    ]
    return kept, beside


def give_outcomes(events: Collection[Event]) -> None:
    """Gives each plan whose date has passed, and of which no outcome is recorded, the
    newest status of its statement that is as of its end or later.
    """
    plans = Event.objects.passed(Nature.PLANNED).order_by()
    newest: dict[int, StatusUpdate] = {}
    for update in StatusUpdate.objects.filter(statement__events__in=plans):
        newest.setdefault(update.statement_id, update)
    for event in events:
        status = newest.get(event.statement_id)
        if event.is_passed_plan and not event.outcome:
            is_later = status is not None and status.as_of >= event.end
            event.later_status = status if is_later else None


def give_sources(events: Iterable[Event]) -> None:
    """Gives each event as `also_in` its other mentions, in published statements, and
    what became of it.
    """
    events = list(events)
    give_outcomes(events)
    keys = {event.happening for event in events if event.happening}
    mentions: dict[str, list[Event]] = defaultdict(list)
    published = Statement.objects.published().order_by().values("pk")
    for mention in Event.objects.filter(
        happening__in=keys, statement__in=published
    ).select_related("statement"):
        mentions[mention.happening].append(mention)
    for event in events:
        others = mentions[event.happening] if event.happening else []
        event.also_in = [other for other in others if other.pk != event.pk]
