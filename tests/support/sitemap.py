"""The sitemap as a search engine reads it: the index, then all of its parts."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.test import Client

LOCATION = re.compile("<loc>([^<]*)</loc>")


def sitemap_parts(client: Client) -> dict[str, str]:
    """The text of each part by its path."""
    return parts_read_by(lambda path: client.get(path).content.decode())


def parts_read_by(read: Callable[[str], str]) -> dict[str, str]:
    parts = map(urlsplit, LOCATION.findall(read("/sitemap.xml")))
    return {part.path: read(part.path) for part in parts}


def pages_listed(parts: dict[str, str]) -> list[str]:
    """The whole addresses of all pages."""
    return [address for text in parts.values() for address in LOCATION.findall(text)]
