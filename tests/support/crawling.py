"""Reads pages as a visitor's browser would: addresses, texts, and their languages."""

import gzip
import re
from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client

VOID = {"meta", "link", "input", "img", "br", "hr", "wbr", "col", "source"}
FEW = 10
#: An address in a sitemap.
LOCATION = re.compile("<loc>([^<]*)</loc>")
HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


class Page(HTMLParser):
    """What a page says: `texts` with the language of each, `links`, `ids`, `title`;
    and what it loads.
    """

    def __init__(self, markup: str):
        super().__init__()
        self.stack: list[tuple[str, str]] = []
        self.texts: list[tuple[str, str]] = []
        self.attribute_texts: list[tuple[str, str]] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.head: dict[str, str] = {}
        self.title = ""
        self.sheets: list[str] = []
        self.scripts: list[str] = []
        self.weight = len(gzip.compress(markup.encode(), 6))
        self.feed(markup)

    @property
    def language(self) -> str:
        return self.stack[-1][1] if self.stack else ""

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        language = values.get("lang", self.language)
        if tag not in VOID:
            self.stack.append((tag, language))
        is_said = values.get("name") not in ("viewport", "robots", "color-scheme")
        for name in ("alt", "aria-label", "title", "placeholder", "content"):
            if values.get(name) and is_said:
                self.attribute_texts.append((language, values[name]))
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag == "link" and values.get("rel") in ("alternate", "canonical"):
            self.head[values.get("hreflang", values["rel"])] = values["href"]
        if tag == "link" and values.get("rel") == "stylesheet":
            self.sheets.append(values["href"])
        if tag == "script" and "src" in values:
            self.scripts.append(values["src"])
        if tag == "h1":
            self.headings.append("")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.stack.pop()

    def handle_endtag(self, tag):
        while self.stack and self.stack[-1][0] != tag:
            self.stack.pop()
        if self.stack:
            self.stack.pop()

    def handle_data(self, data):
        tags = [tag for tag, _ in self.stack]
        if "title" in tags and "svg" not in tags:
            self.title += data
        if "h1" in tags:
            self.headings[-1] += data
        if not {"style", "script"} & set(tags):
            self.texts.append((self.language, data))

    @property
    def text(self) -> str:
        return "".join(text for _, text in self.texts)

    def in_wrong_language(self, language: str) -> list[str]:
        """Korean words outside elements marked as Korean, on a page in English."""
        return [
            text.strip()
            for marked, text in [*self.texts, *self.attribute_texts]
            if marked == language and language == "en" and HANGUL.search(text)
        ]


def crawl(client, start: str) -> dict[str, Page]:
    """Every page that links lead to from `start`, under the same language.

    Query strings are not followed, nor more than a few of the histories and of the
    forms of reports, which every statement has. Fails on anything but 200; files are
    not read.
    """
    followed = {"history": 0, "report": 0}
    pages: dict[str, Page] = {}
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path in pages:
            continue
        if (last := path.rstrip("/").rpartition("/")[2]) in followed:
            followed[last] += 1
            if followed[last] > FEW:
                continue
        answer = client.get(path)
        if answer.status_code == 301:
            waiting.append(urlsplit(answer.url).path)
            continue
        assert answer.status_code == 200, path
        if not answer["Content-Type"].startswith("text/html"):
            continue
        page = pages[path] = Page(answer.content.decode())
        for href in page.links:
            target = urlsplit(urldefrag(urljoin(path, href)).url)
            is_ours = target.netloc in ("", "testserver")
            if is_ours and target.path.startswith(start) and target.path not in pages:
                waiting.append(target.path)
    return pages


def sitemap_parts(client: Client) -> dict[str, str]:
    """The text of each part by its path."""
    return parts_read_by(lambda path: client.get(path).content.decode())


def parts_read_by(read: Callable[[str], str]) -> dict[str, str]:
    parts = map(urlsplit, LOCATION.findall(read("/sitemap.xml")))
    return {part.path: read(part.path) for part in parts}


def pages_listed(parts: dict[str, str]) -> list[str]:
    """The whole addresses of all pages."""
    return [address for text in parts.values() for address in LOCATION.findall(text)]
