"""A process that measures requests against one database, as it is told on its input.

DATABASE_URL=sqlite:////tmp/bench.sqlite3 python -m bench.server 100000
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from typing import Any, cast

import django
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from bench.copies import grow
from bench.resources import cpu, in_one_process, resident

LIST = "/en/statements/"
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


def get(path: str, is_new: bool) -> Callable[[], object]:
    """One request; with a search that is new nothing but the index is in memory."""
    from statements.search import query_plan

    client = Client(HTTP_HOST="127.0.0.1")

    def request() -> None:
        if is_new:
            query_plan.plans.clear()
        assert client.get(path).status_code == 200, path

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


ANSWERS: dict[str, Callable[..., object]] = {
    "cost_of": cost_of,
    "cost_of_new": cost_of_new,
    "hostile_queries": hostile_queries,
    "queries_of": queries_of,
    "last_page": last_page,
    "index": index,
}


def main(size: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    os.environ.setdefault("RATE_LIMITS", "search=0,files=0,api=0")
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_corpus", if_empty=True, stdout=sys.stderr)
    grow(size)
    in_one_process()
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        print(json.dumps(ANSWERS[name](*arguments)), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
