"""The events and figures of the statements that a FilterSet finds."""

from explorer.query import FactFilter, given_values
from statements.filters.filterset import UNDATED
from statements.models import Event, Figure
from statements.models.facts import EventQuerySet, FactQuerySet


def filtered_events(filterset: FactFilter) -> EventQuerySet:
    """Events in the order of time; with `dated`, those that touch one of its years."""
    if not filterset.is_valid():
        return Event.objects.none()
    years = [year for year in given_values(filterset, "dated") if year != UNDATED]
    events = Event.objects.touching(*years) if years else Event.objects.all()
    return events.filter(statement__in=filterset.qs.order_by().values("pk"))


def filtered_figures(filterset: FactFilter) -> FactQuerySet[Figure]:
    """Figures in the order of the documents."""
    if not filterset.is_valid():
        return Figure.objects.none()
    return Figure.objects.filter(statement__in=filterset.qs.order_by().values("pk"))
