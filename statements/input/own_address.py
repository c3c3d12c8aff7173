"""Addresses to go on to, as forms send them: paths of this site, and nothing else."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

#: Longer addresses are none that a page of ours links to.
LONGEST_ADDRESS = 2000


def own_address(request: HttpRequest, address: str) -> str | None:
    """The address as it was sent, if it is a path here; None for all others."""
    is_path = address.startswith("/") and len(address) <= LONGEST_ADDRESS
    is_ours = url_has_allowed_host_and_scheme(address, None, request.is_secure())
    is_plain = address.isprintable()
    return address if is_path and is_ours and is_plain else None
