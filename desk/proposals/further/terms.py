"""The terms of a proposal as forms ask for them: notes, minor or not, and when."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from desk.proposals.record import Terms
from desk.proposals.states import AnyProposal
from statements.admin.base import ChangeNoteForm
from statements.models.ranges import FIRST_MOMENT, LAST_MOMENT, MOMENT_OUT_OF_RANGE


class PublishingTime(forms.DateTimeField):
    """A time written as 2026-12-24 10:00, by the ministry's clock unless it names
    another; read alike in every language, and no other form is guessed at.

    A field of text, which sends whatever was typed: browsers send nothing of a
    `datetime-local` that is half filled in, and the time would be lost in silence.
    """

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _(
            "Enter the date and time in Korean Standard Time, for example 2026-12-24 "
            "10:00."
        ),
        "impossible": _("There is no such date or time."),
        "past": _(
            "%(time)s (Korean Standard Time) has passed. Enter a later time, or leave "
            "this empty to publish as soon as it is approved."
        ),
    }

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        """The time that was written, whether it has passed or not."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            moment = parse_datetime(text)
        except ValueError as error:
            raise self.wrong("impossible") from error
        # A day alone is no time: midnight would be a guess.
        if moment is None or ":" not in text:
            raise self.wrong("invalid")
        if timezone.is_naive(moment):
            moment = timezone.make_aware(moment, timezone.get_default_timezone())
        if not FIRST_MOMENT <= moment <= LAST_MOMENT:
            raise ValidationError(MOMENT_OUT_OF_RANGE)
        return moment

    def validate(self, value: datetime | None) -> None:
        super().validate(value)
        if value is not None and value <= timezone.now():
            raise self.wrong("past", time=written(value))

    def wrong(self, code: str, **params: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)


def written(moment: datetime) -> str:
    """The moment as the form takes it, by the ministry's clock."""
    local = timezone.localtime(moment, timezone.get_default_timezone())
    has_seconds = local.second or local.microsecond
    spec = "auto" if has_seconds else "minutes"
    return local.replace(tzinfo=None).isoformat(" ", spec)


def read_moment(text: str) -> datetime | None:
    """The time that the form reads from what was sent; None where it refuses it, but
    for one that has passed: what the form takes is not read again by another clock.
    """
    try:
        return PublishingTime(required=False).to_python(text)
    except ValidationError:
        return None


class TermFields(forms.Form):
    """The fields that the forms of all proposals for statements have."""

    is_minor = forms.BooleanField(
        label=_("Minor edit"),
        required=False,
        help_text=_("For spelling or formatting only. It still stays in the history."),
    )
    publish_at = PublishingTime(
        label=_("Publish at (Korean Standard Time)"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_(
            "For example, 2026-12-24 10:00. If empty, it is published as soon as it is"
            " approved."
        ),
    )

    @property
    def terms(self) -> Terms:
        data = self.cleaned_data
        return Terms(is_minor=data["is_minor"], publish_at=data["publish_at"])


class FurtherForm(ChangeNoteForm):
    """Begins from the terms of the proposal that is edited further, if one is."""

    resumed: AnyProposal | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.resumed:
            self.initial.update(self.resumed.terms)
