"""A process that measures requests against one database, as it is told on its input.

DATABASE_URL=sqlite:////tmp/bench.sqlite3 python -m bench.server 100000
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from statistics import median
from typing import Any, cast

import django
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from bench.copies import grow
from bench.resources import cpu, in_one_process, resident

LIST = "/en/statements/"
AFTER_CPU, AFTER_WALL = "first after it, CPU ms more", "first after it, ms more"
ROUNDS = 3
INDEX_SECONDS, INDEX_MEMORY = "index made, CPU s", "index, MB"


class Server:
    """The process, as others ask it: `server.ask("queries_of", path, False)`."""

    def __init__(self, url: str, size: int) -> None:
        self.url = url
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.server", str(size)],
            env={**os.environ, "DATABASE_URL": url},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, name: str, *arguments: str | bool | int) -> Any:
        """The answer of the function of that name, whatever it measures."""
        assert self.process.stdin and self.process.stdout
        print(json.dumps([name, *arguments]), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())


@cache
def reader() -> Client:
    """The one browser, which has loaded what every one has to load first."""
    return Client(HTTP_HOST="127.0.0.1")


def get(path: str, is_new: bool) -> Callable[[], object]:
    """One request; with a search that is new nothing but the index is in memory."""
    from statements.search import query_plan

    def request() -> None:
        if is_new:
            query_plan.plans.clear()
        assert reader().get(path).status_code == 200, path

    return request


def cost_of(path: str, is_new: bool) -> float:
    """Milliseconds of processor time of one request, right after another like it."""
    request = get(path, is_new)
    request()
    return cpu(request)


def cost_of_new(path: str) -> float:
    """The same of a search that nobody has asked for before."""
    return cpu(get(path, True))


def hostile_queries(number: int) -> list[str]:
    from bench.hostile import hostile_of_corpus

    return hostile_of_corpus().queries(number)


def queries_of(path: str, is_new: bool) -> int:
    with CaptureQueriesContext(connection) as captured:
        get(path, is_new)()
    return len(captured)


def last_page() -> int:
    markup = Client(HTTP_HOST="127.0.0.1").get(LIST).content.decode()
    return max(map(int, re.findall(r"[?;&]page=(\d+)", markup)))


def index() -> dict[str, float]:
    """The cost of the first request after each change, and of what stays in memory."""
    from explorer.results.facet_index import FacetIndex
    from statements.models import DataVersion
    from statements.requests import PortalRequest

    request = cast(PortalRequest, RequestFactory().get(LIST))
    request.data_version = DataVersion.current()
    before = resident()
    made = [FacetIndex(request)]
    stays = resident() - before
    seconds = cpu(lambda: made.append(FacetIndex(request))) / 1000
    return {INDEX_SECONDS: seconds, INDEX_MEMORY: stays}


def after_edit(kind: str) -> dict[str, float]:
    """The cost of the explorer's first page to the first reader after an edit of this
    kind, over that of a calm one; at the end the content is as it was.
    """
    from bench.edits import EDITS, make_edit

    request = get(LIST, False)
    costs: dict[str, list[float]] = {AFTER_CPU: [], AFTER_WALL: []}
    request()
    for edit in EDITS[kind] * ROUNDS:
        calm = [took(request) for _ in range(ROUNDS)]
        make_edit(edit)
        first = took(request)
        for name, cost, usual in zip(
            costs, first, zip(*calm, strict=True), strict=True
        ):
            costs[name].append(cost - median(usual))
    return {name: median(values) for name, values in costs.items()}


def took(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of processor time, and by the clock."""
    begun = time.perf_counter()
    spent = cpu(work)
    return spent, 1000 * (time.perf_counter() - begun)


def first_readers() -> None:
    """Prints, for each kind of edit, what it costs the first reader after it.

    DATABASE_URL=sqlite:////tmp/bench.sqlite3 python -m bench.server 100000 edits
    """
    from bench.edits import EDITS

    for kind in EDITS:
        costs = after_edit(kind).items()
        print(kind, *(f"{name}: {cost:.0f}" for name, cost in costs), sep=", ")


ANSWERS: dict[str, Callable[..., object]] = {
    "cost_of": cost_of,
    "cost_of_new": cost_of_new,
    "hostile_queries": hostile_queries,
    "queries_of": queries_of,
    "last_page": last_page,
    "index": index,
    "after_edit": after_edit,
}


def main(size: int, *what: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    os.environ.setdefault("RATE_LIMITS", "search=0,files=0,api=0")
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_corpus", if_empty=True, stdout=sys.stderr)
    grow(size)
    in_one_process()
    if what == ("edits",):
        return first_readers()
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        print(json.dumps(ANSWERS[name](*arguments)), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
