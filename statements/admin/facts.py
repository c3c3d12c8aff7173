"""Links, dates, figures and statuses of statements in the admin."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from statements.admin.base import CHANGE_NOTE, ChangeNoteForm, GatedAdmin
from statements.admin.staff import staff_user
from statements.models import (
    Event,
    Figure,
    Link,
    PublicationState,
    Statement,
    StatusUpdate,
)
from statements.models.links import later_first

#: The places of an event or a figure.
PLACES: tuple[Any, Any] = (
    _("Where"),
    {
        "fields": [("region", "country")],
        "description": _(
            "Identifiers (slugs) of the regions and countries of this event or figure "
            "alone, separated by semicolons. Empty: those of its statement."
        ),
    },
)


class LinkForm(ChangeNoteForm):
    """Asks for two statements; which of them is the later, their documents tell."""

    def clean(self) -> dict[str, Any]:
        """Puts the two in order where they were chosen the wrong way round."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("later") and cleaned.get("earlier"):
            ends = later_first(cleaned["later"], cleaned["earlier"])
            cleaned["later"], cleaned["earlier"] = ends
        return cleaned


class LinkAdmin(GatedAdmin[Link]):
    """Links between two statements; whoever saves one answers for it."""

    form = LinkForm
    list_display = ["__str__", "relation", "state", "rationale_ko", "rationale_en"]
    list_filter = ["state", "relation"]
    list_select_related = ["later", "earlier"]
    search_fields = ["later__code", "earlier__code", "rationale_ko", "rationale_en"]
    autocomplete_fields = ["later", "earlier"]
    fieldsets = [
        (
            None,
            {
                "fields": ["later", "earlier", ("relation", "state")],
                "description": _(
                    "Which statement is the later one depends on the time of writing "
                    "of their documents. If you choose them the wrong way around, they"
                    " are put in order."
                ),
            },
        ),
        (_("In common"), {"fields": [("rationale_ko", "rationale_en")]}),
        CHANGE_NOTE,
    ]

    def save_model(
        self, request: HttpRequest, obj: Link, form: ChangeNoteForm, change: bool
    ) -> None:
        obj.by, obj.at = staff_user(request), timezone.now()
        super().save_model(request, obj, form, change)

    def has_delete_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False


class EventAdmin(GatedAdmin[Event]):
    """Dates that statements name, and the outcomes that staff record."""

    list_display = ["title", "start", "end", "precision", "nature", "statement"]
    list_filter = ["nature", "precision", "tentative"]
    list_select_related = ["statement"]
    search_fields = ["title_ko", "title_en", "statement__code"]
    autocomplete_fields = ["statement"]
    fieldsets = [
        (None, {"fields": ["statement", "quote", ("title_ko", "title_en")]}),
        (_("When"), {"fields": [("start", "end"), ("precision", "tentative")]}),
        (_("What"), {"fields": ["nature", ("place_ko", "place_en"), "happening"]}),
        PLACES,
        (
            _("Outcome"),
            {
                "fields": [("outcome_ko", "outcome_en"), "outcome_evidence"],
                "description": _(
                    "Shown publicly as recorded by staff, not stated in the source. "
                    "Enter the Korean, the English and the evidence, or leave all of "
                    "them empty."
                ),
            },
        ),
        CHANGE_NOTE,
    ]


class FigureAdmin(GatedAdmin[Figure]):
    """Numbers that statements name."""

    list_display = ["label", "value", "unit", "qualifier", "nature", "statement"]
    list_filter = ["nature", "qualifier"]
    list_select_related = ["statement"]
    search_fields = ["label_ko", "label_en", "statement__code"]
    autocomplete_fields = ["statement"]
    fieldsets = [
        (None, {"fields": ["statement", "quote", ("label_ko", "label_en")]}),
        (_("Amount"), {"fields": ["value", ("unit_ko", "unit_en"), "qualifier"]}),
        (_("What"), {"fields": ["nature"]}),
        PLACES,
        CHANGE_NOTE,
    ]


class StatusUpdateForm(ChangeNoteForm):
    """Records a status of a published statement, one a day."""

    def clean_statement(self) -> Statement:
        statement: Statement = self.cleaned_data["statement"]
        if statement.state != PublicationState.PUBLISHED:
            raise ValidationError(
                gettext("A status can be recorded only for a published statement.")
            )
        return statement

    def clean(self) -> dict[str, Any]:
        """Refuses a second status of one day: the last one is told by its day."""
        cleaned = super().clean() or self.cleaned_data
        if not {"statement", "as_of"} <= cleaned.keys():
            return cleaned
        same_day = StatusUpdate.objects.filter(
            statement=cleaned["statement"], as_of=cleaned["as_of"]
        )
        if same_day.exclude(pk=self.instance.pk).exists():
            self.add_error(
                "as_of",
                gettext(
                    "This statement already has a status for that day. Change that one."
                ),
            )
        return cleaned


class StatusUpdateAdmin(GatedAdmin[StatusUpdate]):
    """Statuses of statements, as staff record them."""

    form = StatusUpdateForm
    list_display = ["statement", "status", "as_of", "note_ko", "note_en", "by"]
    list_display_links = ["statement", "status"]
    list_filter = ["status", "statement__kind"]
    list_select_related = ["statement", "by"]
    search_fields = ["statement__code", "note_ko", "note_en"]
    autocomplete_fields = ["statement"]
    fieldsets = [
        (None, {"fields": ["statement", ("status", "as_of")]}),
        (
            _("Note and evidence"),
            {
                "fields": [("note_ko", "note_en"), "evidence"],
                "description": _(
                    "Shown publicly, without the name of the person who recorded it."
                ),
            },
        ),
        CHANGE_NOTE,
    ]

    def save_model(
        self,
        request: HttpRequest,
        obj: StatusUpdate,
        form: ChangeNoteForm,
        change: bool,
    ) -> None:
        obj.by = staff_user(request)
        super().save_model(request, obj, form, change)
