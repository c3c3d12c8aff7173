"""Moments, read from what programs send: a day, or a day and a time of day."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from statements.models.ranges import FIRST_DAY, LAST_DAY

NO_MOMENT = _(
    "Enter a date (2026-01-31) or a date and time (2026-01-31T09:00:00+09:00)."
)


def written_moment(text: str) -> datetime:
    """Of a day, its beginning; without an offset, Korean time.

    A plus in an address that was not written as %2B comes as a space. ValidationError
    for what is no moment, and for what is too far away to be compared.
    """
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        raise ValidationError(NO_MOMENT) from None
    if not FIRST_DAY < moment.date() < LAST_DAY:
        raise ValidationError(NO_MOMENT)
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
