"""The events and figures that the home page names: a rule chooses them, and nobody."""

from django.db.models import Exists, OuterRef, Q

from statements.models import Event, Figure, PartNature, Statement
from statements.models.facts import EventQuerySet
from statements.models.kinds import Nature
from statements.models.mentions import FactQuerySet

#: How many of each the page names.
FACTS_NAMED = 6


def newest_reported() -> EventQuerySet:
    """The events last begun of those that a document reports as done."""
    reported = Event.objects.filter(
        statement__in=Statement.objects.published(), nature=Nature.REPORTED
    )
    newest = reported.first_mentions().select_related("statement")
    return newest.order_by("-start", "-end", "statement__sort_key", "pk")[:FACTS_NAMED]


def telling_figures() -> FactQuerySet[Figure]:
    """The largest reported figure of each achievement, the newest report's first and
    of a report the largest.
    """
    reported = Figure.objects.filter(
        nature=Nature.REPORTED, statement__nature=PartNature.ACHIEVEMENTS
    ).order_by()
    is_larger = Q(value__gt=OuterRef("value")) | Q(
        value=OuterRef("value"), pk__lt=OuterRef("pk")
    )
    larger = reported.filter(is_larger, statement=OuterRef("statement"))
    largest = reported.filter(
        ~Exists(larger), statement__in=Statement.objects.published()
    )
    ordered = largest.select_related("statement").order_by(
        "-statement__year", "-value", "statement__sort_key"
    )
    return ordered[:FACTS_NAMED]
