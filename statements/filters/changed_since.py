"""The filter by the time of the last change that readers were told of."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from statements.input.moments import written_moment
from statements.models import Revision, StatementQuerySet

LONGEST_MOMENT = 40


class MomentField(forms.CharField):
    """A day, or a moment, as it was written."""

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if text:
            written_moment(text)
        return text


class ChangedSinceFilter(django_filters.Filter):
    """For programs that keep up with the data: no form shows it, but keeps it."""

    field_class = MomentField

    def __init__(self) -> None:
        super().__init__(
            label=_("Changed since"),
            help_text=_(
                "A date (2026-01-31, from its beginning in Korean time) or a date and "
                "time with its offset (2026-01-31T09:00:00+09:00): only statements "
                "first published or changed in public since then."
            ),
            max_length=LONGEST_MOMENT,
            widget=forms.HiddenInput,
        )

    def filter(self, qs: StatementQuerySet, value: str) -> StatementQuerySet:
        if not value:
            return qs
        changed = Revision.objects.shown().filter(at__gte=written_moment(value))
        return qs.filter(pk__in=changed.order_by().values("statement"))
