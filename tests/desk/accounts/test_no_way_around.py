"""Nothing that one person sends to the desk gives anybody more power than before."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from desk.models import AccountChange
from tests.support.addresses import addresses, filled, made_rows
from tests.support.desk.accounts import decide, group_keys, rights
from tests.support.staff import member, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
#: Whatever ends the session, or is somebody's own password.
OWN = re.compile(
    r"admin:(logout|login|password_change|enrol|qr_code|recovery|second_step)"
)
OF_ACCOUNTS = re.compile(r"admin:(auth_|desk_account|index|None)|staff:first")
ALL_ROLES = ("editor", "translator", "publisher", "administrator", "auditor")


def greedy_form(person: User) -> dict[str, object]:
    """A form with everything that could give power, under all names that Django and the
    desk have for it.
    """
    keys = [str(person.pk)]
    password = "correct horse battery staple"
    return {
        "username": person.username,
        "email": "attacker@example.org",
        "is_active": "on",
        "is_staff": "on",
        "is_superuser": "on",
        "groups": group_keys(*ALL_ROLES),
        "user_permissions": list(Permission.objects.values_list("pk", flat=True)),
        "permissions": list(Permission.objects.values_list("pk", flat=True)),
        "name": "편집자 / Editor",
        "user_set": keys,
        "password": password,
        "password1": password,
        "password2": password,
        "repeated": password,
        "usable_password": "true",
        "set-password": "1",
        "note": "Please",
        "reason": "Please",
        "date_joined_0": "2000-01-01",
        "date_joined_1": "00:00",
        "last_login_0": "2000-01-01",
        "decision": "approve",
        "post": "yes",
        "first_code": "x",
        "second_code": "x",
        "_save": "1",
    }


def actions(person: User) -> list[dict[str, object]]:
    names = ("delete_selected", "remove_second_factor", "unlock_chosen")
    return [
        {"action": name, "_selected_action": [person.pk], "index": 0, "post": "yes"}
        for name in names
    ]


def group_rights() -> set[tuple]:
    return set(Group.objects.values_list("name", "permissions__codename"))


@pytest.mark.parametrize("role", [*ALL_ROLES, "superuser"])
def test_no_post_about_accounts_gives_anybody_more(role, admin_user):
    send_everything(role, admin_user, OF_ACCOUNTS)


@pytest.mark.audit
@pytest.mark.parametrize("role", [*ALL_ROLES, "superuser"])
def test_no_post_of_one_person_gives_anybody_more(role, admin_user):
    send_everything(role, admin_user, re.compile("admin:|staff:"))


def send_everything(role: str, admin_user: User, names: re.Pattern) -> None:
    """Sends the greedy form to every such address, and compares all rights."""
    sender = admin_user if role == "superuser" else member(role)
    rows = made_rows(member("editor"))
    person = User.objects.get(pk=rows["user"])
    client = signed_in(sender)
    closed = member("publisher")
    closed.is_active = False
    closed.save()
    before, groups = rights(), group_rights()
    joined = dict(User.objects.values_list("pk", "date_joined"))
    for name, address in addresses():
        if names.match(name) and not OWN.match(name):
            path = filled(name, address, rows)
            client.post(path, greedy_form(person))
            if "auth_user_" in name:
                others = (closed.pk, sender.pk, admin_user.pk)
                for pk in others:
                    other = filled(name, address, {**rows, "user": pk})
                    client.post(other, greedy_form(User.objects.get(pk=pk)))
            if name.endswith("_changelist"):
                for action in actions(person):
                    client.post(path, action)
    for change in AccountChange.objects.filter(author=sender):
        for decision in ("approve", "force"):
            decide(client, change, decision)
    assert rights() == before
    assert group_rights() == groups
    assert joined.items() <= dict(User.objects.values_list("pk", "date_joined")).items()
    asks = role in ("administrator", "superuser")
    assert AccountChange.objects.filter(author=sender).exists() is asks


@pytest.mark.parametrize("role", ["editor", "translator", "publisher", "auditor"])
def test_who_keeps_no_accounts_asks_for_none(role):
    client = signed_in(member(role))
    answer = client.post(reverse("admin:auth_user_add"), {"username": "puppet"})
    assert answer.status_code == 403
    assert not AccountChange.objects.exists()


def test_an_administrator_asks_nothing_of_a_superuser_nor_for_itself(admin_user):
    administrator = member("administrator")
    client = signed_in(administrator)
    for person in (admin_user, administrator):
        for page in ("change", "password_change", "second_step"):
            url = reverse(f"admin:auth_user_{page}", args=[person.pk])
            assert client.post(url, greedy_form(person)).status_code == 403, page
    client.post(
        reverse("admin:auth_user_add"), greedy_form(User(username="puppet", pk=0))
    )
    assert "is_superuser" not in AccountChange.objects.get().new


def test_the_desk_writes_accounts_in_one_folder():
    """No other module of the desk saves a user, gives a role or sets a password."""
    writes = re.compile(
        r"set_password\(|make_password\(|set_unusable_password\(|\.groups\.(set|add)\(|create_user\("
        r"|User\.objects\.(create|update|bulk)|user_permissions\.(set|add)\("
    )
    folder = settings.BASE_DIR / "desk"
    found = {
        str(path.relative_to(folder))
        for path in folder.rglob("*.py")
        if "migrations" not in path.parts and writes.search(path.read_text("utf-8"))
    }
    assert found == {
        "accounts/changes/administration.py",
        "accounts/changes/decisions.py",
        "accounts/changes/first_passwords.py",
    }
