"""Who may open what: every address of the URL configuration by every role.

The table, of `tests/support/access.py`, holds families of addresses. An address that
fits none fails the test: whoever adds one says there who may open it.
"""

import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from desk.accounts.roles import Role
from tests.support.access import (
    EVERYBODY,
    FAMILIES,
    FORMS,
    NONE,
    SENT_TO,
    STAFF,
    allowed,
)
from tests.support.addresses import addresses, filled, made_rows
from tests.support.staff import member, signed_in, take_second_step

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
#: What is measured is what the superuser opens, who may open everything.
ROLES = [
    pytest.param(role, marks=[] if role == "superuser" else pytest.mark.unmeasured)
    for role in sorted(EVERYBODY)
]


AUTOCOMPLETE = {
    "app_label": "statements",
    "model_name": "link",
    "field_name": "earlier",
    "term": "G1",
}
ANSWERS = {200, 301, 302, 304, 400, 404, 405, 410}


def test_every_address_belongs_to_a_family():
    homeless = [f"{name} {at}" for name, at in addresses() if allowed(name) is None]
    assert homeless == []
    assert len(addresses()) > 100


def test_every_family_has_an_address():
    names = {name for name, _ in addresses()}
    for family, _ in FAMILIES:
        assert any(re.fullmatch(family, name) for name in names), family


@pytest.fixture
def rows(admin_user) -> dict[str, object]:
    return made_rows(admin_user)


def client_of(role: str, admin_user) -> Client:
    if role == "anonymous":
        return Client()
    if role == "superuser":
        return signed_in(admin_user)
    return signed_in(member() if role == "nobody" else member(role))


def is_open(answer) -> bool:
    is_turned_away = answer.status_code in (301, 302) and "/admin/login/" in answer.url
    return answer.status_code != 403 and not is_turned_away


@pytest.mark.parametrize("role", ROLES)
def test_every_role_opens_what_the_table_says_and_nothing_else(role, rows, admin_user):
    client = client_of(role, admin_user)
    some = [
        (name, address)
        for name, address in addresses()
        if allowed(name) is not EVERYBODY or role in ("anonymous", "superuser")
    ]
    assert opened_wrongly(client, role, some, rows) == []


@pytest.mark.audit
@pytest.mark.parametrize("role", sorted(STAFF))
def test_every_role_opens_what_everybody_may(role, rows, admin_user):
    client = client_of(role, admin_user)
    public = [one for one in addresses() if allowed(one[0]) is EVERYBODY]
    assert opened_wrongly(client, role, public, rows) == []


def opened_wrongly(client: Client, role: str, some: list, rows: dict) -> list:
    wrong = []
    for name, address in some:
        if name == "admin:logout":
            continue
        path = filled(name, address, rows)
        answer = client.get(path, AUTOCOMPLETE if name == "admin:autocomplete" else {})
        if is_open(answer) != (
            role in allowed(name)
        ) or answer.status_code not in ANSWERS | {403}:
            wrong.append((role, name, path, answer.status_code))
    return wrong


@pytest.mark.parametrize("role", ROLES)
def test_every_role_sends_only_the_forms_of_the_table(role, rows, admin_user):
    client = client_of(role, admin_user)
    wrong = []
    for name, address in addresses():
        if not re.fullmatch(SENT_TO, name):
            continue
        may = next((who for one, who in FORMS if re.fullmatch(one, name)), NONE)
        values = {"decision": "send-back", "seen": "1"}
        answer = client.post(filled(name, address, rows), values)
        if is_open(answer) != (role in may):
            wrong.append((role, name, answer.status_code))
    assert wrong == []


def test_the_roles_are_groups_with_the_least_rights():
    groups = {g.name: g for g in Group.objects.prefetch_related("permissions")}
    assert set(groups) == {role.value for role in Role}
    rights = {
        role.name.lower(): {p.codename for p in groups[role.value].permissions.all()}
        for role in Role
    }
    assert all(right.startswith("view_") for right in rights["auditor"])
    approvers = [name for name, some in rights.items() if "approve_proposal" in some]
    assert approvers == ["publisher"]
    assert not {r for r in rights["publisher"] if r.split("_")[0] != "view"} - {
        "approve_proposal"
    }
    assert "edit_korean" not in rights["translator"]
    assert not any("delete_user" in some for some in rights.values())
    for proxy in ("goal", "objective", "keycontent", "expectedeffect", "detail"):
        assert f"change_{proxy}" in rights["editor"] & rights["translator"]


def test_without_a_second_step_a_publisher_opens_nothing(rows):
    user = member("publisher")
    client = Client()
    client.force_login(user)
    take_second_step(client, user)
    client.logout()
    client.force_login(user)
    for name, address in addresses():
        if name.startswith("admin:") and name.count("_") > 1 and "step" not in name:
            answer = client.get(filled(name, address, rows))
            assert not is_open(answer), name
