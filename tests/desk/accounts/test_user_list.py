"""The list of accounts says who may do what, and an administrator opens locks."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from desk.accounts.lockout import is_locked
from desk.accounts.roles import Role
from tests.support.staff import member, signed_in, told

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
LIST = reverse("admin:auth_user_changelist")
PASSWORD = "correct horse battery"


def row_of(text: str, user: User) -> dict[str, str]:
    """The cells of the user's row by the names of their columns."""
    [row] = [r for r in re.findall("<tr>.*?</tr>", text, re.S) if f">{user}<" in r]
    cells = re.findall(r'<t[dh] class="field-(\w+)[^>]*>(.*?)</t[dh]>', row, re.S)
    return {name: re.sub("<[^>]*>", "", cell).strip() for name, cell in cells}


def lock_out(user: User) -> None:
    user.set_password(PASSWORD)
    user.save()
    for _try in range(6):
        values = {"username": user.username, "password": "wrong"}
        Client().post("/admin/login/", values)
    assert is_locked(user)


@pytest.mark.parametrize(
    ("language", "yes", "no"), [("en", "Yes", "No"), ("ko", "예", "아니요")]
)
def test_the_list_shows_role_second_step_last_login_and_lock(language, yes, no):
    client = signed_in(member("administrator"), language)
    person, other = member("editor", "publisher"), member("auditor")
    TOTPDevice.objects.create(user=person, confirmed=True)
    TOTPDevice.objects.create(user=other, confirmed=False)
    lock_out(other)
    text = client.get(LIST).content.decode()
    cells = row_of(text, person)
    assert Role.EDITOR.value in cells["roles"]
    assert Role.PUBLISHER.value in cells["roles"]
    assert (cells["second_step"], cells["is_locked"]) == (yes, no)
    cells = row_of(text, other)
    assert (cells["second_step"], cells["is_locked"]) == (no, yes)
    assert "last_login" in cells


def test_an_administrator_unlocks_at_once():
    person, administrator = member("editor"), member("administrator")
    lock_out(person)
    chosen = {"action": "unlock_chosen", "_selected_action": [person.pk]}
    answer = signed_in(administrator).post(LIST, chosen)
    assert "1 account was unlocked" in told(answer)
    assert not is_locked(person)
    values = {"username": person.username, "password": PASSWORD}
    assert Client().post("/admin/login/", values).status_code == 302
    entry = LogEntry.objects.get(user=administrator)
    assert entry.change_message == "login unlocked"


@pytest.mark.parametrize("role", ["auditor", "publisher"])
def test_nobody_else_unlocks(role):
    person = member("editor")
    lock_out(person)
    chosen = {"action": "unlock_chosen", "_selected_action": [person.pk]}
    signed_in(member(role)).post(LIST, chosen)
    assert is_locked(person)


def test_the_list_takes_as_many_queries_for_many_as_for_few():
    client, counts = signed_in(member("administrator")), []
    for _more in range(2):
        for _n in range(5):
            TOTPDevice.objects.create(user=member("editor"), confirmed=True)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))
    assert counts[0] == counts[1]
