"""The pictures that count marks, as files: the board of regions, the goals' anatomy."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from explorer.charts.regions import board
from explorer.exports.views import as_file, csv_response
from explorer.query import unless_known
from goals.models import Goal
from statements.filters.choices import vocabulary
from statements.models import BROWSED_KINDS, Statement

OF_REGIONS = (
    *("region", "region_ko", "region_en", "statements"),
    *(kind.value for kind in BROWSED_KINDS),
)
OF_GOALS = (
    *("code", "title_ko", "title_en", "objectives", "key_contents"),
    *("details", "expected_effects", "links"),
)


@require_safe
@unless_known
def regions_csv(request: HttpRequest) -> HttpResponse:
    published = Statement.objects.published()
    rows = (
        {
            "region": tile.region.slug,
            "region_ko": tile.region.name_ko,
            "region_en": tile.region.name_en,
            "statements": tile.count,
            **dict(zip(OF_REGIONS[4:], tile.by_kind, strict=True)),
        }
        for tile in board(published, vocabulary(request.data_version).regions)
    )
    return as_file(
        csv_response(rows, OF_REGIONS), _("statements by region"), "csv", "regions"
    )


@require_safe
@unless_known
def goals_csv(request: HttpRequest) -> HttpResponse:
    counted = OF_GOALS[3:]
    rows = (
        {
            "code": goal.code,
            "title_ko": goal.title_ko,
            "title_en": goal.title_en,
            **{name: len(getattr(goal, name)) for name in counted},
        }
        for goal in Goal.objects.whole()
    )
    answer = csv_response(rows, OF_GOALS)
    return as_file(answer, _("anatomy of the goals"), "csv", "goals")
