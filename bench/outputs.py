"""MB over the idle process, and seconds, while all statements are written to a file.

DATABASE_URL=sqlite:////tmp/bench.sqlite3 python -m bench.outputs csv
DATABASE_URL=sqlite:////tmp/bench.sqlite3 python -m bench.outputs

The second compares what a second of the processor writes with what it has to.
"""

import json
import os
import subprocess
import sys

import django
from django.test import Client

from bench.resources import cpu, forget_most_resident, most_resident
from bench.tables import row

ENDINGS = ("csv", "json", "xlsx")
RATE = "rows a CPU second"
#: Of RATE, by kind of file.
LEAST_RATES = {"csv": 60_000, "json": 60_000, "xlsx": 20_000}
CSV = "csv, MB over the idle process"
#: Every statement of the copies, and the few originals that are never copied.
ALL = "sort=code&kind=goal&kind=part&kind=chapter&kind=heading&kind=objective"
ALL += "&kind=key-content&kind=detail&kind=expected-effect&kind=achievement&kind=task"
ALL += "&kind=point&kind=note"
SMALL = "goal=1&kind=task"


def written(client: Client, ending: str, query: str) -> int:
    """The number of bytes of the file."""
    answer = client.get(f"/en/statements.{ending}?{query}")
    assert answer.status_code == 200, query
    return sum(len(block) for block in answer)


def measured(url: str, *, only_csv: bool) -> dict[str, float]:
    """Of each kind of file, made by a process of its own from the database at `url`."""
    costs = {}
    for ending in ENDINGS[:1] if only_csv else ENDINGS:
        run = subprocess.run(
            [sys.executable, "-m", "bench.outputs", ending],
            env={**os.environ, "DATABASE_URL": url},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        memory, seconds, rows = json.loads(run.stdout)
        costs[f"{ending}, MB over the idle process"] = memory
        costs[f"{ending}, CPU s"] = seconds
        costs[f"{ending}, {RATE}"] = rows / seconds
    return costs


def measure_file(ending: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from statements.models import Statement

    client = Client(HTTP_HOST="127.0.0.1")
    written(client, ending, SMALL)
    forget_most_resident()
    before = most_resident()
    milliseconds = cpu(lambda: written(client, ending, ALL))
    rows = Statement.objects.published().count()
    print(json.dumps([most_resident() - before, milliseconds / 1000, rows]))


def print_rates(url: str) -> None:
    """Compares the files of all statements of the database at `url` with the bars."""
    costs = measured(url, only_csv=False)
    print(row(["file", RATE, "at least", "met"]))
    print(row(["---"] * 4))
    for ending, least in LEAST_RATES.items():
        rate = costs[f"{ending}, {RATE}"]
        met = "yes" if rate >= least else "**no**"
        print(row([ending, f"{rate:,.0f}", f"{least:,}", met]))


def main() -> None:
    if endings := sys.argv[1:]:
        measure_file(endings[0])
    else:
        print_rates(os.environ["DATABASE_URL"])


if __name__ == "__main__":
    main()
