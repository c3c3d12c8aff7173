"""The points of Lighthouse for the main pages' performance: on a phone, in production.

The median of three runs a page, on the ministry's own host, with what costs points.
A busy machine gives less: the time a page's work waits for is counted as the page's.

python -m bench.pages
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
if __name__ == "__main__":
    django.setup()

from bench.tables import row
from tests.browser.test_lighthouse import MAIN_PAGES, asking, told
from tests.conftest import furnish, served
from tests.support.looking import LANGUAGES

RUNS = 3
LEAST = 98
#: In milliseconds; the shift has no unit.
SHOWN = {
    "first-contentful-paint": "first paint",
    "largest-contentful-paint": "largest paint",
    "total-blocking-time": "blocked",
    "speed-index": "speed index",
    "server-response-time": "server",
}


def median_run(ask: Callable[[str], dict[str, Any]], address: str) -> dict[str, Any]:
    """The run whose score is the median."""
    runs = [told(ask, address) for _ in range(RUNS)]
    return sorted(runs, key=lambda run: run["scores"]["performance"])[RUNS // 2]


@contextmanager
def furnished(made: Path, folder: Path) -> Iterator[str]:
    furnish(made / "portal.sqlite3")
    with served(made, folder, OFFICIAL_HOST="127.0.0.1:{port}") as portal:
        yield portal


def main() -> None:
    print("\n### Lighthouse, performance\n")
    print(row(["page", "score", *SHOWN.values(), "shift", f"at least {LEAST}"]))
    print(row(["---"] * (len(SHOWN) + 4)))
    with (
        tempfile.TemporaryDirectory() as made,
        tempfile.TemporaryDirectory() as folder,
        furnished(Path(made), Path(folder)) as portal,
        asking("performance") as ask,
    ):
        for language in LANGUAGES:
            for path in MAIN_PAGES:
                run = median_run(ask, f"{portal}/{language}/{path}")
                score = round(100 * run["scores"]["performance"])
                times = [f"{run['measured'][name]:.0f}" for name in SHOWN]
                met = "yes" if score >= LEAST else "**no**"
                shift = f"{run['shift']:.3f}"
                print(row([f"/{language}/{path}", str(score), *times, shift, met]))
                sys.stdout.flush()


if __name__ == "__main__":
    main()
