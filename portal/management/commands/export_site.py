from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from desk.status.runs import recorded_run
from portal.mirror.copies import ExportRunningError
from portal.mirror.export import FaultyCopyError, export_site

#: Of a faulty copy, so many faults are told.
TOLD = 30


class Command(BaseCommand):
    help = (
        "Makes a copy of the whole public site as files, checks it, and then has "
        "FOLDER/current lead to it. A copy that is not whole changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.MIRROR_DIR)

    def handle(self, *, folder: Path, **options: Any) -> None:
        with recorded_run("export_site") as run:
            try:
                copy, facts = export_site(folder)
            except ExportRunningError as error:
                raise CommandError("Another export is running.") from error
            except FaultyCopyError as error:
                told = "\n".join(error.faults[:TOLD])
                count = len(error.faults)
                raise CommandError(
                    f"{told}\nThe copy is not whole, the old one stays: {count} faults."
                ) from error
            run.details = f"{facts.pages} pages, {facts.files} files"
        size = facts.bytes / 1_000_000
        self.stdout.write(f"{copy}: {run.details}, {size:.1f} MB")
