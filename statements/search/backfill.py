"""Fills the search for statements that a database held before it had the tables, or
whose entries are of the tokens of before.
"""

from django.apps import AppConfig
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate

from statements.models import Statement
from statements.search.index import FORM, refresh


def fill_missing_entries(
    sender: AppConfig, using: str, plan: list[object] | None = None, **kwargs: object
) -> None:
    """After `migrate`: what statements are found by follows from them and the code as
    it stands, so no migration writes it with a copy of that code, soon out of date.

    The models need the newest tables: part of the way back or forth nothing is filled.
    `flush` sends the signal too, without a plan, and leaves no statements to fill.
    """
    if plan is None or not is_up_to_date(sender.label, using):
        return
    published = Statement.objects.published()
    missing = published.exclude(search_entry__tokens__startswith=f" {FORM} ")
    with transaction.atomic():
        refresh(published, missing.values_list("pk", flat=True))


def is_up_to_date(label: str, using: str) -> bool:
    """The database has every migration of the app."""
    executor = MigrationExecutor(connections[using])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes(label))


def connect(config: AppConfig) -> None:
    post_migrate.connect(fill_missing_entries, sender=config)
