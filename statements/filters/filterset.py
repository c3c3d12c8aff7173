"""The one set of filters: every list and every output of statements uses it."""

from collections.abc import Iterator, Mapping
from typing import Any, TypedDict

import django_filters
from django import forms
from django.db.models import OuterRef, Q, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter

from statements.codes import goal_key
from statements.filters.asked import EventYearsFilter, GoalsFilter
from statements.filters.changed_since import ChangedSinceFilter
from statements.filters.choices import vocabulary
from statements.filters.fields import (
    KEYWORD_ERRORS,
    PAGE_SIZE_ERRORS,
    ChoicesFilter,
    CodesFilter,
    PageSizeFilter,
    SortFilter,
    TagsFilter,
)
from statements.input.plain_text import require_plain
from statements.models import (
    Event,
    Kind,
    Statement,
    StatementQuerySet,
    Status,
    StatusUpdate,
)
from statements.requests import PortalRequest

LONGEST_QUERY = 200
LONGEST_PAGE = 100
#: Until staff record the first status, the form hides the filter and a value is told.
STATUS_UNKNOWN = {
    "widget": forms.MultipleHiddenInput,
    "error_messages": {"invalid_choice": _("No status has been recorded.")},
}
#: Of `dated`: the statements that have no event.
UNDATED = "none"
#: The parameters that arrange statements, and leave none out.
ARRANGEMENT = ("sort", "page_size", "view")


class ActiveValue(TypedDict):
    """A value that is asked for, and the query string `without` it."""

    name: str
    value: str | int
    filter: Promise
    label: str | int
    without: str


class StatementFilter(django_filters.FilterSet):
    q = CharFilter(
        method="search",
        label=_("Keyword"),
        help_text=_("Keywords in Korean or English, or a statement number."),
        max_length=LONGEST_QUERY,
        error_messages=KEYWORD_ERRORS,
        validators=[require_plain],
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    region = TagsFilter(
        "regions__slug",
        "countries__region__slug",
        label=_("Region"),
        help_text=_("A region includes its countries."),
    )
    theme = TagsFilter(
        "themes__slug",
        label=_("Theme"),
        help_text=_(
            "Themes were added by this site’s editors and are not in the source."
        ),
    )
    country = TagsFilter(
        "countries__slug",
        label=_("Country"),
        help_text=_("Countries that a statement names, including territories."),
    )
    kind = ChoicesFilter(
        label=_("Kind"),
        help_text=_(
            "If none is given: all but titles (goals, parts, chapters and headings), "
            "which keywords find too."
        ),
    )
    document = ChoicesFilter(
        field_name="document__slug",
        label=_("Source document"),
        help_text=_("The document that a statement comes from."),
    )
    year = ChoicesFilter(
        label=_("Section"),
        help_text=_(
            "The year that achievements run through, or the year of tasks. Goals have "
            "none."
        ),
    )
    goal = GoalsFilter(
        label=_("Goal"),
        help_text=_(
            "A goal and its sub-items, and the statements related to any of them."
        ),
    )
    dated = EventYearsFilter(
        method="dated_in",
        label=_("Event year"),
        help_text=_(
            "A year in which one of the statement’s events takes place, in whole or in"
            " part; “none” means no event."
        ),
    )
    status = ChoicesFilter(
        method="last_recorded_as",
        label=_("Status"),
        help_text=_("The latest status recorded by staff, with evidence."),
    )
    code = CodesFilter(
        lookup_expr="in",
        label=_("Statement numbers"),
        help_text=_("Only these statements, titles too. Separate them by commas."),
    )
    changed_since = ChangedSinceFilter()
    sort: SortFilter | None = SortFilter(
        label=_("Sort by"),
        help_text=_(
            "If nothing is chosen: best match when there is a keyword, otherwise "
            "document order."
        ),
    )
    page_size: PageSizeFilter | None = PageSizeFilter(
        label=_("Results per page"),
        help_text=_("From 1 to 100. Default: 20."),
        min_value=1,
        max_value=LONGEST_PAGE,
        error_messages=PAGE_SIZE_ERRORS,
    )

    #: Words find what is related to them too, of which the list says that it is.
    finds_related = True
    #: The kinds that this list offers.
    kinds: tuple[Kind, ...] = tuple(Kind)

    class Meta:
        model = Statement
        fields = ()

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        queryset: StatementQuerySet | None = None,
        *,
        request: PortalRequest,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, queryset, request=request, **kwargs)
        terms = vocabulary(request.data_version)
        for name, choices in {
            "kind": [(kind.value, kind.label) for kind in self.kinds],
            "year": [(str(year), terms.editions_of(year)) for year in terms.years],
            "dated": [
                *((str(year), str(year)) for year in terms.event_years),
                (UNDATED, _("no date")),
            ],
            "region": [(term.slug, term.name) for term in terms.regions],
            "country": [(term.slug, term.name) for term in terms.countries],
            "theme": [(term.slug, term.name) for term in terms.themes],
            "goal": [(goal_key(g.code), terms.title_of_goal(g)) for g in terms.goals],
            "document": [(term.slug, term.title) for term in terms.documents],
            "status": Status.choices if terms.has_statuses else [],
        }.items():
            if name in self.filters:
                self.filters[name].extra["choices"] = choices
        if not terms.has_statuses:
            self.filters["status"].extra |= STATUS_UNKNOWN

    def search(
        self, queryset: StatementQuerySet, name: str, value: str
    ) -> StatementQuerySet:
        found = queryset.search(value, self.request.data_version)
        return found if self.finds_related else found.without_related()

    def dated_in(
        self, queryset: StatementQuerySet, name: str, value: list[str]
    ) -> StatementQuerySet:
        years = [year for year in value if year != UNDATED]
        events = Event.objects.among(queryset.keys_asked).order_by()
        wanted = Q(pk__in=events.touching(*years).values("statement"))
        if UNDATED in value:
            wanted |= ~Q(pk__in=events.values("statement"))
        return queryset.filter(wanted)

    def last_recorded_as(
        self, queryset: StatementQuerySet, name: str, value: list[str]
    ) -> StatementQuerySet:
        updates = StatusUpdate.objects.filter(statement=OuterRef("pk"))
        last = Subquery(updates.order_by("-as_of", "-pk").values("status")[:1])
        return queryset.alias(last_status=last).filter(last_status__in=value)

    @property
    def given(self) -> dict[str, str | int | list[str]]:
        """The parameters that were given, by name."""
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def active(self) -> list[ActiveValue]:
        """The values that leave statements out; none while the form is not valid."""
        if not self.form.is_valid():
            return []
        return [
            active
            for name, values in self.given.items()
            if name not in ARRANGEMENT
            for active in self.active_of(name, values)
        ]

    def active_of(
        self, name: str, values: str | int | list[str]
    ) -> Iterator[ActiveValue]:
        filter_ = self.filters[name]
        labels = dict(filter_.extra.get("choices", ()))
        for value in values if isinstance(values, list) else [values]:
            yield {
                "name": name,
                "value": value,
                "filter": filter_.label,
                "label": labels.get(value, value),
                "without": self.query_without(name, value),
            }

    def query_without(self, name: str, value: str | int) -> str:
        """The query string that asks for all but this value, from the first page."""
        query, given = self.data.copy(), self.given[name]
        values = given if isinstance(given, list) else [given]
        query.setlist(name, [kept for kept in values if kept != value])
        query.pop("page", None)
        return f"?{query.urlencode()}"
