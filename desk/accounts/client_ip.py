"""The address that a request comes from, as far as that can be known."""

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str:
    """The address that the outermost of our own proxies saw.

    Anyone may have written the addresses before it in X-Forwarded-For.
    """
    forwarded: str = request.META.get("HTTP_X_FORWARDED_FOR", "")
    chain = [part.strip() for part in forwarded.split(",") if part.strip()]
    if settings.PROXIES and len(chain) >= settings.PROXIES:
        return chain[-settings.PROXIES]
    address: str = request.META.get("REMOTE_ADDR", "")
    return address
