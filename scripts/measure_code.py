"""Measures how easily the code is read, beside the goals of docs/architecture.md.

    python scripts/measure_code.py [--list]

Exits with 1 when a goal is missed; --list names what each figure counts. The modules
of the portal are measured, not tests/, bench/, scripts/ and migrations; the files of a
folder are counted in those too, but for migrations, which time adds to. Plain Python:
it needs neither Django nor a database.
"""

import ast
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parent.parent
UNMEASURED = ("tests", "bench", "scripts", "migrations")
#: Names that Django gives a meaning of their own in every module that has them.
REQUIRED_NAMES = {
    *("Command", "urlpatterns", "app_name", "register", "__all__"),
    *("DATE_FORMAT", "SHORT_DATE_FORMAT", "DATETIME_FORMAT"),
}
#: Nouns that end as a gerund does.
NOUNS = {"ranking", "spelling", "string"}
RELATIVE_WORDS = ("What", "Which", "Whether", "How", "Who", "Where", "When", "Why")
GENERIC_NAMES = {"found", "one", "asked"}

Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


class Module(NamedTuple):
    path: Path
    tree: ast.Module
    line_count: int


class Measure(NamedTuple):
    """A figure beside its goal; `is_met` is None where there is no bound."""

    label: str
    figure: str
    goal: str
    is_met: bool | None
    places: list[str]


def tracked_files() -> list[Path]:
    """The Python files that git tracks, from the project's folder."""
    command = ["git", "ls-files", "-z", "--", "*.py"]
    listed = subprocess.run(
        command, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    paths = [Path(name) for name in listed.split("\0") if name]
    return [path for path in paths if (PROJECT / path).exists()]


def read_modules(paths: list[Path]) -> list[Module]:
    modules = []
    for path in paths:
        if not set(path.parts).isdisjoint(UNMEASURED):
            continue
        source = (PROJECT / path).read_text("utf-8")
        modules.append(Module(path, ast.parse(source), len(source.splitlines())))
    return modules


def functions(module: Module) -> Iterator[Function]:
    for node in ast.walk(module.tree):
        if isinstance(node, Function):
            yield node


def top_level_names(tree: ast.Module) -> Iterator[str]:
    """Functions, classes and simple assignments of the module itself."""
    for node in tree.body:
        if isinstance(node, Function | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (t.id for t in node.targets if isinstance(t, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def repeated_names(modules: list[Module]) -> Measure:
    homes = defaultdict(set)
    for module in modules:
        for name in top_level_names(module.tree):
            if name not in REQUIRED_NAMES:
                homes[name].add(str(module.path))
    repeated = {name: paths for name, paths in homes.items() if len(paths) > 1}
    share = len(repeated) / len(homes)
    return Measure(
        "top-level names defined in more than one module",
        f"{share:.1%} ({len(repeated)} of {len(homes)})",
        "≤ 3 %",
        share <= 0.03,
        [f"{name}: {', '.join(sorted(repeated[name]))}" for name in sorted(repeated)],
    )


def return_annotations(modules: list[Module]) -> Measure:
    places = [
        (f"{module.path}:{function.lineno} {function.name}", function.returns)
        for module in modules
        for function in functions(module)
    ]
    missing = [place for place, returns in places if returns is None]
    share = 1 - len(missing) / len(places)
    return Measure(
        "functions whose return is annotated",
        f"{share:.1%} ({len(places) - len(missing)} of {len(places)})",
        "≥ 99 %",
        share >= 0.99,
        missing,
    )


def fullest_folder(paths: list[Path]) -> Measure:
    folders = Counter(p.parent for p in paths if p.parent.name != "migrations")
    ((fullest, most),) = folders.most_common(1)
    return Measure(
        "Python files in one folder, most",
        f"{most} in {fullest}",
        "≤ 16",
        most <= 16,
        [f"{folder}: {count}" for folder, count in folders.items() if count > 16],
    )


def gerund_modules(modules: list[Module]) -> Measure:
    gerunds = [
        str(module.path)
        for module in modules
        if module.path.stem.endswith("ing") and module.path.stem not in NOUNS
    ]
    return Measure(
        "modules named by a gerund", str(len(gerunds)), "0", not gerunds, gerunds
    )


def relative_docstrings(modules: list[Module]) -> Measure:
    places = []
    for module in modules:
        for node in ast.walk(module.tree):
            if not isinstance(node, Documented):
                continue
            words = (ast.get_docstring(node) or "").split()
            if words and words[0].rstrip(",") in RELATIVE_WORDS:
                line = 1 if isinstance(node, ast.Module) else node.lineno
                places.append(f"{module.path}:{line} {' '.join(words[:6])}")
    return Measure(
        "docstrings that begin with a relative clause",
        str(len(places)),
        "0",
        not places,
        places,
    )


def generic_names(modules: list[Module]) -> Measure:
    """Names that say nothing of what they hold, where they are given to it."""
    places = []
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                name = node.id
            elif isinstance(node, ast.arg):
                name = node.arg
            else:
                continue
            if name in GENERIC_NAMES:
                places.append(f"{module.path}:{node.lineno} {name}")
    label = f"variables called {', '.join(sorted(GENERIC_NAMES))}"
    return Measure(label, str(len(places)), "", None, places)


def longest_module(modules: list[Module]) -> Measure:
    longest = max(modules, key=lambda module: module.line_count)
    return Measure(
        "longest module, lines",
        f"{longest.line_count}: {longest.path}",
        "≤ 250",
        longest.line_count <= 250,
        [
            f"{module.path}: {module.line_count}"
            for module in modules
            if module.line_count > 250
        ],
    )


def longest_function(modules: list[Module]) -> Measure:
    lengths = sorted(
        (
            (function.end_lineno or function.lineno) - function.lineno + 1,
            f"{module.path} {function.name}",
        )
        for module in modules
        for function in functions(module)
    )
    length, place = lengths[-1]
    return Measure(
        "longest function, lines",
        f"{length}: {place}",
        "≤ 38",
        length <= 38,
        [f"{place}: {length}" for length, place in lengths if length > 38],
    )


def measures() -> list[Measure]:
    paths = tracked_files()
    modules = read_modules(paths)
    return [
        repeated_names(modules),
        return_annotations(modules),
        fullest_folder(paths),
        gerund_modules(modules),
        relative_docstrings(modules),
        generic_names(modules),
        longest_module(modules),
        longest_function(modules),
    ]


def main(is_listing: bool) -> int:
    rows = measures()
    marks = {True: "met", False: "MISSED", None: ""}
    for row in rows:
        print(f"{row.label:<48}{row.figure:<52}{row.goal:<8}{marks[row.is_met]}")
        if is_listing:
            print(*(f"    {place}" for place in row.places), sep="\n", end="\n\n")
    return 1 if any(row.is_met is False for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main("--list" in sys.argv[1:]))
