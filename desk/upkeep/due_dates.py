"""Dates that have passed without a record of their outcome."""

from datetime import date

from django.db.models import Exists, OuterRef

from statements.models import Event, Nature, StatusUpdate
from statements.models.facts import EventQuerySet


def passed_dates(today: date | None = None) -> EventQuerySet:
    """Events that were to come, or going on, when the documents were written, and are
    over by now: without an outcome, and without a later status of their statement.
    """
    later_status = StatusUpdate.objects.filter(
        statement=OuterRef("statement"), as_of__gte=OuterRef("end")
    )
    return (
        Event.objects.passed(Nature.PLANNED, Nature.IN_EFFECT, today=today)
        .filter(~Exists(later_status), outcome_ko="")
        .select_related("statement__upkeep__owner")
        .order_by("end", "statement__sort_key", "pk")
    )
