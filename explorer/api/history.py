"""The public history of one statement, for programs."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from explorer.api.parameters import errors_of_names
from explorer.api.responses import (
    api_view,
    bilingual_response,
    not_found_problem,
    parameters_problem,
)
from explorer.exports.attached.to_all import moment_as_text
from statements.codes import CODE
from statements.comparison.records import changeable_record, field_changes
from statements.history.log import Step, history_of, steps
from statements.models import Statement
from statements.models.states import PUBLIC_STATES
from statements.requests import PortalRequest


@api_view
def statement_history(request: PortalRequest, code: str) -> HttpResponse:
    """Of a withdrawn statement too, which its history says."""
    if errors := errors_of_names(request, ()):
        return parameters_problem(request, errors)
    public = Statement.objects.filter(code=code, state__in=PUBLIC_STATES)
    statement = public.first() if CODE.fullmatch(code) else None
    if statement is None:
        return not_found_problem(request, _("There is no statement with this number."))
    told = steps(history_of(statement))
    numbered = zip(range(len(told), 0, -1), told, strict=True)
    revisions = [revision_row(number, step) for number, step in numbered]
    return bilingual_response({"code": code, "revisions": revisions})


def revision_row(number: int, step: Step) -> dict[str, Any]:
    """Never who made it."""
    before, after = map(changeable_record, (step.before, step.after))
    return {
        "revision": number,
        "at": moment_as_text(step.revision.at),
        "note_ko": step.revision.note_ko,
        "note_en": step.revision.note_en,
        "is_minor": step.revision.is_minor,
        "fields": field_changes(before, after),
    }
