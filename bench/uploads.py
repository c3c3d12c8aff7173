"""A portal as it is served while every hostile file is sent to it: what it grows,
and how long other people wait for their pages meanwhile.

    python -m bench.uploads
"""

import os
import statistics
import tempfile
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
if __name__ == "__main__":
    django.setup()

from bench.tables import row
from tests.conftest import furnish
from tests.support.hostile_files.attack import (
    attack,
    growth_while,
    read_while,
    session_of_staff,
    warm_up,
)
from tests.support.serving import served


def main() -> None:
    with tempfile.TemporaryDirectory() as made, tempfile.TemporaryDirectory() as folder:
        furnish(Path(made) / "portal.sqlite3")
        with served(Path(made), Path(folder)) as portal:
            cookie = session_of_staff(Path(folder) / "portal.sqlite3")
            warm_up(portal, cookie)
            growth = growth_while(portal, lambda: attack(portal, cookie))
            seconds = read_while(portal, lambda: attack(portal, cookie))
    late = statistics.quantiles(seconds, n=20)[-1]
    print(row(["growth of the server, MB", f"{growth:.1f}"]))
    print(row(["pages read meanwhile", f"{len(seconds)}"]))
    print(row(["median of a page, s", f"{statistics.median(seconds):.3f}"]))
    print(row(["95 of 100 pages, s", f"{late:.3f}"]))


if __name__ == "__main__":
    main()
