"""The inbox of staff: the reports of readers, and the page where one is answered."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from desk.feedback.answers import AnsweredMeanwhile, answer_report, release_report
from desk.feedback.forms import AnswerForm
from desk.feedback.models import ProblemReport
from desk.feedback.spam import SpamSign
from desk.models import Proposal
from desk.read_only_admin import ReadOnlyAdmin, visible_row
from statements.admin.languages import BilingualListAdmin
from statements.admin.staff import staff_user


class InboxFilter(admin.SimpleListFilter):
    title = gettext_lazy("inbox")
    parameter_name = "inbox"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("open", pgettext("of a report", "open")),
            ("held", pgettext("of a report", "held")),
            ("closed", pgettext("of a report", "closed")),
        ]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[ProblemReport]
    ) -> QuerySet[ProblemReport]:
        reports = ProblemReport.objects
        parts = {"open": reports.open, "held": reports.held, "closed": reports.closed}
        if part := parts.get(self.value() or ""):
            return queryset.filter(pk__in=part().values("pk"))
        return queryset


class ProblemReportAdmin(
    BilingualListAdmin[ProblemReport], ReadOnlyAdmin[ProblemReport]
):
    """The reports of readers."""

    list_display = ["__str__", "problem", "state", "is_held", "received_at"]
    list_filter = [InboxFilter, "state", "problem"]
    list_select_related = ["statement"]
    search_fields = ["number", "statement__code", "text"]
    date_hierarchy = "received_at"

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        reports = ProblemReport.objects.select_related("statement", "answered_by")
        report = visible_row(self, request, reports, object_id)
        form = AnswerForm(report)
        if request.method == "POST":
            if not request.user.has_perm("desk.change_problemreport"):
                raise PermissionDenied
            form = AnswerForm(report, request.POST)
            try:
                if self.is_saved(request, report, form):
                    return HttpResponseRedirect(request.path)
            except AnsweredMeanwhile as error:
                report = error.present
                sent = {**request.POST.dict(), "seen": report.version}
                form = AnswerForm(report, sent)
                form.add_error(None, error)
            except ValidationError as error:
                form.add_error(None, error)
        return self.report_page(request, report, form)

    def is_saved(
        self, request: HttpRequest, report: ProblemReport, form: AnswerForm
    ) -> bool:
        """Does as the button says, where the form allows it."""
        if not form.is_valid():
            return False
        by, data = staff_user(request), form.cleaned_data
        if request.POST.get("do") == "release":
            release_report(report, by, data["seen"])
            messages.success(request, _("The report is no longer held."))
        else:
            answer_report(report, by, **data)
            messages.success(request, _("Saved. The reader sees it at the number."))
        return True

    def report_page(
        self, request: HttpRequest, report: ProblemReport, form: AnswerForm
    ) -> TemplateResponse:
        waiting = Proposal.objects.open().filter(statement=report.statement)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Problem report"),
            "subtitle": str(report),
            "opts": self.opts,
            "report": report,
            "signs": [SpamSign(sign).label for sign in report.spam_signs],
            "proposals": waiting.with_people(),
            "form": form,
            "may_answer": request.user.has_perm("desk.change_problemreport"),
        }
        response = TemplateResponse(request, "desk/feedback/inbox_report.html", context)
        response["Cache-Control"] = "no-store"
        return response
