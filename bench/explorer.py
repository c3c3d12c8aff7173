"""The cost of the explorer as the statements grow: the tables of docs/performance.md.

python -m bench.explorer 1000 100000
python scripts/with_postgres.py python -m bench.explorer 1000 100000
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from statistics import median

import psycopg

from bench import outputs
from bench.server import LIST, Server
from bench.tables import Costs, row, table

ROUNDS = 9
FIRST, LAST, SIX = "first page", "last page", "six facets"
#: Facets of which each has a value chosen, so that every count leaves one out.
SIX_FACETS = (
    "region=europe&region=global&theme=multilateral-un&theme=economic-security"
    "&kind=task&kind=achievement&year=2024&year=2025&document=report-2025"
    "&dated=2024&dated=2025&dated=none"
)
PAGES = {
    FIRST: "",
    LAST: "page={last}",
    SIX: SIX_FACETS,
    "by date": "sort=date",
    "table": "view=table",
    "matrix": "view=matrix",
    "nothing found": "region=africa&theme=passport-mobility&country=japan",
}
SEARCHES = {
    "search, common word": "협력",
    "search, rare word": "두코바니",
    "search, two words": "경제 안보",
    "search, English": "foreign aid",
    "search, question in Korean": "아프리카와 무슨 일을 했나",
    "search, question in English": "How does Korea protect its nationals abroad?",
    "search, slip of a letter": "두코바이",
    "search, finds nothing": "펭귄 서식지",
}
MOST_QUERIES, MOST_GROWTH, MOST_BY_SEARCH, MOST_MEMORY = 6, 1.5, 2.0, 30


def addresses(server: Server) -> dict[str, str]:
    last = server.ask("last_page")
    pages = {name: query.format(last=last) for name, query in PAGES.items()}
    searches = {name: f"q={words}" for name, words in SEARCHES.items()}
    return {name: f"{LIST}?{query}" for name, query in {**pages, **searches}.items()}


def pages(servers: dict[int, Server]) -> dict[int, Costs]:
    """Milliseconds of processor time: the median request.

    The sizes take turns, so that a machine that is busy with other things is as busy
    for one as for the other.
    """
    paths = {size: addresses(server) for size, server in servers.items()}
    medians: dict[int, Costs] = {size: {} for size in servers}
    for name in {**PAGES, **SEARCHES}:
        costs: dict[int, list[float]] = {size: [] for size in servers}
        for _ in range(ROUNDS):
            for size, server in servers.items():
                cost = server.ask("cost_of", paths[size][name], name in SEARCHES)
                costs[size].append(cost)
        for size in servers:
            medians[size][name] = median(costs[size])
    return medians


def queries(server: Server) -> Costs:
    return {
        name: server.ask("queries_of", path, name in SEARCHES)
        for name, path in addresses(server).items()
    }


def index(server: Server) -> Costs:
    rounds: list[Costs] = [server.ask("index") for _ in range(3)]
    return {name: median(costs[name] for costs in rounds) for name in rounds[0]}


def bars(small: Costs, large: Costs, most_queries: float, memory: float) -> str:
    """The demands on the larger size, each beside its measure."""
    measured: list[tuple[str, float, float]] = [
        ("queries of a page, at most", most_queries, MOST_QUERIES)
    ]
    for name in (FIRST, LAST):
        times = large[name] / small[name]
        measured.append((f"{name}, times that of the smaller", times, MOST_GROWTH))
    for name in SEARCHES:
        times = large[name] / large[FIRST]
        measured.append((f"{name}, times the {FIRST}", times, MOST_BY_SEARCH))
    measured.append(("CSV, MB over the idle process", memory, MOST_MEMORY))
    lines = [row(["bar", "measured", "at most", "met"]), row(["---"] * 4)]
    for name, is_, most in measured:
        met = "yes" if is_ <= most else "**no**"
        lines.append(row([name, f"{is_:.2f}", f"{most:g}", met]))
    return "\n".join(lines)


def databases(folder: str, sizes: list[int]) -> dict[int, str]:
    """The address of a new database for each size, of the engine that is set."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        return {size: f"sqlite:///{folder}/{size}.sqlite3" for size in sizes}
    with psycopg.connect(given, autocommit=True) as connection:
        for size in sizes:
            connection.execute(f"CREATE DATABASE bench{size}")
    return {size: f"{given.rpartition('/')[0]}/bench{size}" for size in sizes}


def measured(servers: dict[int, Server]) -> Iterator[str]:
    """The tables, each as soon as it is there."""
    indexes = {size: index(server) for size, server in servers.items()}
    yield table("index in memory", indexes, ".2f")
    costs = pages(servers)
    yield table("CPU ms a page", costs, ".1f")
    numbers = {size: queries(server) for size, server in servers.items()}
    yield table("queries a page", numbers, "d")
    small, large, *_ = servers
    files = {
        size: outputs.measured(server.url, only_csv=size > large)
        for size, server in servers.items()
    }
    yield table("file of all statements", files, ".1f")
    most_queries = max(max(of_size.values()) for of_size in numbers.values())
    yield f"At {large:,} statements:"
    yield bars(costs[small], costs[large], most_queries, files[large][outputs.CSV])


def main(sizes: list[int]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        urls = databases(folder, sizes)
        engine = "PostgreSQL" if "postgres" in urls[sizes[0]] else "SQLite"
        print(f"\n### {engine}")
        servers = {size: Server(url, size) for size, url in urls.items()}
        for part in measured(servers):
            print(f"\n{part}", flush=True)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])
