"""The events of statements as a calendar (RFC 5545), each for whole days."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar
from icalendar import Event as Entry

from statements.history.fact_words import OUTCOME_LABEL
from statements.models import Event, Nature, Precision

CALENDAR_END = b"END:VCALENDAR\r\n"


def calendar_parts(
    events: Iterable[Event], origin: str, name: str, as_of: datetime, language: str
) -> Iterator[bytes]:
    """The calendar part by part: its head, every event, its end.

    A server may read it when the request's own language is no longer active.
    """
    empty = Calendar()
    empty.add("prodid", "-//policy portal//statements//EN")
    empty.add("version", "2.0")
    empty.add("x-wr-calname", name)
    yield empty.to_ical().removesuffix(CALENDAR_END)
    for event in events:
        with override(language):
            entry = calendar_entry(event, origin, as_of)
        yield entry.to_ical()
    yield CALENDAR_END


def calendar_entry(event: Event, origin: str, as_of: datetime) -> Entry:
    entry = Entry()
    statement = event.statement
    entry.add(
        "uid", f"event-{event.public_id}-{statement.code}@{origin.rpartition('/')[2]}"
    )
    entry.add("dtstamp", as_of)
    entry.add("dtstart", event.start)
    # The day after the last: here the end is not part of the event.
    entry.add("dtend", event.end + timedelta(days=1))
    entry.add("summary", event_summary(event))
    entry.add("description", event_description(event))
    entry.add("url", origin + statement.get_absolute_url())
    entry.add("status", "TENTATIVE" if event.tentative else "CONFIRMED")
    entry.add("transp", "TRANSPARENT")
    if event.place:
        entry.add("location", event.place)
    return entry


def outcome_lines(event: Event) -> Iterator[str]:
    """The lines of an event's outcome, labeled as not of the source."""
    if event.outcome:
        yield f"{OUTCOME_LABEL}: {event.outcome}"
        yield event.outcome_evidence


def note_lines(event: Event) -> Iterator[str]:
    """The note of editors on the statement, labeled as not of the source."""
    if event.statement.editor_note and event.is_noted:
        label = _("Editor’s note: not in the source")
        yield f"{label}: {event.statement.editor_note}"


def event_summary(event: Event) -> str:
    if event.nature == Nature.PLANNED:
        return _("%(title)s (planned when written)") % {"title": event.title}
    return event.title


def event_description(event: Event) -> str:
    """The source's nature and date of the event, and the outcome that staff add."""
    natures: dict[str, str] = {
        Nature.REPORTED: _("The document reports this as done."),
        Nature.IN_EFFECT: _("Current when the document was written."),
        Nature.PLANNED: _(
            "Planned when the document was written. This is not a report that it took "
            "place."
        ),
    }
    precisions: dict[str, str] = {
        Precision.YEAR: _("The source gives only the year."),
        Precision.MONTH: _("The source gives only the month."),
        Precision.DAY: _("The source gives the day."),
    }
    quote = _("Date in the source: %(quote)s") % {"quote": event.quote}
    tentative = [_("The source describes it as tentative.")] if event.tentative else []
    untranslated = [_("Not yet translated. The Korean text is shown.")]
    return "\n".join(
        [
            natures[event.nature],
            *tentative,
            quote,
            precisions[event.precision],
            *(untranslated if event.is_untranslated else ()),
            *outcome_lines(event),
            *note_lines(event),
            event.statement.code,
        ]
    )
