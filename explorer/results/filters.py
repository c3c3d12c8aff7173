"""The filters of the explorer's page: those of every list, and how it shows them."""

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from statements.filters.fields import ArrangementField
from statements.filters.filterset import StatementFilter
from statements.models import StatementQuerySet


class View:
    LIST = "list"
    TABLE = "table"
    MATRIX = "matrix"
    CHOICES = (
        (LIST, _("List")),
        (TABLE, _("Table")),
        (MATRIX, _("Regions and themes")),
    )


class ViewFilter(django_filters.ChoiceFilter):
    """The way in which the page shows its statements: nothing to filter by."""

    field_class = ArrangementField

    def filter(self, qs: StatementQuerySet, value: str) -> StatementQuerySet:
        return qs


class ExplorerFilter(StatementFilter):
    view = ViewFilter(label=pgettext_lazy("of results", "View"), choices=View.CHOICES)
