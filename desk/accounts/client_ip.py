"""The address that a request comes from, as far as that can be known."""

import re
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

#: An IPv6 address in brackets, with or without a port; an IPv4 address with a port.
BRACKETED = re.compile(r"\[([^\[\]]*)\](?::[0-9]{1,5})?")
WITH_PORT = re.compile(r"([0-9.]+):[0-9]{1,5}")
#: No written address is longer, its zone and port with it.
LONGEST = 100


def client_ip(request: HttpRequest) -> str | None:
    """The address that the outermost of our own proxies saw, in its one spelling; None
    where nobody knows it, as behind a Unix socket.

    Anyone may have written the addresses before it in X-Forwarded-For. Where that proxy
    wrote no address, the peer stands for all whom it sends: whoever is locked out by
    address is not let in by hiding it.
    """
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    return (
        read_address(written_by_proxy(forwarded, settings.PROXIES))
        or read_address(request.META.get("REMOTE_ADDR", ""))
        or None
    )


def written_by_proxy(forwarded: str, proxies: int) -> str:
    """The part that the outermost of so many proxies added; empty without one."""
    if not proxies:
        return ""
    chain = forwarded.rsplit(",", proxies)[-proxies:]
    return chain[0] if len(chain) == proxies else ""


def read_address(written: str) -> str:
    """The address without port, brackets, quotes and zone; empty for what is none.

    An IPv4 address that came over IPv6 is itself, whichever way it came.
    """
    text = written[: LONGEST + 1].strip(' \t"')
    for form in (BRACKETED, WITH_PORT):
        if match := form.fullmatch(text):
            text = match[1]
    try:
        address = ip_address(text)
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        # By its number alone, which has no zone.
        address = address.ipv4_mapped or IPv6Address(int(address))
    return str(address)
