"""The status page, for administrators and publishers."""

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desk.pages import staff_page, staff_response
from desk.status.facts import STATUS


@staff_page("desk.view_commandrun")
@require_safe
def show_status(request: HttpRequest) -> TemplateResponse:
    """All facts as they are now, with what to do about those that are not good."""
    sections = list(STATUS.sections())
    faults = sum(not fact.is_good for section in sections for fact in section.facts)
    return staff_response(
        request,
        "desk/status/status.html",
        title=_("Site status"),
        sections=sections,
        faults=faults,
        now=timezone.now(),
    )
