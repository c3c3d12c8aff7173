"""The pages of readers: the form of a report, and what became of it."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from desk.accounts.lockout import TooManyTriesError
from desk.feedback.forms import ReportForm
from desk.feedback.models import ProblemReport
from desk.feedback.receive import is_from_elsewhere, receive_report
from desk.feedback.spam import form_stamp
from statements.history.views import public_statement

SENT_FROM_ELSEWHERE = _(
    "Your browser says that another site sent this form, so it was not accepted. If "
    "what is written below is yours, send it again from here."
)


# Readers have no cookie that a forged request could use; where a browser says that
# another site sent the form, it is refused: docs/decisions/desk.md.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_problem(request: HttpRequest, code: str) -> HttpResponse:
    """The form; what was typed stays in it whatever is wrong."""
    statement = public_statement(code)
    form = ReportForm(label_suffix="", initial={"opened": form_stamp(code)})
    status, wait = HTTPStatus.OK, 0
    if request.method == "POST":
        form = ReportForm(request.POST, label_suffix="")
        status = HTTPStatus.BAD_REQUEST
        if is_from_elsewhere(request):
            form.add_error(None, SENT_FROM_ELSEWHERE)
            status = HTTPStatus.FORBIDDEN
        elif form.is_valid():
            try:
                return redirect(receive_report(request, statement, form.cleaned_data))
            except TooManyTriesError as error:
                wait, status = error.minutes, HTTPStatus.TOO_MANY_REQUESTS
                form.add_error(None, too_many_reports(wait))
    context = {
        "statement": statement,
        "form": form,
        "report_days": settings.REPORT_RETENTION_DAYS,
    }
    answer = render(request, "desk/feedback/report.html", context, status=status)
    if wait:
        answer["Retry-After"] = str(wait * 60)
    return answer


def too_many_reports(minutes: int) -> str:
    text = ngettext(
        "Too many reports were sent. What you wrote is still here: send it again in "
        "%(n)s minute.",
        "Too many reports were sent. What you wrote is still here: send it again in "
        "%(n)s minutes.",
        minutes,
    )
    return text % {"n": minutes}


@never_cache
@require_safe
def show_report(request: HttpRequest, number: str) -> HttpResponse:
    """The state and the answer, for whoever has the number; nothing that was sent."""
    reports = ProblemReport.objects.select_related("statement", "revision")
    report = get_object_or_404(reports, number=number)
    return render(request, "desk/feedback/followed.html", {"report": report})
