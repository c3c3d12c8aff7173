"""The events of statements as a calendar (RFC 5545), each for whole days."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Entry

from statements.history.fact_words import OUTCOME_LABEL
from statements.models import Event, Nature, Precision

END = b"END:VCALENDAR\r\n"


def calendar(
    events: Iterable[Event], origin: str, name: str, as_of: datetime, language: str
) -> Iterator[bytes]:
    """The calendar piece by piece: its head, every event, its end.

    It may be read when the request's own language is no longer active.
    """
    frame = Calendar()
    frame.add("prodid", "-//policy portal//statements//EN")
    frame.add("version", "2.0")
    frame.add("x-wr-calname", name)
    yield frame.to_ical().removesuffix(END)
    for event in events:
        with override(language):
            made = entry(event, origin, as_of)
        yield made.to_ical()
    yield END


def entry(event: Event, origin: str, as_of: datetime) -> Entry:
    made = Entry()
    statement = event.statement
    made.add("uid", f"event-{event.pk}-{statement.code}@{origin.rpartition('/')[2]}")
    made.add("dtstamp", as_of)
    made.add("dtstart", event.start)
    # The day after the last: here the end is not part of the event.
    made.add("dtend", event.end + timedelta(days=1))
    made.add("summary", event_summary(event), {"language": get_language()})
    made.add("description", description(event), {"language": get_language()})
    made.add("url", origin + statement.get_absolute_url())
    made.add("status", "TENTATIVE" if event.tentative else "CONFIRMED")
    made.add("transp", "TRANSPARENT")
    if event.place:
        made.add("location", event.place)
    return made


def outcome(event: Event) -> Iterator[str]:
    """Beside what the source says, and labeled as not of it."""
    if event.outcome:
        yield f"{OUTCOME_LABEL}: {event.outcome}"
        yield event.outcome_evidence


def event_summary(event: Event) -> str:
    if event.nature == Nature.PLANNED:
        return _("%(title)s (planned when written)") % {"title": event.title}
    return event.title


def description(event: Event) -> str:
    """What the source says of the event, how exactly it dates it, what staff add."""
    told = {
        Nature.REPORTED: _("Reported as done by the document."),
        Nature.IN_EFFECT: _("In effect when the document was written."),
        Nature.PLANNED: _(
            "Planned when the document was written; this is not a report that it took "
            "place."
        ),
    }
    exact = {
        Precision.YEAR: _("The source gives only the year."),
        Precision.MONTH: _("The source gives only the month."),
        Precision.DAY: _("The source gives the day."),
    }
    quote = _("Date in the source: %(quote)s") % {"quote": event.quote}
    tentative = [_("The source calls it tentative.")] if event.tentative else []
    return "\n".join(
        [
            told[event.nature],
            *tentative,
            quote,
            exact[event.precision],
            *outcome(event),
            event.statement.code,
        ]
    )
