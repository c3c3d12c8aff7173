"""docs/security.md: its claims name tests that exist, and no requirement is missing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.serving import PROJECT

pytestmark = pytest.mark.any_engine

DOCUMENT = PROJECT / "docs" / "security.md"
#: A test as the tables name it, `path::name`, or a whole module.
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
REQUIREMENT = re.compile(r"^\| (\d+\.\d+\.\d+) \| (.+?) \| (.*) \| (.*) \|$", re.M)
#: How many requirements of levels 1 and 2 the chapters of ASVS 5.0.0 have.
CHAPTERS = {
    **{1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29},
    **{11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16, 17: 7},
}


def text() -> str:
    return DOCUMENT.read_text(encoding="utf-8")


def claims() -> list[tuple[str, str, str]]:
    """The rows of the threat model: threat, how it is held, tests."""
    model = text().split("## Threats")[1].split("\n## ")[0]
    rows = re.findall(r"^\| (.+?) \| (.+) \| (.*) \|$", model, re.M)
    return [row for row in rows if row[0] != "threat" and not row[0].startswith("---")]


def names_in(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node.name


def test_every_named_test_exists():
    named = NAMED.findall(text())
    assert named
    for path, name in named:
        assert (PROJECT / path).is_file(), path
        assert not name or name in set(names_in(PROJECT / path)), f"{path}::{name}"


def test_nine_in_ten_claims_name_a_test():
    rows = claims()
    assert len(rows) >= 60
    untested = [threat for threat, _how, test in rows if not NAMED.search(test)]
    assert len(untested) <= len(rows) / 10, untested


def test_every_requirement_stands_in_it_once():
    rows = REQUIREMENT.findall(text())
    numbers = [number for number, *_rest in rows]
    assert len(numbers) == len(set(numbers))
    counted = {
        chapter: sum(int(number.split(".")[0]) == chapter for number in numbers)
        for chapter in CHAPTERS
    }
    assert counted == CHAPTERS


def test_every_requirement_has_a_verdict():
    verdicts = {"met", "partly", "not met", "not used", "operator"}
    for number, verdict, how, _test in REQUIREMENT.findall(text()):
        assert verdict in verdicts and how, number
