from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from statements.admin.base import (
    CHANGE_NOTE,
    ChangeNoteForm,
    GatedAdmin,
    StatementAdmin,
)
from statements.admin.languages import InTheirLanguages
from statements.models import (
    Country,
    Document,
    Event,
    Figure,
    GlossaryTerm,
    Link,
    Organisation,
    PublicationState,
    Region,
    Revision,
    Statement,
    StatusUpdate,
    Theme,
)

admin.site.register(Statement, StatementAdmin)


@admin.register(Link)
class LinkAdmin(GatedAdmin):
    list_display = ["__str__", "relation", "state", "rationale_ko", "rationale_en"]
    list_filter = ["state", "relation"]
    list_select_related = ["later", "earlier"]
    search_fields = ["later__code", "earlier__code", "rationale_ko", "rationale_en"]
    autocomplete_fields = ["later", "earlier"]
    fieldsets = [
        (None, {"fields": ["later", "earlier", ("relation", "state")]}),
        (_("Rationale"), {"fields": [("rationale_ko", "rationale_en")]}),
        CHANGE_NOTE,
    ]

    def save_model(self, request, obj, form, change):
        obj.by, obj.at = request.user, timezone.now()
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Event)
class EventAdmin(GatedAdmin):
    list_display = ["title", "start", "end", "precision", "nature", "statement"]
    list_filter = ["nature", "precision", "tentative"]
    list_select_related = ["statement"]
    search_fields = ["title_ko", "title_en", "statement__code"]
    autocomplete_fields = ["statement"]
    fieldsets = [
        (None, {"fields": ["statement", "quote", ("title_ko", "title_en")]}),
        (_("When"), {"fields": [("start", "end"), ("precision", "tentative")]}),
        (_("What"), {"fields": ["nature", ("place_ko", "place_en")]}),
        (
            _("What came of it"),
            {
                "fields": [("outcome_ko", "outcome_en"), "outcome_evidence"],
                "description": _(
                    "Shown in public as recorded by staff, not stated in the source. "
                    "Korean, English and the evidence, or none of them."
                ),
            },
        ),
        CHANGE_NOTE,
    ]


@admin.register(Figure)
class FigureAdmin(GatedAdmin):
    list_display = ["label", "value", "unit", "qualifier", "nature", "statement"]
    list_filter = ["nature", "qualifier"]
    list_select_related = ["statement"]
    search_fields = ["label_ko", "label_en", "statement__code"]
    autocomplete_fields = ["statement"]
    fieldsets = [
        (None, {"fields": ["statement", "quote", ("label_ko", "label_en")]}),
        (_("How many"), {"fields": ["value", ("unit_ko", "unit_en"), "qualifier"]}),
        (_("What"), {"fields": ["nature"]}),
        CHANGE_NOTE,
    ]


class StatusUpdateForm(ChangeNoteForm):
    def clean_statement(self) -> Statement:
        statement = self.cleaned_data["statement"]
        if statement.state != PublicationState.PUBLISHED:
            raise ValidationError(
                gettext("A status is recorded of a published statement only.")
            )
        return statement

    def clean(self):
        """One status a day, so that the last one is told by its day."""
        cleaned = super().clean()
        same_day = StatusUpdate.objects.filter(
            statement=cleaned.get("statement"), as_of=cleaned.get("as_of")
        )
        if same_day.exclude(pk=self.instance.pk).exists():
            self.add_error(
                "as_of",
                gettext("This statement has a status of that day; change that one."),
            )
        return cleaned


@admin.register(StatusUpdate)
class StatusUpdateAdmin(GatedAdmin):
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
                "description": _("Shown in public, with the name of no person."),
            },
        ),
        CHANGE_NOTE,
    ]

    def save_model(self, request, obj, form, change):
        obj.by = request.user
        super().save_model(request, obj, form, change)


@admin.register(Document)
class DocumentAdmin(GatedAdmin):
    list_display = ["title", "publisher", "licence", "slug"]
    readonly_fields = ["slug", "file", "sha256", "position"]
    fieldsets = [
        (None, {"fields": ["slug", "file", "sha256"]}),
        (
            _("Title and publisher"),
            {
                "fields": [
                    ("title_ko", "title_en"),
                    "title_is_descriptive",
                    ("publisher_ko", "publisher_en"),
                    "publisher_is_attributed",
                    "source_url",
                ]
            },
        ),
        (
            _("What it is"),
            {
                "fields": [
                    ("licence_ko", "licence_en"),
                    ("contains_ko", "contains_en"),
                    ("lacks_ko", "lacks_en"),
                ]
            },
        ),
        CHANGE_NOTE,
    ]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class TermAdmin(GatedAdmin):
    list_display = ["slug", "name_ko", "name_en", "position"]
    search_fields = ["slug", "name_ko", "name_en"]
    ordering = ["position"]
    fieldsets = [
        (None, {"fields": ["slug", ("name_ko", "name_en"), "position"]}),
        (_("What it covers"), {"fields": [("scope_ko", "scope_en")]}),
        CHANGE_NOTE,
    ]

    def get_deleted_objects(self, objs, request):
        """Names the statements that lose a tag, not the rows of the table between."""
        _objects, _counts, lacking, protected = super().get_deleted_objects(
            objs, request
        )
        tagged = Statement.objects.filter(**{f"{self.tags}__in": objs}).distinct()
        codes = ", ".join(tagged.in_outline_order().values_list("code", flat=True))
        losing = [_("Statements that lose the tag: %(codes)s") % {"codes": codes}]
        names = [str(one) for one in objs]
        counts = {self.opts.verbose_name_plural: len(names)}
        return names + losing * bool(codes), counts, lacking, protected

    @property
    def tags(self) -> str:
        """The field of a statement that holds these terms."""
        return self.model._meta.get_field("statements").field.name


@admin.register(Country)
class CountryAdmin(TermAdmin):
    list_display = [*TermAdmin.list_display, "region"]
    list_select_related = ["region"]
    fieldsets = [
        (None, {"fields": ["slug", ("name_ko", "name_en"), "position"]}),
        (_("Where"), {"fields": [("region", "iso")]}),
        CHANGE_NOTE,
    ]


admin.site.register([Region, Theme, Organisation], TermAdmin)


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(GatedAdmin):
    list_display = ["korean", "english", "category", "is_established"]
    list_filter = ["category", "is_established"]
    search_fields = ["korean", "english", "note_ko", "note_en"]
    ordering = ["position"]
    fieldsets = [
        (None, {"fields": [("korean", "english"), "is_established", "category"]}),
        (_("Explanation"), {"fields": [("note_ko", "note_en"), "position"]}),
        CHANGE_NOTE,
    ]


@admin.register(Revision)
class RevisionAdmin(InTheirLanguages, admin.ModelAdmin):
    """The history, to read."""

    list_display = ["whose", "at", "by", "note_ko", "note_en"]
    list_select_related = ["statement", "by"]
    search_fields = ["statement__code", "note_ko", "note_en"]
    date_hierarchy = "at"

    @admin.display(description=_("statement"), ordering="statement")
    def whose(self, revision: Revision) -> Statement:
        return revision.statement

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
