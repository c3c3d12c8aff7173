from django.utils.translation import gettext_lazy as _
from django_filters.views import FilterView

from achievements.models import Achievement, Task
from statements.filters.filterset import StatementFilter
from statements.models import Kind, StatementQuerySet


class ReportFilter(StatementFilter):
    """A report's items stand under their headings, in its order, on one page."""

    sort = page_size = None


class AchievementFilter(ReportFilter):
    kinds = (Kind.HEADING, Kind.ACHIEVEMENT, Kind.POINT)


class TaskFilter(ReportFilter):
    kinds = (Kind.CHAPTER, Kind.HEADING, Kind.TASK, Kind.POINT, Kind.NOTE)


class ReportItemList(FilterView):
    """A report's items under their headings; other kinds when they are asked for."""

    template_name = "achievements/list.html"
    context_object_name = "statements"

    def get_queryset(self) -> StatementQuerySet:
        whole: StatementQuerySet = self.model.objects.whole_parts().published()
        if "kind" not in self.request.GET:
            whole = whole.of_kinds(self.model.proxied_kind)
        return whole.for_listing()


class AchievementList(ReportItemList):
    model = Achievement
    filterset_class = AchievementFilter
    extra_context = {
        "title": _("Achievements"),
        "nature": _("What the report itself says was done, up to 2024"),
    }


class TaskList(ReportItemList):
    model = Task
    filterset_class = TaskFilter
    extra_context = {
        "title": _("2025 tasks"),
        "nature": _("Plans at the time the report was written, not results"),
    }
