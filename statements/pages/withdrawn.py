"""The answers of a withdrawn statement's addresses: 410, with day and reason."""

from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from statements.codes import code_in
from statements.history.log import reason_of_withdrawal
from statements.models import Statement


def withdrawn_page(request: HttpRequest, statement: Statement) -> HttpResponse:
    """The page of the statement's last text."""
    context = {"statement": statement, "reason": reason_of_withdrawal(statement)}
    return render(
        request, "statements/history/withdrawn.html", context, status=HTTPStatus.GONE
    )


def withdrawn_text(request: HttpRequest, statement: Statement) -> HttpResponse:
    """Plain lines for programs, in the language of the address."""
    lines = [
        _("Statement %(code)s is no longer published") % {"code": statement.code},
        date_and_reason(statement),
        settings.SITE_URL + statement.get_absolute_url(),
    ]
    return HttpResponse(
        "".join(f"{line}\n" for line in lines if line),
        content_type="text/plain; charset=utf-8",
        status=HTTPStatus.GONE,
    )


def withdrawn_json(request: HttpRequest, statement: Statement) -> JsonResponse:
    """A problem document (RFC 9457), in the language of the address."""
    return JsonResponse(
        {
            "title": _("Statement %(code)s is no longer published")
            % {"code": statement.code},
            "status": HTTPStatus.GONE,
            "detail": date_and_reason(statement),
            "instance": request.get_full_path(),
            "page": settings.SITE_URL + statement.get_absolute_url(),
        },
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
        status=HTTPStatus.GONE,
    )


def date_and_reason(statement: Statement) -> str:
    """The day on which the statement was withdrawn, with the change note."""
    revision = reason_of_withdrawal(statement)
    if revision is None:
        return ""
    return _("No longer published as of %(date)s: %(note)s") % {
        "date": date_format(timezone.localtime(revision.at)),
        "note": revision.note,
    }


def withdrawn_statement(code: str) -> Statement | None:
    """The statement with this code, as a reader may write it, if it was withdrawn."""
    withdrawn = Statement.objects.withdrawn().filter(code=code_in(code))
    statement: Statement | None = withdrawn.first()
    return statement


def withdrawn_statement_or_404(code: str) -> Statement:
    statement = withdrawn_statement(code)
    if statement is None:
        raise Http404
    return statement
