from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.backups.faults import BackupFault
from portal.backups.restoration import restore_backup


class Command(BaseCommand):
    help = (
        "Fills an empty, migrated database from a backup, whole or not at all. Stop "
        "the portal and its timers before."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="portal-….zip")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="Delete all that the database holds, in the same transaction.",
        )

    def handle(
        self, *args: Any, file: Path, replace: bool = False, **options: Any
    ) -> None:
        try:
            archive = restore_backup(file, replace)
        except BackupFault as fault:
            raise CommandError(str(fault)) from fault
        manifest = archive.manifest
        rows = sum(content.rows for content in manifest.tables.values())
        self.stdout.write(
            f"Restored and compared: {rows} rows of {len(manifest.tables)} tables, as "
            f"of {manifest.made_at}, by version {manifest.portal} on {manifest.engine}."
        )
