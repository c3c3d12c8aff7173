"""The dates and figures of a statement, and the records that staff keep of it."""

from __future__ import annotations

import re
from datetime import date
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import get_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from statements.models.kinds import AMOUNTS, Nature, Precision, Qualifier, Status
from statements.models.mentions import Fact, FactQuerySet, Mention, wrong_days
from statements.models.ranges import EVENT_RANGES, FIGURE_RANGES, STATUS_UPDATE_RANGES
from statements.models.states import PublicationState

#: A date as the sources write it: 24.8월, 25.4-10월.
SOURCE_DATE = re.compile(r"\d\d\.\d{1,2}(?:-\d{1,2})?월")
#: Recorded together or not at all.
OUTCOME = ("outcome_ko", "outcome_en", "outcome_evidence")
OUTCOME_IS_WHOLE = _("An outcome needs a text in both languages and evidence.")


class EventQuerySet(FactQuerySet["Event"]):
    def passed(self, *natures: Nature, today: date | None = None) -> Self:
        """Those of these natures, in published statements, that are over by now."""
        return self.filter(
            end__lt=today or timezone.localdate(),
            nature__in=natures,
            statement__state=PublicationState.PUBLISHED,
        )

    def touching(self, *years: int | str) -> Self:
        """Those of which at least a day lies in one of the years."""
        touched = models.Q(pk__in=())
        for year in years:
            touched |= models.Q(start__year__lte=year, end__year__gte=year)
        return self.filter(touched)

    def first_mentions(self) -> Self:
        """Of the mentions of one happening, the first of these in the outline."""
        before = self.filter(
            happening=models.OuterRef("happening"),
            statement__sort_key__lt=models.OuterRef("statement__sort_key"),
        )
        return self.filter(models.Q(happening="") | ~models.Exists(before.order_by()))


class Event(Mention):
    """A dated mention; `end` is inclusive, `quote` the date as the source writes it.

    Mentions with the same `happening` are one event, with several sources.
    """

    name_part = "title"
    translated_parts = ("title", "place")

    quote = models.CharField(_("date in the source"), max_length=50)
    title = models.CharField(_("title"), max_length=200)
    title_ko: str
    title_en: str
    start = models.DateField(_("start"))
    end = models.DateField(_("end"))
    precision = models.CharField(_("precision"), max_length=10, choices=Precision)
    tentative = models.BooleanField(_("tentative"), default=False)
    nature = models.CharField(_("nature"), max_length=20, choices=Nature)
    place = models.CharField(_("place"), max_length=100, blank=True)
    place_ko: str
    place_en: str
    happening = models.CharField(
        _("same event"),
        max_length=60,
        blank=True,
        validators=[validate_slug],
        help_text=_("Mentions with the same name here are one event."),
    )
    outcome = models.TextField(_("outcome"), blank=True)
    outcome_ko: str
    outcome_en: str
    outcome_evidence = models.URLField(_("evidence of the outcome"), blank=True)
    #: Set by what tells an event with all its sources.
    also_in: list[Event]
    #: What staff recorded of its statement after it, set likewise.
    later_status: StatusUpdate | None = None

    objects = EventQuerySet.as_manager()

    class Meta(Mention.Meta):
        ordering = ["start", "end", "statement__sort_key", "pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.CheckConstraint(
                name="event_ends_after_start",
                condition=models.Q(end__gte=models.F("start")),
                violation_error_message=_("The end is before the start."),
            ),
            models.CheckConstraint(
                name="event_outcome_is_whole",
                condition=models.Q(outcome_ko="", outcome_en="", outcome_evidence="")
                | ~(
                    models.Q(outcome_ko="")
                    | models.Q(outcome_en="")
                    | models.Q(outcome_evidence="")
                ),
                violation_error_message=OUTCOME_IS_WHOLE,
            ),
            *EVENT_RANGES,
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def public_id(self) -> str:
        """Stays the same, and does not tell how many events drafts have, as keys do."""
        return salted_hmac("statements.event", str(self.pk)).hexdigest()[:16]

    @property
    def is_passed_plan(self) -> bool:
        """As `passed` has it, of plans."""
        return self.nature == Nature.PLANNED and self.end < timezone.localdate()

    @property
    def is_noted(self) -> bool:
        """The editor's note on the statement is about this event: it quotes its date,
        or no date of the source.
        """
        quoted = SOURCE_DATE.findall(self.statement.editor_note_ko)
        return not quoted or self.quote in quoted

    @property
    def place_language(self) -> str:
        return self.language_of("place")

    def wrong_with_source(self) -> dict[str, str | Promise]:
        """Days that are more exact than their precision, and outcomes without evidence,
        too.
        """
        missing = [name for name in OUTCOME if not getattr(self, name)]
        is_whole = len(missing) in (0, len(OUTCOME))
        return {
            **super().wrong_with_source(),
            **wrong_days(self.precision, self.start, self.end),
            **({} if is_whole else dict.fromkeys(missing, OUTCOME_IS_WHOLE)),
        }


class Figure(Mention):
    """A count or percentage; `quote` is how the source writes it."""

    name_part = "label"
    translated_parts = ("label", "unit")

    quote = models.CharField(_("figure in the source"), max_length=50)
    label = models.CharField(_("label"), max_length=200)
    label_ko: str
    label_en: str
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=50)
    unit_ko: str
    unit_en: str
    qualifier = models.CharField(
        _("qualifier"), max_length=20, choices=Qualifier, blank=True
    )
    nature = models.CharField(_("nature"), max_length=20, choices=Nature)

    objects = FactQuerySet.as_manager()

    class Meta(Mention.Meta):
        ordering = ["statement__sort_key", "pk"]
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = FIGURE_RANGES

    def __str__(self) -> str:
        return self.label

    @property
    def unit_language(self) -> str:
        return self.language_of("unit")

    @property
    def digits(self) -> str:
        """The value without the zeros that the column pads with."""
        return f"{self.value.normalize():f}"

    @property
    def numeral(self) -> str:
        """The value as people read it: 30 million, and not 30,000,000."""
        words, rest = [], self.value
        for size, word in get_format("LARGE_NUMBERS"):
            count, rest = divmod(rest, size)
            words += [f"{count:,}{word}"] if count else []
        if words and not rest:
            return "".join(words)
        return number_format(self.digits, force_grouping=True)

    @property
    def amount(self) -> str:
        """Value, unit and qualifier as the active language says them."""
        values = {"value": self.numeral, "unit": self.unit}
        if self.unit == "%":
            amount = f"{self.numeral}%"
        else:
            amount = gettext("%(value)s %(unit)s") % values
        qualified = AMOUNTS.get(self.qualifier)
        return str(qualified) % {"amount": amount} if qualified else amount


class StatusUpdate(Fact):
    """A statement's state as a member of staff recorded it, with evidence."""

    status = models.CharField(_("status"), max_length=20, choices=Status)
    as_of = models.DateField(_("as of"))
    note = models.TextField(_("note"))
    note_ko: str
    note_en: str
    evidence = models.URLField(_("evidence"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        verbose_name=_("author"),
    )

    objects = FactQuerySet.as_manager()

    class Meta(Fact.Meta):
        ordering = ["-as_of", "-pk"]
        verbose_name = _("status update")
        verbose_name_plural = _("status updates")
        constraints = STATUS_UPDATE_RANGES

    def __str__(self) -> str:
        return f"{self.get_status_display()} ({self.as_of})"

    def clean(self) -> None:
        if self.as_of and self.as_of > timezone.localdate():
            raise ValidationError({"as_of": _("This date is in the future.")})
