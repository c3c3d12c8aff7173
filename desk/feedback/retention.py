"""The time for which the words of readers are kept."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from desk.feedback.models import CLOSED_REPORTS, ProblemReport


def forget_reports(now: datetime) -> int:
    """Removes what readers wrote, its time being over; of how many reports.

    Held ones go whole. Of the others the mail address goes, which closing a report
    removed already, and of closed ones the text: state and answer stay at the number.
    """
    limit = now - timedelta(days=settings.REPORT_RETENTION_DAYS)
    old = ProblemReport.objects.filter(received_at__lt=limit)
    held, _by_model = old.held().delete()
    mails = old.exclude(mail="")
    texts = old.filter(state__in=CLOSED_REPORTS).exclude(text="")
    count = old.filter(Q(pk__in=mails.values("pk")) | Q(pk__in=texts.values("pk")))
    forgotten = count.count()
    mails.update(mail="")
    texts.update(text="", fingerprint="")
    return held + forgotten
