from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from desk.accounts.retention import purge
from desk.feedback.retention import forget_reports


class Command(BaseCommand):
    help = (
        "Deletes expired sessions, records of logins that were kept as long as "
        "LOGIN_RETENTION_DAYS says, and what readers wrote in reports as long ago as "
        "REPORT_RETENTION_DAYS says. Run it from cron; running it twice changes "
        "nothing."
    )

    def handle(self, **options: Any) -> None:
        now = timezone.now()
        deleted = purge(now) + forget_reports(now)
        self.stdout.write(f"Deleted: {deleted} / 삭제: {deleted}")
