"""Rows of the corpus by name, and all rows there are, to compare before and after."""

from django.apps import apps
from django.db import models
from django.utils.translation import override

from statements.models import Statement, VersionStep


def everything() -> dict[str, list[dict]]:
    """All public content, its tags and its history; the same in every language. Steps
    between versions are no content: what is taken back by a second change leaves two.
    """
    tables = apps.get_app_config("statements").get_models(include_auto_created=True)
    with override("ko"):
        return {
            model.__name__: list(model.objects.order_by("pk").values())
            for model in tables
            if model is not VersionStep
        }


def statement(code: str) -> Statement:
    return Statement.objects.get(code=code)


def save(instance: models.Model, **fields) -> None:
    for name, value in fields.items():
        setattr(instance, name, value)
    instance.save()
