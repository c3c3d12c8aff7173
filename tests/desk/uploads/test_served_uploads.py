"""A portal as it is served, while somebody at the desk sends every hostile file."""

import pytest

from tests.support.hostile.attack import (
    SHEETS,
    growth_while,
    hostile_posts,
    send_file,
    session_of_staff,
)
from tests.support.serving import served

pytestmark = [pytest.mark.any_engine, pytest.mark.audit]
MOST_GROWTH = 16


def test_no_file_makes_the_server_fail_or_grow(furnished, tmp_path):
    statuses = []
    with served(furnished, tmp_path) as portal:
        cookie = session_of_staff(tmp_path / "portal.sqlite3")

        def attack() -> None:
            for path, field, content in hostile_posts():
                statuses.append(send_file(portal, cookie, path, field, content))

        # What it keeps in memory from its first pages on is not the files'.
        for _ in range(20):
            assert send_file(portal, cookie, SHEETS, "sheet", b"code,kind\n") == 200
        growth = growth_while(portal, attack)
    assert set(statuses) <= {200, 413}
    assert statuses.count(200) > 100
    assert growth <= MOST_GROWTH
