"""Everything that a reader may ask for, and the answers whole."""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from itertools import product
from urllib.parse import quote

from django.test import Client, override_settings
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import override

from scripts.behaviour import LANGUAGES, OUTPUTS, VIEWS, public_paths
from tests.support.leaks.hidden import CODES, MARK, MARK_KO, SLUG

OF_STATEMENTS = ("", "history/", "cite.bib", "cite.json")
#: Statements that hidden content hangs on, and those that change in public.
KNOWN_CODES = (
    *("G1.C1", "G1.C1.1", "G1.O1", "G2.C1", "G3.C1", "2025.T1.1", "2025.T1.1.1"),
    *("2024.A1.1", "2025.T2.1.1", "2025.T1.1.81", "2025.T1.1.82"),
)
PAGES = (
    *("changes/", "changes/region/", "changes/glossaryterm/", "changes/region/1/"),
    *("changes.atom", "data/", "sources/", "goals/", "tasks/", "plain-language/"),
    *("easy/", "topics/", "quotes/"),
)
BY_WORDS = (
    *("statements/embed/", "timeline/", "glossary/", "words/", "words.csv"),
    *("continuity/unlinked/", "continuity/unlinked.csv", "timeline/passed/"),
)
WORDS = (MARK, MARK_KO, MARK[:-1], MARK_KO[:-1], *CODES, "APEC", "협력")
FIRST_DAYS, LAST_DAYS = 1, 12
#: Differs between two databases although it says nothing: tokens, and hashes of keys.
RANDOM = re.compile(rb"(?<=\be)[0-9a-f]{16}\b|(?<=event-)[0-9a-f]{16}\b")
Answer = tuple[int, dict[str, str], bytes]


def addresses(days: Sequence[str]) -> list[str]:
    """Every address there is, each once, what is telling first."""
    return list(dict.fromkeys([*telling(days), *public_paths(Client())]))


def telling(days: Sequence[str]) -> Iterator[str]:
    """Those that would tell of what is hidden, if any did."""
    for language in LANGUAGES:
        for page in ("", *PAGES):
            yield f"/{language}/{page}"
        for page in ("sources/goals/", "sources/report-2025/", "continuity.csv"):
            yield f"/{language}/{page}"
        yield from (f"/{language}/{output}" for output in (*OUTPUTS, *VIEWS))
        for slug in ("report-2025", SLUG):
            yield f"/{language}/sources/{slug}/"
            yield f"/{language}/sources/{slug}/compare/"
            yield f"/{language}/sources/{slug}/editions/"
            yield f"/{language}/sources/{slug}/original"
            yield f"/{language}/sources/{slug}/booklet/"
            yield f"/{language}/preview/document/{slug}/"
            yield f"/{language}/preview/document/{slug}/{language}/sources/{slug}/"
        for number in (1, 2, 3, 8):
            yield f"/{language}/goals/{number}/"
            yield f"/{language}/goals/{number}/compare/"
            yield f"/{language}/statements/?goal={number}"
        for word in WORDS:
            for path in (*OUTPUTS, *BY_WORDS):
                yield f"/{language}/{path}?q={quote(word)}"
        for code in (*KNOWN_CODES, *CODES):
            yield from (f"/{language}/statements/{code}/{x}" for x in OF_STATEMENTS)
            yield from (f"/{language}/statements/{code}/?as_of={day}" for day in days)
            for ending in ("/", ".csv", ".json"):
                yield f"/{language}/compare{ending}?a=G1.C1&b={code}"
        yield from (f"/{language}/past/?as_of={day}" for day in days)
        for first, last in zip(days, days[1:], strict=False):
            query = f"?from={first}&to={last}"
            yield from (
                f"/{language}/changes{x}{query}" for x in ("/", ".csv", ".json")
            )
        # What is public has a form with a stamp of its own at each visit.
        yield from (f"/{language}/statements/{code}/report/" for code in CODES)
        yield f"/{language}/reports/bcdfghjkmn/"
        yield from (f"/{language}/preview/{pk}/" for pk in (1, 2, 3, 999))
        yield from (f"/{language}/preview/statement/{pk}/" for pk in (1, 999))
        yield from (f"/{language}/statements/?{query}" for query in FILTERS)
    yield from (f"/api/v1/statements/{code}/" for code in (*KNOWN_CODES, *CODES))
    for code in (*KNOWN_CODES, *CODES):
        yield f"/api/v1/statements/{code}/history/"
    yield from (f"/api/v1/statements/?q={quote(word)}" for word in WORDS)
    yield from (f"/api/v1/statements/?{query}&page_size=100" for query in FILTERS)
    yield from (
        "/sitemap.xml",
        "/sitemap-statements-1.xml",
        "/data/catalog.jsonld",
        "/robots.txt",
    )
    yield from (f"/data/statements.{ending}" for ending in ("csv", "json", "xlsx"))
    yield from ("/api/v1/", "/api/v1/openapi.json", "/api/v1/docs?language=en")
    yield from ("/", "/look.css", "/preferences/", "/healthz", "/readyz", "/nowhere/")
    yield from ("/en/about/", "/en/accessibility/", "/en/privacy/", "/en/copyright/")
    yield "/en/mirror/"
    yield from (
        "/api/v1/quotes/",
        "/api/v1/nothing/",
        "/en/regions/africa/",
        "/en/glossary/n/",
        "/en/themes/oda/",
    )
    yield "/en/countries/japan/"


FILTERS = (
    *("year=2031", "dated=2019", f"document={SLUG}", "status=completed", "goal=8"),
    *("kind=task", "kind=goal", "kind=point", "dated=none", "sort=date", "year=2025"),
    "changed_since=2026-01-01",
)


def days_around() -> list[str]:
    today = timezone.localdate()
    return [str(today + timedelta(days=n)) for n in range(-FIRST_DAYS, LAST_DAYS)]


def ask(paths: Iterable[str]) -> dict[str, Answer]:
    """Status, headers and body of each answer."""
    client = Client(raise_request_exception=False)
    answers = {}
    for path in paths:
        client.cookies.clear()
        # Named by a proxy of ours, so that each request has the same name.
        with override_settings(PROXIES=1):
            answer = client.get(path, headers={"X-Request-ID": "named-by-a-proxy"})
        body = b"".join(answer) if answer.streaming else answer.content
        headers = dict(answer.headers)
        # The second at which a page to log in was made.
        headers.pop("Expires", None)
        answers[path] = answer.status_code, headers, body
    return answers


def names_of(paths: list[str]) -> set[str]:
    """The names of the views behind the addresses."""
    names = set()
    for language, path in product(LANGUAGES, paths):
        with override(language), suppress(Resolver404):
            names.add(resolve(path.partition("?")[0]).view_name)
    return names


def differing(one: dict[str, Answer], other: dict[str, Answer]) -> list[str]:
    """The addresses that answer otherwise, in status, headers, length or any byte."""
    return [path for path in one if one[path] != other[path]]


def without_what_is_random(answers: dict[str, Answer]) -> dict[str, Answer]:
    return {
        path: (
            status,
            {name: value for name, value in headers.items() if name != "ETag"},
            RANDOM.sub(b"", body),
        )
        for path, (status, headers, body) in answers.items()
    }
