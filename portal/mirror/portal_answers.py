"""Answers of the portal to an anonymous reader, asked in this process."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

#: Answers that lead elsewhere.
MOVED = (301, 302, 303, 307, 308)


@dataclass(frozen=True)
class PortalAnswer:
    """An answer as a reader gets it: `location` where it leads elsewhere, `filename`
    where it is to be saved under a name.
    """

    status: int
    media_type: str
    location: str
    filename: str
    body: bytes

    @property
    def is_page(self) -> bool:
        return self.status == 200 and self.media_type == "text/html"

    @property
    def is_moved(self) -> bool:
        return self.status in MOVED


class PortalReader:
    """Asks the portal as nobody in particular: no address, no cookie, no language."""

    def __init__(self) -> None:
        self.handler = WSGIHandler()

    def get(self, address: str) -> PortalAnswer:
        """The answer at an address, such as `/en/statements/?page=2`."""
        status: list[int] = []
        headers = Message()

        def start_response(line: str, pairs: list[tuple[str, str]], *_: Any) -> None:
            status.append(int(line.partition(" ")[0]))
            for name, value in pairs:
                headers[name] = value

        response = self.handler(environ_of(address), start_response)  # type: ignore[arg-type]
        try:
            body = b"".join(response)
        finally:
            response.close()
        return PortalAnswer(
            status[0],
            headers.get_content_type() if "Content-Type" in headers else "",
            headers.get("Location", ""),
            headers.get_filename(""),
            body,
        )


def environ_of(address: str) -> dict[str, Any]:
    site = urlsplit(settings.SITE_URL)
    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": site.hostname or "",
        "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
        "HTTP_HOST": site.netloc,
        "HTTP_X_FORWARDED_PROTO": site.scheme,
        # Without an address nobody's requests are counted: this is no reader.
        "REMOTE_ADDR": "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


@contextmanager
def without_access_records() -> Iterator[None]:
    """Readers have a record for each request; a copy would add two thousand."""
    access_log = logging.getLogger("portal.access")
    level = access_log.level
    access_log.setLevel(logging.WARNING)
    try:
        yield
    finally:
        access_log.setLevel(level)
