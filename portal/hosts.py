"""The hosts that are answered, by the name that they call the portal."""

from collections.abc import Callable

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse

from portal.failures.pages import unknown_host
from portal.logs.security import tell
from portal.monitoring.page import may_read_metrics, metrics
from portal.views import healthz, readyz

#: They ask by whatever address a process has, and get no cookie, language or redirect.
HEALTH_CHECKS = {"/healthz": healthz, "/readyz": readyz}
#: Only some may; to all others it leads nowhere.
METRICS = "/metrics"


def admit_hosts(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answers health checks, and turns away whoever calls the portal what it is not.

    Nothing after it has to fear `request.get_host()`.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if check := HEALTH_CHECKS.get(request.path_info):
            return check(request)
        if request.path_info == METRICS and may_read_metrics(request):
            return metrics(request)
        try:
            request.get_host()
        except DisallowedHost:
            host = request.META.get("HTTP_HOST", "")[:255]
            tell("unknown host", request, status=400, host=host)
            return unknown_host(request)
        return get_response(request)

    return middleware
