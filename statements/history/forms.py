"""The days of the past that readers ask for."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from statements.models.ranges import DAY_OUT_OF_RANGE, FIRST_DAY


def in_the_past(day: date) -> None:
    """Refuses days to come, and those before there was anything to tell of."""
    if day > timezone.localdate():
        raise ValidationError(_("Choose today or an earlier date."))
    if day < FIRST_DAY:
        raise ValidationError(DAY_OUT_OF_RANGE)


def past_day(**options: Any) -> forms.DateField:
    return forms.DateField(
        **options,
        validators=[in_the_past],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
    )


class DayForm(forms.Form):
    as_of = past_day(label=_("Date"))


class DatesForm(forms.Form):
    """Two days, named as no attribute can be: `from` and `to`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {
            "from": past_day(label=_("From (end of the day)")),
            "to": past_day(label=_("To (end of the day)")),
        }

    def clean(self) -> dict[str, Any]:
        days = self.cleaned_data
        if len(days) == len(self.fields) and days["from"] > days["to"]:
            late = _(
                "The first date is later than the second. Enter the earlier first."
            )
            self.add_error("from", late)
        return days
