"""The pictures that count marks, as files: the board of regions, the goals' anatomy."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from explorer.charts.regions import region_charts
from explorer.exports.views import attach_file, csv_response
from explorer.query import conditional_on_data
from goals.models import Goal
from statements.filters.choices import vocabulary
from statements.models import BROWSED_KINDS, Statement

REGION_COUNT_COLUMNS = (
    *("region", "region_ko", "region_en", "statements"),
    *(kind.value for kind in BROWSED_KINDS),
)
GOAL_COUNT_COLUMNS = (
    *("code", "title_ko", "title_en", "objectives", "key_contents"),
    *("details", "expected_effects", "links"),
)


@require_safe
@conditional_on_data
def regions_csv(request: HttpRequest) -> HttpResponse:
    published = Statement.objects.published()
    rows = (
        {
            "region": tile.region.slug,
            "region_ko": tile.region.name_ko,
            "region_en": tile.region.name_en,
            "statements": tile.count,
            **dict(zip(REGION_COUNT_COLUMNS[4:], tile.by_kind, strict=True)),
        }
        for tile in region_charts(published, vocabulary(request.data_version).regions)
    )
    return attach_file(
        csv_response(rows, REGION_COUNT_COLUMNS),
        _("statements by region"),
        "csv",
        "regions",
    )


@require_safe
@conditional_on_data
def goals_csv(request: HttpRequest) -> HttpResponse:
    counted = GOAL_COUNT_COLUMNS[3:]
    rows = (
        {
            "code": goal.code,
            "title_ko": goal.title_ko,
            "title_en": goal.title_en,
            **{name: len(getattr(goal, name)) for name in counted},
        }
        for goal in Goal.objects.whole()
    )
    answer = csv_response(rows, GOAL_COUNT_COLUMNS)
    return attach_file(answer, _("anatomy of the goals"), "csv", "goals")
