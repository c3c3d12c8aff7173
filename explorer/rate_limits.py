"""Counts in the cache of what costs much, by client and minute."""

import time
from ipaddress import IPv6Address, ip_address, ip_network
from typing import NamedTuple

from django.core.cache import caches

MINUTE = 60
#: Of an IPv6 address: what one line of a provider gets, with all addresses in it.
IPV6_PREFIX = 64


class RateLimit(NamedTuple):
    """So many requests of a sort in a minute for one client; none where `most` is 0."""

    name: str
    most: int

    def take(self, client: str) -> int:
        """Counts one request; how many seconds the client has to wait, if it must."""
        if not self.most:
            return 0
        minute, second = divmod(int(time.time()), MINUTE)
        key = f"{self.name}:{minute}:{client}"
        return MINUTE - second if count(key) > self.most else 0


def count(key: str) -> int:
    """Counts in one step, so that requests at the same moment each count."""
    cache = caches["limits"]
    cache.add(key, 0, timeout=2 * MINUTE)
    try:
        return cache.incr(key)
    except ValueError:
        # The cache has dropped it between the two.
        return 1


def client_of(address: str | None) -> str:
    """The client behind an address: itself, or the network that IPv6 gives a line;
    nothing where no address is known.
    """
    try:
        ip = ip_address(address or "")
    except ValueError:
        return ""
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        return str(ip.ipv4_mapped)
    if isinstance(ip, IPv6Address):
        return str(ip_network((int(ip), IPV6_PREFIX), strict=False).network_address)
    return str(ip)
