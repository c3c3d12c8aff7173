"""The pages of one’s own sessions, and of what is refused."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk.accounts.login_steps import next_step
from desk.accounts.security_log import record_event
from desk.pages import staff_page, staff_response
from desk.sessions.form_owners import PATH
from desk.sessions.life import delete_sessions
from desk.sessions.models import StaffSession
from statements.admin.staff import staff_user


def mark_of(session_key: str) -> str:
    """A name for a session that does not open it."""
    return salted_hmac("desk.sessions", session_key).hexdigest()[:16]


@staff_page()
def sessions(request: HttpRequest) -> HttpResponse:
    """Lists one’s own sessions, and ends those that are sent."""
    user = staff_user(request)
    own = mark_of(request.session.session_key or "")
    rows: Any = StaffSession.objects.filter(user=user, expire_date__gt=timezone.now())
    rows = list(rows.order_by("-seen_at"))
    for row in rows:
        row.mark = mark_of(row.session_key)
    if request.method == "POST":
        asked = request.POST.get("end", "")
        others = [row for row in rows if row.mark != own]
        end([row for row in others if asked in (row.mark, "others")], request)
        return HttpResponseRedirect(reverse("staff:sessions"))
    return staff_response(
        request,
        "desk/sessions/sessions.html",
        sessions=rows,
        own=own,
        title=_("Your sessions"),
    )


def end(rows: list[StaffSession], request: HttpRequest) -> None:
    keys = [row.session_key for row in rows]
    delete_sessions(keys)
    record_event("session", f"sessions ended: {len(keys)}", staff_user(request))
    text = ngettext("%(n)s session was ended.", "%(n)s sessions were ended.", len(keys))
    messages.success(request, text % {"n": len(keys)})


def denied_at_desk(request: HttpRequest) -> HttpResponse | None:
    """Says in the frame of the desk that a page is not for the role of the person; None
    elsewhere.
    """
    is_at_the_desk = request.path.startswith(PATH) and hasattr(request, "user")
    if not is_at_the_desk or next_step(request):
        return None
    page = staff_response(
        request,
        "desk/sessions/denied.html",
        title=_("This page is not available to your role"),
    )
    page.status_code = 403
    return page
