"""An app as small as can be, whose answers say what the portal's say to caches."""

from hashlib import sha256
from itertools import count

PUBLIC = (
    "public, max-age=0, s-maxage=10, stale-while-revalidate=60, stale-if-error=604800"
)
COUNT = count(1)


def application(environ, start_response):
    """Each answer is another one, so that a kept one can be told from it."""
    path = environ["PATH_INFO"]
    length = int(environ.get("CONTENT_LENGTH") or 0)
    environ["wsgi.input"].read(length)
    told = (
        environ.get("HTTP_X_FORWARDED_FOR", ""),
        environ.get("HTTP_X_FORWARDED_PROTO", ""),
        environ.get("HTTP_ACCEPT_ENCODING", ""),
    )
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Cache-Control", "private, no-cache" if path == "/look.css" else PUBLIC),
        ("ETag", f'"{sha256(path.encode()).hexdigest()[:16]}"'),
        ("Vary", "Cookie" if path == "/varies/" else "Accept-Encoding"),
        ("X-Request-ID", environ.get("HTTP_X_REQUEST_ID", "")),
        ("X-Told", " | ".join(told)),
    ]
    start_response("200 OK", headers)
    return [f"{path} {length} {next(COUNT)}".encode()]
