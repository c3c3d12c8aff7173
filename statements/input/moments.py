"""Moments, read from what programs send: a day, or a day and a time of day."""

import re
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from statements.models.ranges import FIRST_MOMENT, LAST_MOMENT

NO_MOMENT = _(
    "Enter a date (2026-01-31) or a date and time (2026-01-31T09:00:00+09:00)."
)
#: What RFC 3339 has and Python has not: a year nought, which leaps, and leap seconds.
YEAR_NOUGHT = re.compile("^0000")
LEAP_SECOND = re.compile(r"(?<=:\d\d:)60")


def written_moment(text: str) -> datetime:
    """Of a day, its beginning; without an offset, Korean time.

    A plus in an address that was not written as %2B comes as a space. A moment before
    the portal or far after it is brought to the ends of the time that is kept.
    ValidationError for what is no moment.
    """
    written = LEAP_SECOND.sub("59", text.replace(" ", "+").upper())
    try:
        moment = datetime.fromisoformat(YEAR_NOUGHT.sub("0004", written))
    except ValueError:
        raise ValidationError(NO_MOMENT) from None
    if moment.year < FIRST_MOMENT.year:
        return FIRST_MOMENT
    if moment.year >= LAST_MOMENT.year:
        return LAST_MOMENT
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
