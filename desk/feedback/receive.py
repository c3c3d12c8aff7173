"""A report as it comes in: counted against the limits, looked at for spam, kept."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from desk.accounts.client_ip import client_ip
from desk.accounts.lockout import HOUR, MINUTE, Limit, charge, network_of
from desk.accounts.security_log import record_event
from desk.feedback.models import ProblemReport, new_number
from desk.feedback.spam import report_fingerprint, spam_signs_of
from statements.models import Statement

#: Of one address, many people in one building together, and of all.
OF_ADDRESS = Limit("reports", 10, 10 * MINUTE, HOUR, 10 * MINUTE)
OF_ALL = Limit("all-reports", 200, MINUTE, 10 * MINUTE, timedelta(seconds=30))


def receive_report(
    request: HttpRequest, statement: Statement, data: Mapping[str, str]
) -> ProblemReport:
    """Keeps what a form says; raises TooManyTriesError beyond the limits.

    They are counted where all workers see it. Of the address only a keyed hash is kept,
    for a day, and not with the report.
    """
    network = network_of(client_ip(request) or "")
    sender = salted_hmac("desk.feedback", network, algorithm="sha256").hexdigest()
    charge({f"report:{sender}": OF_ADDRESS, "reports": OF_ALL})
    signs = spam_signs_of(statement.code, data)
    report = ProblemReport.objects.create(
        number=new_number(),
        statement=statement,
        problem=data["problem"],
        text=data["text"],
        mail=data["mail"],
        fingerprint=report_fingerprint(data["text"]),
        is_held=bool(signs),
        spam_signs=signs,
    )
    if signs:
        record_event("report-held", f"a report is held: {', '.join(signs)}")
    return report


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Says whether the browser tells that a page of another site sent the form."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in ("same-origin", "none")
    host = request.get_host()
    own = (f"https://{host}", f"http://{host}", *settings.CSRF_TRUSTED_ORIGINS)
    return request.headers.get("Origin", own[0]) not in own
