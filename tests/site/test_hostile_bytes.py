"""Bytes that are hardly HTTP, sent to the portal as it is served: it answers, or closes
the connection, and goes on.
"""

import re
import socket
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tests.support.serving import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.any_engine]

LONG = b"a" * 100_000
TARGETS = (
    *(
        b"/en/%00",
        b"/en/%ff%fe",
        b"/en/%",
        b"/en/statements/?q=%00%ed%a0%80",
        b"//",
        b"*",
    ),
    *(
        b"/en/statements/?" + b"q=1&" * 3000,
        b"/en/goals/" + b"9" * 5000 + b"/",
        b"/\xff\xfe",
    ),
    *(
        b"http://evil.example/en/",
        b"/en/statements/?page=" + b"9" * 5000,
        b"/../../etc/passwd",
    ),
    *(b"/en/statements/?q=" + LONG, b"/static/%2e%2e/%00", b"/static/" + b"a" * 5000),
)
HEADERS = (
    *(
        b"X-Forwarded-For: 203.0.113.7:50001",
        b"X-Forwarded-For: " + LONG,
        b"Cookie: " + LONG,
    ),
    *(b"Cookie: sessionid=\xff\xfe; scale=\x80", b"Accept-Language: " + b"en," * 9000),
    *(b"If-None-Match: " + b'W/"x",' * 5000, b"If-Modified-Since: Sat, 99 Foo 99999"),
    *(b"Range: bytes=" + b"9" * 5000 + b"-", b"Range: bytes=0-,5-,-1", b"Accept: \xff"),
    *(b"Content-Length: -1", b"Content-Length: 9" + b"9" * 40, b"Content-Length: 1_0"),
    *(
        b"Transfer-Encoding: chunked\r\nContent-Length: 5",
        b"Content-Type: \x80; charset=\xff",
    ),
    *(
        b"Host: a\r\nHost: b",
        b"Expect: 100-continue",
        b"Upgrade: websocket",
        b"\xff: 1",
    ),
)


def ask(portal: str, request: bytes) -> int:
    """The status of the answer; 0 where there is none."""
    parts = urlsplit(portal)
    assert parts.hostname and parts.port
    with socket.create_connection((parts.hostname, parts.port), PATIENCE) as connection:
        connection.settimeout(PATIENCE)
        try:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            head = connection.recv(4096)
        except OSError:
            return 0
    found = re.match(rb"HTTP/1\.[01] (\d{3})", head)
    return int(found[1]) if found else 0


def test_hardly_http_is_answered(portal):
    host = urlsplit(portal).netloc.encode()
    wrong = []
    for method, target, header in [
        *((b"GET", target, b"X: 1") for target in TARGETS),
        *((b"GET", b"/en/statements/?q=APEC", header) for header in HEADERS),
        *((b"POST", b"/preferences/", header) for header in HEADERS),
        (b"POST", b"/preferences/", b"Content-Length: 5\r\nContent-Type: a"),
        (b"G\x00T", b"/", b"X: 1"),
        (b"BREW", b"/en/", b"X: 1"),
    ]:
        own = b"" if header.startswith(b"Host") else b"Host: " + host + b"\r\n"
        request = method + b" " + target + b" HTTP/1.1\r\n" + own + header
        status = ask(portal, request + b"\r\nConnection: close\r\n\r\n")
        if status >= 500:
            wrong.append((status, method, target[:60], header[:60]))
    assert wrong == []
    with urlopen(f"{portal}/readyz") as answer:
        assert answer.status == 200
