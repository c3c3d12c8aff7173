"""A portal in a process of its own whose database is away.

    python -m tests.support.deployment.outage postgresql

Writes the statuses of its answers as JSON; its log is on standard error.
"""

import json
import os
import sys
from pathlib import Path

from scripts.with_postgres import server

ADDRESSES = (
    *("/en/", "/ko/goals/", "/api/v1/statements/", "/en/statements.csv", "/readyz"),
    *("/healthz", "/robots.txt", "/en/nowhere/", "/nowhere", "/api/v1/nowhere/"),
)


def status_of(address: str) -> int:
    """What the server would get, with the cookie of a session."""
    from django.test import RequestFactory

    from portal.wsgi import application

    statuses = []
    request = RequestFactory(headers={"host": "127.0.0.1"}).get(address)
    cookie = {"HTTP_COOKIE": f"sessionid={'s' * 32}"}
    answer = application(
        request.environ | cookie, lambda status, _: statuses.append(int(status[:3]))
    )
    answer.close()
    return statuses[0]


def lose_database(engine: str) -> None:
    """Leaves a connection to a server that was stopped, or a file that is none."""
    if engine == "postgresql":
        with server() as url:
            os.environ["DATABASE_URL"] = url
            status_of("/readyz")
    else:
        database = Path(os.environ["DATABASE_URL"].removeprefix("sqlite:///"))
        database.write_bytes(b"spoiled " * 1024)


if __name__ == "__main__":
    lose_database(sys.argv[1])
    json.dump({address: status_of(address) for address in ADDRESSES}, sys.stdout)
