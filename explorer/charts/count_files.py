"""The charts that count statements, as files: by region, and the goals' anatomy."""

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from explorer.charts.regions import GOAL_COLUMNS, OF_NATURE, region_charts
from explorer.exports.views import attach_file, csv_response
from explorer.query import conditional_on_data
from goals.models import Goal
from statements.filters.choices import vocabulary
from statements.models import Statement
from statements.requests import PortalRequest

#: A column each: sub-items and notes of a report count with its achievements or tasks.
COUNT_KINDS = (*GOAL_COLUMNS, *OF_NATURE.values())
REGION_COUNT_COLUMNS = (
    *("region", "region_ko", "region_en", "statements"),
    *(kind.value for kind in COUNT_KINDS),
)
GOAL_PARTS = ("objectives", "key_contents", "details", "expected_effects", "links")
GOAL_COUNT_COLUMNS = ("code", "title_ko", "title_en", *GOAL_PARTS)


@require_safe
@conditional_on_data
def regions_csv(request: PortalRequest) -> HttpResponseBase:
    published = Statement.objects.published()
    rows = (
        {
            "region": chart.region.slug,
            "region_ko": chart.region.name_ko,
            "region_en": chart.region.name_en,
            "statements": chart.count,
            **{kind.value: chart.count_of_kind(kind) for kind in COUNT_KINDS},
        }
        for chart in region_charts(published, vocabulary(request.data_version))
    )
    answer = csv_response(rows, REGION_COUNT_COLUMNS)
    return attach_file(answer, _("statements by region"), "csv", "regions")


@require_safe
@conditional_on_data
def goals_csv(request: PortalRequest) -> HttpResponseBase:
    rows = (
        {
            "code": goal.code,
            "title_ko": goal.title_ko,
            "title_en": goal.title_en,
            **{name: len(getattr(goal, name)) for name in GOAL_PARTS},
        }
        for goal in Goal.objects.whole()
    )
    answer = csv_response(rows, GOAL_COUNT_COLUMNS)
    return attach_file(answer, _("what each goal contains"), "csv", "goals")
