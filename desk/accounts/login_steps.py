"""The steps of a login, one by step; each gives the session a new key."""

from __future__ import annotations

import django_otp
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django_otp.models import Device

from desk.accounts.passwords.first_passwords import FIRST_PASSWORD_KEY
from desk.accounts.second_step.second_factor import has_device, has_second_factor
from desk.accounts.security_log import record_event
from desk.sessions.life import renew_key

#: Pages whose forms hold nothing but proofs of who somebody is.
STEPS = ("login", "logout", "second_step", "enrol", "recovery", "password_change")


def paths_of_steps() -> set[str]:
    return {reverse(f"admin:{name}") for name in STEPS}


def next_step(request: HttpRequest) -> str:
    """The address of what is still to be done before the desk opens; "" when it is
    open.
    """
    user = request.user
    if not (isinstance(user, User) and user.is_active and user.is_staff):
        return reverse("admin:login")
    if not has_second_factor(user):
        return reverse("admin:second_step" if has_device(user) else "admin:enrol")
    if FIRST_PASSWORD_KEY in request.session:
        return reverse("admin:password_change")
    return ""


def take_first_step(request: HttpRequest, user: User) -> None:
    """The password was right; Django gives the session a new key."""
    login(request, user)


def take_second_step(request: HttpRequest, device: Device) -> None:
    """The code was right."""
    renew_key(request)
    django_otp.login(request, device)
    record_event("login", "a login was completed", device.user)
