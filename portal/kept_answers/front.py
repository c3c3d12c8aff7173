"""The front: answers in Django's place with what it answered before.

It stands before sessions, languages and templates. All that it sends was an answer of
Django's to somebody who is not signed in, with all of its headers.
"""

import re
from collections.abc import Callable, Hashable, Iterable
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from portal.kept_answers.marks import FRONT, MARK, Mark
from portal.kept_answers.store import AnswerStore, KeptAnswer, keep_answer
from portal.kept_answers.switch import LANGUAGES, is_switch
from portal.kept_answers.version_watch import VersionWatch
from portal.logs.kept import KeptRecord
from portal.preferences import MODE, SCALE

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

    Application = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]

LOOK = "/look.css"
#: Of one request, or made anew for each.
OWN_HEADERS = ("x-request-id", "content-length", "etag", "vary")
#: A page by any of them is the same bytes in another form.
ENCODINGS = ("br", "gzip")
REFUSED = re.compile(r";\s*q=0(\.0*)?\s*$")
#: Where a page says from when it is, while the database is away.
BODY_BEGINS = b'<main id="main"'
#: Of the answers with a query string, which anybody may make up, this share is kept.
SHARE_OF_QUERIES = 4
BYTES_IN_MB = 1 << 20


class Front:
    """A WSGI application around another."""

    def __init__(self, application: "Application") -> None:
        self.application = application
        most = settings.KEPT_ANSWERS_MB * BYTES_IN_MB
        self.pages = AnswerStore(most - most // SHARE_OF_QUERIES)
        self.queries = AnswerStore(most // SHARE_OF_QUERIES)
        self.watch = VersionWatch(settings.VERSION_CHECK_SECONDS)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        key = key_of(environ)
        if key is None:
            return self.application(environ, start_response)
        store = self.queries if environ.get("QUERY_STRING") else self.pages
        kept = store.get(key)
        if kept:
            record = KeptRecord(environ)
            known = self.watch.look()
            if kept.stands(known):
                is_away = known.is_away and kept.token is not None
                status, headers, body = answer_of(kept, environ, is_away)
                start_response(status, [*headers, ("X-Request-ID", record.id)])
                record.write(status)
                return [body]
        return self.ask(store, key, environ, start_response)

    def ask(
        self,
        store: AnswerStore,
        key: Hashable,
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
    ) -> Iterable[bytes]:
        """Django's answer; it is kept where Django marks it as one for everybody."""
        asked = dict(environ)
        told: list[Any] = []

        def note(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            told[:] = [status, headers]

        environ[FRONT] = True
        parts = self.application(environ, note)
        mark: Mark | None = environ.get(MARK)
        status, headers = told
        if mark is None:
            start_response(status, headers)
            return parts
        body = b"".join(parts)
        if close := getattr(parts, "close", None):
            close()
        names = {name.lower(): value for name, value in headers}
        lasting = [pair for pair in headers if pair[0].lower() not in OWN_HEADERS]
        lasting.append(("Vary", with_encoding(names.get("vary", ""))))
        kept = keep_answer(lasting, names["etag"].strip('"'), body, mark.token)
        store.put(key, kept)
        if mark.token:
            self.watch.learn(mark.token)
        status, sent, body = answer_of(kept, asked, is_away=False)
        start_response(status, [*sent, ("X-Request-ID", names["x-request-id"])])
        return [body]


def key_of(environ: "WSGIEnvironment") -> Hashable | None:
    """The key of what is the same for everybody; None for everything else.

    A page by another host or without encryption may be another, or a redirection.
    """
    path: str = environ.get("PATH_INFO", "")
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return None
    cookies: str = environ.get("HTTP_COOKIE", "")
    where = (
        environ.get("HTTP_HOST"),
        environ.get("HTTP_X_FORWARDED_PROTO", environ.get("wsgi.url_scheme")),
        path,
    )
    if path == LOOK:
        return (*where, *choices_in(cookies))
    is_page = path.startswith(LANGUAGES) and path.endswith("/")
    is_own = settings.SESSION_COOKIE_NAME in cookies or is_switch(environ)
    if not is_page or is_own:
        return None
    return (*where, environ.get("QUERY_STRING", ""))


def choices_in(cookies: str) -> tuple[str, ...]:
    """The values of text size and colors, as `Preference.of` reads them."""
    try:
        given = SimpleCookie(cookies)
    except CookieError:
        given = SimpleCookie()
    chosen = ((p, given.get(p.cookie)) for p in (SCALE, MODE))
    return tuple(
        morsel.value if morsel and morsel.value in preference.choices else ""
        for preference, morsel in chosen
    )


def answer_of(
    kept: KeptAnswer, environ: "WSGIEnvironment", is_away: bool
) -> tuple[str, list[tuple[str, str]], bytes]:
    """Status, headers and body, in the form that the reader takes."""
    if is_away:
        return labelled(kept, environ)
    if kept.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        told = ("cache-control", "vary")
        headers = [pair for pair in kept.headers if pair[0].lower() in told]
        etag = etag_in(kept, accepted_encoding(environ))
        return "304 Not Modified", [*headers, ("ETag", etag)], b""
    encoding = accepted_encoding(environ)
    body = kept.body(encoding)
    headers = [
        *kept.headers,
        ("ETag", etag_in(kept, encoding)),
        ("Content-Length", str(len(body))),
    ]
    if encoding:
        headers.append(("Content-Encoding", encoding))
    return "200 OK", headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else body


def labelled(
    kept: KeptAnswer, environ: "WSGIEnvironment"
) -> tuple[str, list[tuple[str, str]], bytes]:
    """The page of an earlier moment, which says so; no cache may keep it."""
    with override(environ["PATH_INFO"][1:3]):
        notice = render_to_string("site/kept_notice.html", {"moment": kept.moment})
    body = kept.whole().replace(BODY_BEGINS, notice.encode() + BODY_BEGINS, 1)
    headers = [pair for pair in kept.headers if pair[0].lower() != "cache-control"]
    headers += [("Cache-Control", "no-store"), ("Content-Length", str(len(body)))]
    return "200 OK", headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else body


def etag_in(kept: KeptAnswer, encoding: str) -> str:
    """Each form has other bytes, so a strong one of its own."""
    return f'"{kept.etag}-{encoding}"' if encoding else f'"{kept.etag}"'


def accepted_encoding(environ: "WSGIEnvironment") -> str:
    """The smallest form that the reader takes; none is the page as it is."""
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    taken = [one.strip() for one in accepted.split(",") if not REFUSED.search(one)]
    names = {one.partition(";")[0].strip().lower() for one in taken}
    return next((encoding for encoding in ENCODINGS if encoding in names), "")


def with_encoding(vary: str) -> str:
    names = [name.strip() for name in vary.split(",") if name.strip()]
    if "accept-encoding" not in (name.lower() for name in names):
        names.append("Accept-Encoding")
    return ", ".join(names)
