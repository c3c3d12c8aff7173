from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from desk.documents.decide import carry_out_due
from desk.models import DocumentRequest, Proposal, ProposalState
from desk.proposals.decide import publish_due
from desk.status.models import CommandRun
from desk.status.runs import recorded_run


class Command(BaseCommand):
    help = (
        "Publishes what was approved for a time that has come. Run it from cron, "
        "every five minutes; running it twice changes nothing."
    )

    def handle(self, **options: Any) -> None:
        with recorded_run("publish_due") as run:
            self.publish(run)

    def publish(self, run: CommandRun) -> None:
        now = timezone.now()
        published, refused = publish_due(now)
        requests = carry_out_due(now)
        done = [one for one in requests if one.state == ProposalState.PUBLISHED]
        for proposal in (*refused, *(one for one in requests if one not in done)):
            self.stderr.write(
                f"{proposal}: back to review. / 검토로 되돌렸습니다: {proposal}"
            )
        late = [*Proposal.objects.due(now), *DocumentRequest.objects.due(now)]
        for proposal in late:
            self.stderr.write(
                f"{proposal}: the database was busy; the next run tries again. / "
                f"데이터베이스가 사용 중이어서 다음 실행 때 다시 시도합니다: {proposal}"
            )
        count, returned = len(published) + len(done), len(refused) + len(requests)
        run.details = f"{count} published, {returned - len(done)} returned"
        if late:
            run.details += f", {len(late)} still due"
        self.stdout.write(f"Published: {count} / 게시: {count}")
