"""Whatever is sent to whatever address, the answer is no error of the server."""

from random import Random

import pytest
from django.db import connection
from django.test import Client

from tests.support.addresses import made_rows
from tests.support.hostile.attack import attack_on, send
from tests.support.hostile.surface import walk
from tests.support.staff import member, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.unmeasured]
#: Somebody who may do nothing, and who may do all; the roles lie between.
ROLES = ("anonymous", "editor", "publisher", "administrator", "superuser")
BRIEFLY, AT_LENGTH = 200, 4000
#: Each engine draws requests of its own in the audit.
SEEDS = {"sqlite": 1, "postgresql": 2}


def problems(role: str, admin_user, seed: int, count: int) -> list[str]:
    """What is wrong with the answers to so many requests, all drawn by the seed."""
    random = Random(f"{role} {seed}")
    rows = made_rows(admin_user)
    if role == "anonymous":
        client = Client()
    else:
        client = signed_in(admin_user if role == "superuser" else member(role))
    client.raise_request_exception = False
    targets = walk(client, role, rows)
    return [
        problem
        for _ in range(count)
        for problem in send(client, attack_on(random.choice(targets), random))
    ]


@pytest.mark.parametrize("role", ROLES)
def test_some_hostile_requests_are_answered(role, admin_user, settings):
    settings.PROXIES = 1
    assert problems(role, admin_user, 0, BRIEFLY) == []


@pytest.mark.audit
@pytest.mark.every_engine
@pytest.mark.parametrize("role", ROLES)
def test_20_000_hostile_requests_are_answered(role, admin_user, settings):
    settings.PROXIES = 1
    assert problems(role, admin_user, SEEDS[connection.vendor], AT_LENGTH) == []
