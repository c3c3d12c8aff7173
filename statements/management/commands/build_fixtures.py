from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from outline import OutlineError
from statements.corpus.build import build, write_fixtures


class Command(BaseCommand):
    help = "Rebuilds fixtures/*.json from fixtures/sources/ and fixtures/curated/."
    requires_system_checks = []

    def handle(self, *args: str, **options: object) -> None:
        folder: Path = settings.FIXTURE_DIRS[0]
        try:
            fixtures = build(folder)
        except OutlineError as error:
            raise CommandError(str(error)) from error
        write_fixtures(fixtures, folder)
        counts = ", ".join(f"{name} {len(rows)}" for name, rows in fixtures.items())
        self.stdout.write(f"fixtures: {counts}")
