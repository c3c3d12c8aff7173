"""The classes of the admin are written out, and each model is registered once."""

import ast
import sys
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.site.test_floors import FLOORS, modules

pytestmark = pytest.mark.any_engine


def admin_classes() -> Iterator[type]:
    """Every admin that the desk registers, its form, and its inlines with theirs."""
    for model_admin in admin.site._registry.values():
        for admin_class in (type(model_admin), *model_admin.inlines):
            yield admin_class
            yield admin_class.form


def is_written_out(cls: type) -> bool:
    """Whether the class stands in its module under its own name."""
    module = sys.modules[cls.__module__]
    try:
        return attrgetter(cls.__qualname__)(module) is cls
    except AttributeError:
        return False


def is_ours(cls: type) -> bool:
    return cls.__module__.partition(".")[0] in FLOORS


def made_classes(source: str) -> list[int]:
    """The lines that make a class by type()."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "type"
        and len(node.args) == 3
    ]


def unregistrations(source: str) -> list[int]:
    """The lines that take a model out of the admin again."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "unregister"
    ]


def places(path: Path, lines: list[int]) -> list[str]:
    return [f"{path.relative_to(settings.BASE_DIR)}:{line}" for line in lines]


def test_every_class_of_the_admin_is_written_out():
    assert [cls for cls in admin_classes() if not is_written_out(cls)] == []


def test_every_model_is_shown_as_the_project_says():
    theirs = [
        model_admin
        for model_admin in admin.site._registry.values()
        if not is_ours(type(model_admin))
    ]
    assert theirs == []
    assert {User, Group} <= set(admin.site._registry)
    assert not {TOTPDevice, StaticDevice} & set(admin.site._registry)


def test_every_inline_is_of_the_project():
    inlines = [
        inline
        for model_admin in admin.site._registry.values()
        for inline in model_admin.inlines
    ]
    assert len(inlines) >= 8
    assert all(map(is_ours, inlines))


def test_the_models_of_the_project_are_all_there():
    names = {model._meta.label for model in admin.site._registry}
    assert {"goals.Goal", "achievements.Task", "statements.Event"} <= names
    assert names <= {model._meta.label for model in apps.get_models()}


@pytest.mark.parametrize("floor", FLOORS)
def test_no_class_is_made_by_type_and_no_model_taken_out_again(floor):
    lines = [
        place
        for path in modules(floor)
        for source in [path.read_text("utf-8")]
        for place in places(path, made_classes(source) + unregistrations(source))
    ]
    assert lines == []


def test_a_class_that_nobody_wrote_is_found():
    assert not is_written_out(type("Inline", (admin.StackedInline,), {}))
    assert is_written_out(admin.StackedInline)


@pytest.mark.parametrize(
    ("source", "made", "taken_out"),
    [
        ("form = type('Form', (Base,), {})", [1], []),
        ("def refine(plain):\n    return type(plain.__name__, (plain,), {})", [2], []),
        ("kind = type(statement)", [], []),
        ("admin.site.unregister(Statement)", [], [1]),
        ("site.unregister([Revision, User])", [], [1]),
        ("admin.site.register(Statement, StatementAdmin)", [], []),
    ],
)
def test_what_must_not_stand_in_the_project_is_found(source, made, taken_out):
    assert made_classes(source) == made
    assert unregistrations(source) == taken_out
