from typing import Any

from django.core.management.base import BaseCommand, CommandError

from desk.status.runs import recorded_run
from portal.integrity.findings import all_findings


class Command(BaseCommand):
    help = (
        "Checks that all the portal keeps is sound: a line for each finding, and exit "
        "code 1 where there are any. Run it every night; it changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with recorded_run("check_integrity") as run:
            count = 0
            for finding in all_findings():
                self.stdout.write(finding)
                count += 1
            run.details = f"{count} findings"
            if count:
                raise CommandError(f"Findings: {count}")
        self.stdout.write("Everything is sound.")
