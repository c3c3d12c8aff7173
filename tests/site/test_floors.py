"""Imports lead down the floors of the architecture, never up and never sideways."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.any_engine

FLOORS = (
    "outline",
    "statements",
    "goals",
    "achievements",
    "explorer",
    "desk",
    "portal",
)
#: By these a module is imported, or a model reached, without an import that shows;
#: migrations alone do so rightly, for models as they were.
HIDDEN = {"import_module", "__import__", "get_model"}


def modules(floor: str) -> list[Path]:
    return sorted((settings.BASE_DIR / floor).rglob("*.py"))


def imported(source: str, package: str) -> Iterator[str]:
    """Every module that `source`, a module of `package`, imports anywhere in it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: 1 - node.level or None] if node.level else []
            yield ".".join([*above, node.module or ""]).strip(".")


def package_of(path: Path) -> str:
    return ".".join(path.relative_to(settings.BASE_DIR).parent.parts)


def climbs(floor: str, module: str) -> bool:
    """Whether an import of `module` leads up from `floor`."""
    other = module.partition(".")[0]
    return other in FLOORS and FLOORS.index(other) > FLOORS.index(floor)


def hidden_imports(source: str) -> list[str]:
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    names = (getattr(c.func, "attr", getattr(c.func, "id", "")) for c in calls)
    return sorted(HIDDEN.intersection(names))


BUILT = pytest.mark.parametrize("floor", [f for f in FLOORS if modules(f)])


@BUILT
def test_a_floor_imports_only_those_below_it(floor):
    up = [
        f"{path.relative_to(settings.BASE_DIR)} imports {module}"
        for path in modules(floor)
        for module in imported(path.read_text("utf-8"), package_of(path))
        if climbs(floor, module)
    ]
    assert up == []


@BUILT
def test_no_import_is_hidden(floor):
    hidden = {
        str(path.relative_to(settings.BASE_DIR)): found
        for path in modules(floor)
        if path.parent.name != "migrations"
        and (found := hidden_imports(path.read_text("utf-8")))
    }
    assert hidden == {}


def test_the_outline_is_plain_python():
    roots = {
        module.partition(".")[0]
        for path in modules("outline")
        for module in imported(path.read_text("utf-8"), package_of(path))
    }
    assert "outline" in roots
    assert roots - {"outline"} <= sys.stdlib_module_names


def test_every_app_of_ours_is_a_floor():
    folders = {path.parent.name for path in settings.BASE_DIR.glob("*/__init__.py")}
    assert folders - {"tests"} <= set(FLOORS)
    assert {"outline", "statements", "goals", "achievements", "portal"} <= folders


@pytest.mark.parametrize(
    "source, package, found",
    [
        ("import goals.models", "statements", ["goals.models"]),
        ("import re, goals as g", "statements", ["re", "goals"]),
        ("from goals import models", "statements", ["goals"]),
        ("from goals.models import Goal", "statements", ["goals.models"]),
        ("def f():\n    from goals.models import Goal", "statements", ["goals.models"]),
        ("if a:\n    import portal", "goals", ["portal"]),
        ("from . import codes", "statements", ["statements"]),
        ("from .codes import CODE", "statements.models", ["statements.models.codes"]),
        ("from ..codes import CODE", "statements.models", ["statements.codes"]),
        ("from ...goals import models", "statements.models", ["goals"]),
        ("x = 'import goals'  # import goals", "statements", []),
    ],
)
def test_imports_are_found_wherever_they_stand(source, package, found):
    assert list(imported(source, package)) == found


@pytest.mark.parametrize(
    "floor, module, up",
    [
        ("outline", "statements", True),
        ("statements", "goals.models", True),
        ("goals", "achievements.models", True),
        ("achievements", "goals.models", False),
        ("explorer", "portal.urls", True),
        ("portal", "explorer.views", False),
        ("goals", "goals.models", False),
        ("outline", "django.db", False),
        ("outline", "statementsx", False),
    ],
)
def test_only_an_import_of_a_higher_floor_climbs(floor, module, up):
    assert climbs(floor, module) == up


@pytest.mark.parametrize(
    "source, found",
    [
        ("apps.get_model('goals', 'Goal')", ["get_model"]),
        ("def f():\n    return import_module('goals')", ["import_module"]),
        ("__import__('goals')", ["__import__"]),
        ("goal = get_goal()", []),
    ],
)
def test_hidden_imports_are_found(source, found):
    assert hidden_imports(source) == found
