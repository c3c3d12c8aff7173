"""Measures how far a reader of a page's template has to go, and holds it.

    python scripts/measure_templates.py [--pages]

A partial is a file whose name begins with an underscore; its users are the files that
include it. A page is a template that no other extends or includes. Behind a page are
the files that it includes or extends, and those that these do; it is as deep as the
longest way among them; --pages tells this of each. Exits with 1 when a goal is missed.
"""

import re
import sys
from collections import Counter
from pathlib import Path
from statistics import median

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
#: A page that reads the clock is another one at midnight, whoever keeps it or tests it.
CLOCK = re.compile(r"{%\s*now\b")
REFERENCE = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")
#: A partial with one user is this long, or it goes into its page.
SMALL = 20

Graph = dict[str, set[str]]


def main() -> None:
    sources = read_templates()
    references = find_references(sources)
    missed = [report(*row) for row in measure(sources, references)].count(False)
    pages = pages_behind(references)
    shown = pages if "--pages" in sys.argv else {}
    for page in sorted(shown, key=lambda page: -len(pages[page])):
        way = depth(page, references)
        print(f"  {len(pages[page]):3} files, {way} deep: {page}")
    if missed:
        sys.exit(f"{missed} goals of the templates are missed.")


def read_templates() -> dict[str, str]:
    return {
        path.relative_to(TEMPLATES).as_posix(): path.read_text("utf-8")
        for path in sorted(TEMPLATES.rglob("*"))
        if path.is_file()
    }


def find_references(sources: dict[str, str]) -> Graph:
    """The project's own files that each file names; Django's are not among them."""
    return {
        name: {other for other in REFERENCE.findall(text) if other in sources} - {name}
        for name, text in sources.items()
    }


def measure(sources: dict[str, str], references: Graph) -> list[tuple[str, float, str]]:
    """Each measure with its goal, as `<= 210` or `>= 18`."""
    lines = {name: len(text.splitlines()) for name, text in sources.items()}
    partials = {name: users(name, references) for name in sources if is_partial(name)}
    single = [name for name, of_it in partials.items() if len(of_it) == 1]
    folders = Counter(Path(name).parent for name in sources)
    pages = pages_behind(references)
    sizes = [len(files) for files in pages.values()]
    return [
        ("files", len(sources), "<= 240"),
        ("partials", len(partials), "<= 100"),
        ("median of their lines", median(lines.values()), ">= 18"),
        ("lines of the longest", max(lines.values()), "<= 90"),
        ("partials with one user", len(single), "<= 60"),
        ("of them small", sum(lines[name] <= SMALL for name in single), "<= 0"),
        ("partials without a user", list(partials.values()).count([]), "<= 0"),
        ("files in one folder, at most", max(folders.values()), "<= 16"),
        ("median of the files behind a page", median(sizes), "<= 8"),
        ("files behind a page, at most", max(sizes), "<= 25"),
        (
            "that read the clock",
            sum(map(bool, map(CLOCK.search, sources.values()))),
            "<= 0",
        ),
        ("deep, at most", max(depth(page, references) for page in pages), "<= 4"),
    ]


def is_partial(name: str) -> bool:
    return Path(name).name.startswith("_")


def users(name: str, references: Graph) -> list[str]:
    return [user for user, others in references.items() if name in others]


def pages_behind(references: Graph) -> Graph:
    """The files behind each page."""
    named = set().union(*references.values())
    return {
        name: behind(name, references)
        for name in references
        if name.endswith(".html") and not is_partial(name) and name not in named
    }


def behind(name: str, references: Graph) -> set[str]:
    others = references[name]
    return others.union(*(behind(other, references) for other in others))


def depth(name: str, references: Graph) -> int:
    return max((1 + depth(other, references) for other in references[name]), default=0)


def report(measure: str, value: float, goal: str) -> bool:
    """Prints a measure; says whether its goal is met."""
    sign, limit = goal.split()
    is_met = value <= float(limit) if sign == "<=" else value >= float(limit)
    print(f"{measure}: {value:g} (goal: {goal}){'' if is_met else ' MISSED'}")
    return is_met


if __name__ == "__main__":
    main()
