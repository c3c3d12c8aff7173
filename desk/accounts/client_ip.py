"""Where a request comes from, as far as that can be known."""

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str:
    """The address that the outermost of our own proxies saw.

    What stands before it in X-Forwarded-For anyone may have written.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    chain = [part.strip() for part in forwarded.split(",") if part.strip()]
    if settings.PROXIES and len(chain) >= settings.PROXIES:
        return chain[-settings.PROXIES]
    return request.META.get("REMOTE_ADDR", "")
