"""The log of logins, which django-axes keeps; the limits are our own (lockout.py)."""

from __future__ import annotations

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessFailureLog
from django.contrib.auth.models import User
from django.http import HttpRequest

from desk.accounts.security_log import record_event
from statements.input.plain_text import without_foreign

#: Of the log; a name that is normalised can be longer than it was typed.
NAME_LENGTH = 255
#: Of a request, as axes notes it: whatever a browser says of itself.
HEADERS = ("axes_user_agent", "axes_http_accept", "axes_path_info")


def keep_plain(request: HttpRequest) -> None:
    """Takes out what PostgreSQL does not store, should a server let it through."""
    for name in HEADERS:
        setattr(request, name, without_foreign(getattr(request, name)))


class LoginLog(AxesDatabaseHandler):
    """Notes who failed, and nothing that they sent but the name."""

    def user_login_failed(
        self,
        sender: object,
        credentials: dict[str, Any],
        request: HttpRequest | None = None,
        **kwargs: Any,
    ) -> None:
        if request is None:
            return
        keep_plain(request)
        seen: Any = request
        name = str(credentials.get("username", ""))[:NAME_LENGTH]
        AccessFailureLog.objects.create(
            username=name,
            ip_address=seen.axes_ip_address or None,
            user_agent=seen.axes_user_agent,
            http_accept=seen.axes_http_accept,
            path_info=seen.axes_path_info,
            attempt_time=seen.axes_attempt_time,
            locked_out=seen.axes_locked_out,
        )
        self.remove_out_of_limit_failure_logs(username=name)
        record_event("login-failed", "a login failed")

    def user_logged_in(
        self, sender: object, request: HttpRequest, user: User, **kwargs: Any
    ) -> None:
        keep_plain(request)
        super().user_logged_in(sender, request, user, **kwargs)
