from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from desk.proposals.decide import publish_due


class Command(BaseCommand):
    help = (
        "Publishes what was approved for a time that has come. Run it from cron, "
        "every five minutes; running it twice changes nothing."
    )

    def handle(self, **options: Any) -> None:
        published, refused = publish_due(timezone.now())
        for proposal in refused:
            self.stderr.write(
                f"{proposal}: back to review. / 검토로 되돌렸습니다: {proposal}"
            )
        self.stdout.write(f"Published: {len(published)} / 게시: {len(published)}")
