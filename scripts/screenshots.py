"""Takes the pictures of the README, and with --all of every main page, into docs/.

make run &  then  python scripts/screenshots.py [--all] http://127.0.0.1:8000
"""

import argparse
import re
from pathlib import Path
from typing import Literal

from playwright.sync_api import ViewportSize, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
#: The path, the width of the window, and the colors of each picture.
Picture = tuple[str, int, Literal["light", "dark"]]
README: dict[str, Picture] = {
    "home-ko": ("/ko/", 1280, "light"),
    "goal-ko": ("/ko/goals/1/", 1280, "light"),
    "explorer-en": ("/en/statements/?view=matrix", 1280, "light"),
    "timeline-en": ("/en/timeline/", 1280, "light"),
    "compare-ko": ("/ko/goals/4/compare/", 1280, "dark"),
    "statement-en": ("/en/statements/2025.T4.2.2/", 1280, "light"),
}
PAGES = (
    *("", "goals/", "goals/1/", "goals/4/compare/", "achievements/", "tasks/"),
    *("statements/", "statements/?view=matrix", "continuity/", "continuity/?goal=1"),
    *("statements/2025.T3.3.2.1/", "sources/", "sources/goals/", "data/"),
    *("timeline/", "figures/", "regions/", "regions/northeast-asia/", "themes/"),
    *("glossary/", "about/", "plain-language/", "accessibility/"),
)


def file_name(path: str) -> str:
    return re.sub(r"[^\w.]+", "-", path).strip("-") or "home"


def everything() -> dict[str, Picture]:
    """Each main page in both languages, at a desk, on a phone, and in the dark."""
    views: tuple[tuple[str, int, Literal["light", "dark"]], ...]
    views = (("desk", 1280, "light"), ("phone", 320, "light"), ("dark", 1280, "dark"))
    return {
        f"all/{file_name(path)}-{language}-{name}": (
            f"/{language}/{path}",
            width,
            scheme,
        )
        for path in PAGES
        for language in ("ko", "en")
        for name, width, scheme in views
    }


def take(address: str, pictures: dict[str, Picture], whole: bool) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        for name, (path, width, scheme) in pictures.items():
            viewport = ViewportSize(width=width, height=900)
            page = browser.new_page(viewport=viewport, color_scheme=scheme)
            page.goto(address + path, wait_until="networkidle")
            target = FOLDER / f"{name}.png"
            target.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(target), full_page=whole)
            page.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--all", action="store_true")
    chosen = parser.parse_args()
    take(chosen.address, everything() if chosen.all else README, chosen.all)
