from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from desk.accounts.retention import purge


class Command(BaseCommand):
    help = (
        "Deletes expired sessions, and records of logins that were kept as long as "
        "LOGIN_RETENTION_DAYS says. Run it from cron; running it twice changes nothing."
    )

    def handle(self, **options: Any) -> None:
        deleted = purge(timezone.now())
        self.stdout.write(f"Deleted: {deleted} / 삭제: {deleted}")
