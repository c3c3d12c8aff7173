"""The kinds of parameters that the FilterSet is made of."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.utils.translation import gettext_lazy as _

from statements.codes import CODE, code_in
from statements.models import Event, Statement, StatementQuerySet
from statements.search.ranking import Match

#: The errors of fields that take no choice; each names its field.
KEYWORD_ERRORS = {
    "max_length": _(
        "Enter a keyword of %(limit_value)s characters or fewer (you entered "
        "%(show_value)s)."
    ),
    "foreign_character": _(
        "The keyword contains characters that cannot be shown: %(code)s."
    ),
}
PAGE_SIZE_ERRORS = dict.fromkeys(
    ("invalid", "min_value", "max_value"),
    _("Enter a number of results per page from 1 to 100."),
)


class NamesItself(forms.Field):
    """Says in its errors which field it is, and which value is no choice."""

    default_error_messages = {
        "invalid_choice": _(
            "There is no %(field)s “%(value)s”. Choose one from the list."
        ),
    }

    def validate(self, value: Any) -> None:
        try:
            super().validate(value)
        except ValidationError as error:
            error.params = {**(error.params or {}), "field": str(self.label).lower()}
            raise


class ChoicesField(NamesItself, forms.MultipleChoiceField):
    """Of a value of the wrong form, too, it says that it is no choice."""


class ChoicesFilter(django_filters.MultipleChoiceFilter):
    """Several values, any of which will do; the set fills in its choices."""

    field_class = ChoicesField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("choices", ())
        kwargs.setdefault("distinct", False)
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(*args, **kwargs)

    @property
    def asked_values(self) -> list[str]:
        """The values that are asked for one by one; none where rows have them."""
        return [value for value, _label in self.extra["choices"] if self.method]

    def pairs(
        self, among: Collection[int] | None = None, values: Iterable[str] | None = None
    ) -> Iterator[tuple[str, int]]:
        """Every value with each statement that it finds, published or not: of all
        statements, or of those with these keys; of all values, or of those that are
        asked for.

        Counts are made of these: many rows, so they come as Django gives them, without
        the detour for translated columns.
        """
        asked = Statement.objects.order_by().rewrite(False).among(among)
        if not self.method:
            filled = asked.filter(**{f"{self.field_name}__isnull": False})
            yield from filled.values_list(self.field_name, "pk").iterator()
            return
        wanted = self.asked_values if values is None else values
        for value in wanted if among is None else self.possible(wanted, among):
            keys = self.filter(asked, [value]).values_list("pk", flat=True)
            yield from ((value, pk) for pk in keys.iterator())

    def possible(self, values: Iterable[str], among: Collection[int]) -> list[str]:
        """Those of the values that may find any of the statements with these keys."""
        return [*values]


class TagsFilter(ChoicesFilter):
    """Statements that one of `paths` leads from to a value: each once, unjoined."""

    def __init__(self, *paths: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.paths = paths

    def filter(self, qs: StatementQuerySet, value: list[str]) -> StatementQuerySet:
        if not value:
            return qs
        tagged = Q()
        for path in self.paths:
            statements = Statement.objects.filter(**{f"{path}__in": value}).order_by()
            tagged |= Q(pk__in=statements.values("pk"))
        return qs.filter(tagged)

    def pairs(
        self, among: Collection[int] | None = None, values: Iterable[str] | None = None
    ) -> Iterator[tuple[str, int]]:
        """From the terms to their statements: none of these has to be read."""
        if among is None:
            asked: dict[str, Any] = {"statements__isnull": False}
        else:
            asked = {"statements__in": among}
        for path in self.paths:
            tag, _, value = path.partition("__")
            terms = getattr(Statement, tag).field.related_model.objects
            tagged = terms.rewrite(False).filter(**asked).order_by()
            yield from tagged.values_list(value, "statements").iterator()


class CodesInput(forms.TextInput):
    """One line for all codes, however many parameters gave them."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        if hasattr(data, "getlist"):
            return list(data.getlist(name))
        return [data[name]] if name in data else []

    def format_value(self, value: list[str] | None) -> str:
        return ", ".join(value or ())


class CodesField(forms.MultipleChoiceField):
    """Codes of published statements, as readers write them, also by commas; given back
    in the order of the documents.
    """

    widget = CodesInput
    default_error_messages = {
        "invalid_choice": _("There is no statement with the number “%(value)s”."),
    }

    def to_python(self, value: Any) -> list[str]:
        texts = ",".join(super().to_python(value)).split(",")
        written = {code_in(text) or text.strip(): text for text in texts}
        written.pop("", None)
        if not written:
            return []
        published = Statement.objects.published().in_outline_order()
        # What cannot be a code is asked of no database: not each takes every text.
        asked = filter(CODE.fullmatch, written)
        codes = [*published.filter(code__in=asked).values_list("code", flat=True)]
        for code in written.keys() - {*codes}:
            error, params = "invalid_choice", {"value": written[code].strip()}
            raise ValidationError(self.error_messages[error], error, params)
        return codes

    def valid_value(self, value: Any) -> bool:
        return True


class CodesFilter(django_filters.Filter):
    """The statements that somebody picked, by their codes."""

    field_class = CodesField


class SortOrder:
    RELEVANCE = "relevance"
    CODE = "code"
    DATE = "date"
    CHOICES = (
        (RELEVANCE, _("Best match")),
        (CODE, _("Document order")),
        (DATE, _("Newest first")),
    )


class ArrangementField(NamesItself, forms.ChoiceField):
    """One choice of the arrangement of what is found."""


class SortFilter(django_filters.ChoiceFilter):
    """The order: unless asked for, relevance where words were ranked, else by code."""

    field_class = ArrangementField

    def __init__(self, **kwargs: Any) -> None:
        choices = [("", _("Default")), *SortOrder.CHOICES]
        unknown = _("There is no sort order “%(value)s”. Choose one from the list.")
        errors = {"invalid_choice": unknown}
        super().__init__(choices=choices, error_messages=errors, **kwargs)

    def filter(self, qs: StatementQuerySet, value: str) -> StatementQuerySet:
        related_last = []
        if "match" in qs.query.annotations:
            is_related = When(match=Match.RELATED.value, then=1)
            related_last.append(Case(is_related, default=0))
        if value == SortOrder.DATE:
            events = Event.objects.filter(statement=OuterRef("pk")).order_by("-start")
            newest = Subquery(events.values("start")[:1])
            return qs.annotate(newest_event=newest).order_by(
                *related_last, F("newest_event").desc(nulls_last=True), "sort_key"
            )
        if value != SortOrder.CODE and "rank" in qs.query.annotations:
            return qs.order_by("-rank", "sort_key")  # type: ignore[misc]  # annotated
        return qs.order_by(*related_last, "sort_key")


class PageSizeFilter(django_filters.Filter):
    """The number of statements on a page: for the page to read, not to filter by."""

    field_class = forms.IntegerField

    def filter(self, qs: StatementQuerySet, value: int | None) -> StatementQuerySet:
        return qs
