"""The life of sessions: they begin, change keys and end, beside their own time."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.db.models import QuerySet
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY

from desk.accounts.client_ip import client_ip
from desk.accounts.models import Login
from desk.accounts.passwords.first_passwords import (
    FIRST_PASSWORD_KEY,
    has_first_password,
    has_new_password,
)
from desk.sessions.models import StaffSession
from desk.sessions.store import ADDRESS_KEY, BEGUN_KEY, DEVICE_KEY

DEVICE_LENGTH = 200


@receiver(user_logged_in)
def begin_session(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Notes what the session is known by, and what its account has still to do: the
    second step too, where somebody logs in once more.
    """
    agent = filter(str.isprintable, request.META.get("HTTP_USER_AGENT", ""))
    request.session.pop(DEVICE_ID_SESSION_KEY, None)
    request.session[ADDRESS_KEY] = client_ip(request) or ""
    request.session[DEVICE_KEY] = "".join(agent)[:DEVICE_LENGTH]
    request.session[BEGUN_KEY] = timezone.now().isoformat()
    if has_first_password(user):
        request.session[FIRST_PASSWORD_KEY] = True
    renew_key(request)


def renew_key(request: HttpRequest) -> None:
    """Gives the session another key, under which the log of logins knows it too."""
    logins = logins_of([request.session.session_key or ""])
    request.session.cycle_key()
    logins.update(session_hash=hash_of_key(request.session.session_key or ""))


def end_sessions(user: User, but: HttpRequest | None = None) -> None:
    """Ends all sessions of the user, or all but that of the request."""
    sessions = StaffSession.objects.filter(user=user)
    if but is not None:
        sessions = sessions.exclude(session_key=but.session.session_key)
    delete_sessions(list(sessions.values_list("session_key", flat=True)))


def delete_sessions(keys: list[str]) -> None:
    """Ends sessions, and says so in the log of logins."""
    StaffSession.objects.filter(session_key__in=keys).delete()
    logins_of(keys).filter(logout_time=None).update(logout_time=timezone.now())


def logins_of(keys: list[str]) -> QuerySet[Any]:
    logins: QuerySet[Any] = Login.objects.all()
    return logins.filter(session_hash__in=list(map(hash_of_key, keys)))


def hash_of_key(key: str) -> str:
    """As django-axes notes it."""
    return hashlib.sha256(key.encode()).hexdigest()


@receiver(post_save, sender=User)
def end_sessions_of_changed_account(instance: User, **kwargs: Any) -> None:
    """A new password or the end of an account ends its sessions; the request that
    changed its own password goes on, with a new key.
    """
    if has_new_password(instance) or not instance.is_active:
        end_sessions(instance)
