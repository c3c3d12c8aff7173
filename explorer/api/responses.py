"""The frame of every answer of the API: its headers, its language, its errors."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import (
    get_language,
    get_supported_language_variant,
    override,
)
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt

from explorer.query import conditional_on_data
from statements.requests import PortalRequest

API_METHODS = "GET, HEAD, OPTIONS"
CORS_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": API_METHODS,
    "Access-Control-Allow-Headers": (
        "Accept, Accept-Language, Content-Type, If-None-Match"
    ),
    "Access-Control-Expose-Headers": "ETag",
    "Access-Control-Max-Age": "86400",
}

#: The parts of its address that a view takes beside the request.
ApiArguments = ParamSpec("ApiArguments")


def api_view(
    view: Callable[Concatenate[PortalRequest, ApiArguments], HttpResponse],
) -> Callable[Concatenate[PortalRequest, ApiArguments], HttpResponse]:
    """Makes a view of the data: 304 where the program has this version already."""
    return open_view(conditional_on_data(view))


def open_view(
    view: Callable[Concatenate[PortalRequest, ApiArguments], HttpResponse],
    methods: str = API_METHODS,
) -> Callable[Concatenate[PortalRequest, ApiArguments], HttpResponse]:
    """Makes a view open to every site, in the language that is accepted; read-only
    unless it takes other methods.
    """

    @csrf_exempt
    @wraps(view)
    def respond(
        request: PortalRequest,
        /,
        *args: ApiArguments.args,
        **kwargs: ApiArguments.kwargs,
    ) -> HttpResponse:
        with override(accepted_language(request)):
            if request.method == "OPTIONS":
                answer = HttpResponse(status=204, headers={"Allow": methods})
                del answer["Content-Type"]
            elif request.method in methods.split(", "):
                answer = view(request, *args, **kwargs)
            else:
                answer = method_problem(request, methods)
            answer.headers.setdefault("Content-Language", get_language())
        for name, value in CORS_HEADERS.items():
            answer[name] = value
        answer["Access-Control-Allow-Methods"] = methods
        return answer

    return respond


def accepted_language(request: HttpRequest) -> str:
    """The language by Accept-Language alone: programs keep no cookies."""
    accepted = request.headers.get("Accept-Language", "")
    for code, _weight in parse_accept_lang_header(accepted):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return "ko"


def bilingual_response(data: dict[str, Any]) -> JsonResponse:
    return JsonResponse(
        data,
        json_dumps_params={"ensure_ascii": False},
        headers={"Content-Language": "ko, en"},
    )


def problem_response(
    request: HttpRequest, status: HTTPStatus, name: str, title: str, **members: Any
) -> JsonResponse:
    """A problem of RFC 9457; the documentation page says more about each `name`."""
    docs = settings.SITE_URL + reverse("api:docs")
    return JsonResponse(
        {
            "type": f"{docs}#{name}",
            "title": title,
            "status": status,
            "instance": request.get_full_path(),
            **members,
        },
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )


def parameters_problem(
    request: HttpRequest, errors: list[dict[str, str]]
) -> JsonResponse:
    return problem_response(
        request,
        HTTPStatus.BAD_REQUEST,
        "invalid-parameters",
        _("Some parameters are not valid."),
        errors=errors,
    )


def not_found_problem(request: HttpRequest, title: str, **members: Any) -> JsonResponse:
    return problem_response(
        request, HTTPStatus.NOT_FOUND, "not-found", title, **members
    )


def withdrawn_problem(request: HttpRequest, row: dict[str, Any]) -> JsonResponse:
    return problem_response(
        request,
        HTTPStatus.GONE,
        "withdrawn",
        _("The statement is no longer published. Its last text is included."),
        statement=row,
    )


def unavailable_problem(request: HttpRequest) -> JsonResponse:
    """503, in the frame of the API though no view of it answered."""
    with override(accepted_language(request)):
        answer = problem_response(
            request,
            HTTPStatus.SERVICE_UNAVAILABLE,
            "unavailable",
            _("The database is not responding right now."),
        )
        answer["Content-Language"] = get_language()
    for name, value in CORS_HEADERS.items():
        answer[name] = value
    return answer


def method_problem(request: HttpRequest, methods: str) -> JsonResponse:
    title = _("This API is read-only. It accepts only GET, HEAD and OPTIONS.")
    if methods != API_METHODS:
        title = _("This address accepts only %(methods)s.") % {"methods": methods}
    answer = problem_response(
        request, HTTPStatus.METHOD_NOT_ALLOWED, "method-not-allowed", title
    )
    answer["Allow"] = methods
    return answer
