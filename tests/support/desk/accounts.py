"""Accounts as administrators ask for them at the desk, and time as it passes."""

import re
from datetime import timedelta

from django.contrib.auth.models import Group, User
from django.db.models import F
from django.test import Client
from django.urls import reverse

from desk.accounts.roles import Role
from desk.models import AccountChange, Standing
from statements.models import Revision

ADD = reverse("admin:auth_user_add")
WHY = "A new colleague"


def group_keys(*roles: str) -> list[int]:
    names = [Role[role.upper()].value for role in roles]
    return list(Group.objects.filter(name__in=names).values_list("pk", flat=True))


def ask_for_account(client: Client, name: str, *roles: str, **values) -> AccountChange:
    """What the form of a new account asks for."""
    sent = {"username": name, "groups": group_keys(*roles), "note": WHY, **values}
    answer = client.post(ADD, sent)
    assert answer.status_code == 302, answer.context["errors"]
    return AccountChange.objects.get(username=name)


def account_form(person: User) -> dict[str, object]:
    """The form of the account as it is sent unchanged."""
    values = {
        "username": person.username,
        "email": person.email,
        "groups": list(person.groups.values_list("pk", flat=True)),
        "note": WHY,
    }
    flags = ("is_active", "is_staff", "is_superuser")
    return values | {flag: "on" for flag in flags if getattr(person, flag)}


def save_account(client: Client, person: User, **values):
    """Sends the form of the account with other values; those of None are left out."""
    sent = account_form(person) | values
    sent = {name: value for name, value in sent.items() if value is not None}
    return client.post(reverse("admin:auth_user_change", args=[person.pk]), sent)


def decide(client: Client, change: AccountChange, decision: str, reason: str = ""):
    """Presses a button on the page of the change."""
    page = reverse("admin:desk_accountchange_change", args=[change.pk])
    answer = client.post(page, {"decision": decision, "reason": reason})
    change.refresh_from_db()
    return answer


def code_of(client: Client, change: AccountChange) -> str:
    """The code that the page shows to whoever has one to hand over."""
    [code] = re.findall(
        "<code>(.*?)</code>", decide(client, change, "show-code").content.decode()
    )
    return code


def choose_password(name: str, password: str, *codes: str):
    fields = dict(zip(("first_code", "second_code"), codes, strict=False))
    values = {"username": name, "password": password, "repeated": password, **fields}
    return Client().post(reverse("staff:first_password"), values)


def let_pass(time: timedelta) -> None:
    """Moves into the past whatever accounts and their changes began with."""
    User.objects.update(date_joined=F("date_joined") - time)
    Standing.objects.update(since=F("since") - time)
    AccountChange.objects.update(made_at=F("made_at") - time, due_at=F("due_at") - time)
    for change in AccountChange.objects.exclude(decided_at=None):
        change.decided_at -= time
        change.save()


def rights() -> dict[str, tuple]:
    """Every account with its flags, roles and factors: whatever gives power."""
    return {
        user.username: (
            user.pk,
            user.is_active,
            user.is_staff,
            user.is_superuser,
            user.password,
            user.email,
            *sorted(user.groups.values_list("name", flat=True)),
            *user.user_permissions.values_list("codename", flat=True),
            *sorted(str(device.pk) for device in user.totpdevice_set.all()),
            *sorted(str(device.pk) for device in user.staticdevice_set.all()),
        )
        for user in User.objects.all()
    }


def published_by(user: User) -> int:
    return Revision.objects.filter(by=user).count()
