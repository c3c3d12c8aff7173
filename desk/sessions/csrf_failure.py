"""The answer to a form whose proof of origin does not hold."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from desk.accounts.login_steps import paths_of_steps
from desk.accounts.security_log import record_event
from desk.sessions.form_owners import PATH
from desk.sessions.kept_post import fields_of, keep_post
from desk.sessions.lost_session import ask_for_login, show_texts


def show_csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Keeps the form of a person of the desk whose page is older than their login; what
    another site sent is neither kept nor shown.
    """
    record_event("csrf", f"a form was refused: {reason}")
    if not request.path.startswith(PATH):
        return render(request, "403_csrf.html", status=403)
    if not is_of_this_site(request):
        return show_texts(request, [], _("The form was not sent"))
    kept = keep_post(request)
    if kept is None or request.path in paths_of_steps():
        return show_texts(request, fields_of(request), _("The form was not sent"))
    return ask_for_login(request, kept, [])


def is_of_this_site(request: HttpRequest) -> bool:
    """Says whether the browser names a page of this host as the sender."""
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(sender).netloc == request.get_host()
