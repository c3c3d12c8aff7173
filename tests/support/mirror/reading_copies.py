"""Reads a copy as a visitor of a plain server of files would."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html.parser import HTMLParser
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args) -> None:
        """Says nothing of each request."""


class CopiedMarkup(HTMLParser):
    """What a browser would load or follow, the ids, the forms, and the notice."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.forms = 0
        self.feed(markup)

    def handle_starttag(self, tag, attrs) -> None:
        values = dict(attrs)
        self.forms += tag == "form"
        self.ids |= {values["id"]} if "id" in values else set()
        names_itself = values.get("rel") == "canonical" or "hreflang" in values
        if tag != "a" and names_itself:
            return
        self.links += [values[name] for name in ("href", "src") if values.get(name)]


@contextmanager
def plain_server(folder: Path) -> Iterator[HTTPConnection]:
    """A server that knows files only; a connection to it."""
    handler = partial(QuietHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        connection = HTTPConnection("127.0.0.1", server.server_port)
        try:
            yield connection
        finally:
            connection.close()
            server.shutdown()


def read(connection: HTTPConnection, path: str) -> tuple[int, bytes]:
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


def pages_of(folder: Path) -> dict[str, str]:
    """The markup of every page by its path."""
    return {
        f"/{file.parent.relative_to(folder)}/".replace("/./", "/"): file.read_text()
        for file in folder.rglob("index.html")
    }


def broken_links(folder: Path) -> list[str]:
    """Links of all pages that a plain server has nothing for."""
    pages = {path: CopiedMarkup(text) for path, text in pages_of(folder).items()}
    statuses: dict[str, int] = {}
    broken = []
    with plain_server(folder) as connection:
        for path, page in pages.items():
            for link in page.links:
                whole, fragment = urldefrag(urljoin(f"http://copy{path}", link))
                target = urlsplit(whole)
                if target.netloc != "copy":
                    continue
                if target.path not in statuses:
                    statuses[target.path] = read(connection, target.path)[0]
                there = pages.get(unquote(target.path))
                is_lost = fragment and there and unquote(fragment) not in there.ids
                if statuses[target.path] != 200 or target.query or is_lost:
                    broken.append(f"{path}: {link}")
    return broken
