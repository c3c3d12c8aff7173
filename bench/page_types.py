"""The cost of one page of every type, beside two anchors: CPU milliseconds a request.

    python -m bench.page_types

Medians over both languages. `first` is Django's answer where no part of the page is
kept, as right after a change; `anew` its answer with the parts that it keeps; `kept`
the front's answer from memory; `304` the same for who has the page.
"""

import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    if "DATABASE_URL" not in os.environ:
        folder = tempfile.TemporaryDirectory()
        os.environ["DATABASE_URL"] = f"sqlite:///{folder.name}/bench.sqlite3"
    import django

    django.setup()

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from bench.anchors import BARE, PLAIN_LIST
from bench.tables import row
from explorer.results.rows import STATEMENTS
from portal.kept_answers.front import Front
from statements.templatetags.kept_parts import PARTS

LANGUAGES = ("ko", "en")
#: The address of each type, and the most that it may cost anew, in plain lists.
PAGE_TYPES = {
    "home": ("", 1.0),
    "goals": ("goals/", 2.5),
    "goal": ("goals/1/", 1.0),
    "goal side by side": ("goals/1/compare/", 2.5),
    "achievements": ("achievements/", 1.0),
    "tasks": ("tasks/", 1.4),
    "explorer": ("statements/", 0.8),
    "explorer, filtered": ("statements/?region=europe&theme=economic-security", 0.8),
    "explorer, table": ("statements/?view=table", 2.5),
    "search": ("statements/?q=APEC", 1.0),
    "matrix": ("statements/?view=matrix", 1.4),
    "statement": ("statements/2025.T3.3.2/", 1.0),
    "statement's history": ("statements/G1.C1/history/", 2.5),
    "timeline": ("timeline/", 1.4),
    "passed dates": ("timeline/passed/", 2.5),
    "figures": ("figures/", 2.5),
    "continuity": ("continuity/", 1.4),
    "continuity of a goal": ("continuity/?goal=1", 1.4),
    "unlinked": ("continuity/unlinked/", 2.5),
    "topics": ("topics/", 1.0),
    "region": ("regions/europe/", 2.5),
    "country": ("countries/japan/", 2.5),
    "theme": ("themes/economic-security/", 1.0),
    "sources": ("sources/", 2.5),
    "source": ("sources/report-2025/", 2.5),
    "source side by side": ("sources/report-2025/compare/", 2.5),
    "booklet": ("sources/report-2025/booklet/", 2.5),
    "glossary": ("glossary/", 2.5),
    "quotes": ("quotes/", 2.5),
    "words": ("words/", 2.5),
    "word": ("words/?q=APEC", 2.5),
    "two statements": ("compare/?a=G1.C1&b=2025.T3.1", 2.5),
    "changes": ("changes/", 2.5),
    "past": ("past/?as_of=2026-01-01", 2.5),
    "data": ("data/", 2.5),
    "plain language": ("plain-language/", 2.5),
    "about": ("about/", 2.5),
}
MOST_KEPT, MOST_304 = 0.7, 0.5
ROUNDS, FIRST_ROUNDS, QUICK_ROUNDS = 7, 3, 100


def ask(application: Callable[..., Any], path: str, **more: str) -> dict[str, str]:
    """One request as a server makes it; its status and headers."""
    environ = RequestFactory(headers={"accept-encoding": "gzip"}).get(path).environ
    environ |= {"HTTP_HOST": "127.0.0.1", **more}
    told: dict[str, str] = {}

    def start(status: str, headers: list[tuple[str, str]], *_error: Any) -> None:
        told.update({name.lower(): value for name, value in headers})
        told["status"] = status[:3]

    parts = application(environ, start)
    for _part in parts:
        pass
    if close := getattr(parts, "close", None):
        close()
    return told


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        before = time.process_time()
        work()
        times.append(1000 * (time.process_time() - before))
    return median(times)


def cost(application: Callable[..., Any], path: str, rounds: int, **more: str) -> float:
    """Of a page that was asked for before."""
    answer = ask(application, path, **more)
    assert answer["status"] in ("200", "304"), (path, answer["status"])
    ask(application, path, **more)
    request = RequestFactory(headers={"accept-encoding": "gzip"}).get(path).environ
    request |= {"HTTP_HOST": "127.0.0.1", **more}

    def once() -> None:
        parts = application(dict(request), lambda *_answer: None)
        for _part in parts:
            pass
        if close := getattr(parts, "close", None):
            close()

    return milliseconds(once, rounds)


def queries_of(application: Callable[..., Any], path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        ask(application, path)
    return len(queries)


def first_costs(application: Callable[..., Any], path: str) -> Iterator[float]:
    """Of requests that find no part kept; what the filters offer is in memory."""
    for _ in range(FIRST_ROUNDS):
        PARTS.clear()
        STATEMENTS.clear()
        yield milliseconds(lambda: ask(application, path), 1)


def measure(name: str, django_: WSGIHandler, front: Front) -> dict[str, float]:
    """Medians over both languages."""
    path, _most = PAGE_TYPES[name]
    columns = ("first", "anew", "queries", "kept", "304")
    told: dict[str, list[float]] = {column: [] for column in columns}
    for language in LANGUAGES:
        address = f"/{language}/{path}"
        told["first"].append(median(first_costs(django_, address)))
        told["anew"].append(cost(django_, address, ROUNDS))
        told["queries"].append(queries_of(django_, address))
        told["kept"].append(cost(front, address, QUICK_ROUNDS))
        etag = ask(front, address)["etag"]
        known = {"HTTP_IF_NONE_MATCH": etag}
        told["304"].append(cost(front, address, QUICK_ROUNDS, **known))
    return {column: median(costs) for column, costs in told.items()}


def main() -> None:
    # Records are made as ever, and written nowhere.
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(Path(os.devnull).open("w"))  # noqa: SIM115, to the end
    call_command("migrate", verbosity=0)
    call_command("load_corpus", if_empty=True)
    settings.ROOT_URLCONF = "bench.anchors"
    settings.RATE_LIMITS = {}
    django_, chosen = WSGIHandler(), sys.argv[1:]
    front = Front(django_)
    bare = cost(django_, BARE, QUICK_ROUNDS)
    plain = cost(django_, PLAIN_LIST, 4 * ROUNDS)
    print(f"\nBare view {bare:.2f} ms, plain list of 25 rows {plain:.1f} ms.\n")
    columns = ("page", "first, ms", "anew, ms", "of the list", "most", "queries")
    kept = (
        "kept, ms",
        f"of bare, most {MOST_KEPT}",
        "304",
        f"of bare, most {MOST_304}",
    )
    print(row([*columns, *kept, "met"]))
    print(row(["---"] * 11))
    for name, (_path, most) in PAGE_TYPES.items():
        if chosen and name not in chosen:
            continue
        costs = measure(name, django_, front)
        shares = costs["anew"] / plain, costs["kept"] / bare, costs["304"] / bare
        limits = most, MOST_KEPT, MOST_304
        is_met = all(s <= m for s, m in zip(shares, limits, strict=True))
        cells = [
            *(name, f"{costs['first']:.1f}", f"{costs['anew']:.1f}"),
            *(f"{shares[0]:.2f}", str(most)),
            *(f"{costs['queries']:.0f}", f"{costs['kept']:.3f}", f"{shares[1]:.2f}"),
            *(f"{costs['304']:.3f}", f"{shares[2]:.2f}", "yes" if is_met else "**no**"),
        ]
        print(row(cells), flush=True)


if __name__ == "__main__":
    main()
