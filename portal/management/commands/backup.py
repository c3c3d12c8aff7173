from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from desk.status.runs import recorded_run
from portal.backups.backup import back_up
from portal.backups.faults import BackupFault
from portal.backups.retention import NEWEST_KEPT


class Command(BaseCommand):
    help = (
        "Writes a backup of everything to BACKUP_DIR, unless nothing has changed since "
        "the newest one. Run it from a timer, every five minutes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--keep",
            type=int,
            default=NEWEST_KEPT,
            help="How many of the newest stay; of each of the last 30 days, one more.",
        )

    def handle(self, *args: Any, keep: int, **options: Any) -> None:
        if keep < 1:
            raise CommandError("--keep takes a number from 1.")
        with recorded_run("backup") as run:
            try:
                made = back_up(Path(settings.BACKUP_DIR), keep)
            except BackupFault as fault:
                raise CommandError(str(fault)) from fault
            run.details = made.path.name
        if made.is_new:
            self.stdout.write(f"Written: {made.path}")
        else:
            self.stdout.write(f"Nothing has changed since {made.path}")
        if made.dropped:
            self.stdout.write(f"Old backups deleted: {made.dropped}")
