"""The main pages in Lighthouse: on a phone, in production, on the ministry's host."""

import json
import os
import select
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.looking import LANGUAGES
from tests.support.serving import CHROMIUM, PROJECT, skip_or_fail

pytestmark = [pytest.mark.audit, pytest.mark.browser]

FOLDER = PROJECT / "scripts" / "audit"
MAIN_PAGES = (
    *("", "goals/", "goals/1/", "goals/4/compare/", "achievements/", "tasks/"),
    *("statements/", "statements/2025.T4.2.2/", "sources/report-2025/", "glossary/"),
    *("data/", "about/", "plain-language/", "topics/", "countries/japan/", "quotes/"),
)
PERFECT = {"accessibility": 1, "best-practices": 1, "seo": 1}
TRIES, PATIENCE = 4, 180


@contextmanager
def asking(*categories: str) -> Iterator[Callable[[str], dict]]:
    """Asks what Lighthouse finds at an address; its browser stays open meanwhile."""
    process = subprocess.Popen(
        ["node", "lighthouse.mjs", *categories],
        cwd=FOLDER,
        env={**os.environ, "CHROME_PATH": CHROMIUM},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def ask(address: str) -> dict:
        process.stdin.write(f"{address}\n")
        process.stdin.flush()
        assert select.select([process.stdout], [], [], PATIENCE)[0], "no answer"
        return json.loads(process.stdout.readline())

    yield ask
    process.stdin.close()
    process.wait(timeout=PATIENCE)


@pytest.fixture(scope="module")
def lighthouse() -> Iterator[Callable[[str], dict]]:
    is_installed = shutil.which("node") and (FOLDER / "node_modules").exists()
    if not (is_installed and Path(CHROMIUM).exists()):
        skip_or_fail("Lighthouse is not installed")
    with asking() as ask:
        yield ask


def told(lighthouse: Callable[[str], dict], address: str) -> dict:
    """Asks again where Lighthouse could not tell, as on a busy machine."""
    for _ in range(TRIES):
        found = lighthouse(address)
        values = [*found.get("scores", {}).values(), found.get("shift")]
        if None not in values:
            return found
    raise AssertionError(f"Lighthouse cannot tell: {found['untold']}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", MAIN_PAGES)
def test_lighthouse_finds_nothing_to_mend(lighthouse, official_portal, language, path):
    found = told(lighthouse, f"{official_portal}/{language}/{path}")
    assert found["scores"] == PERFECT, found["failed"]
    assert found["shift"] < 0.02
