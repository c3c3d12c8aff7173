"""A portal as it is served, while somebody at the desk sends every hostile file."""

import pytest

from tests.support.hostile_files.attack import (
    attack,
    growth_while,
    session_of_staff,
    warm_up,
)
from tests.support.serving import served

pytestmark = [pytest.mark.any_engine, pytest.mark.audit]
#: MB.
MOST_GROWTH = 16


def test_no_file_makes_the_server_fail_or_grow(furnished, tmp_path):
    statuses: list[int] = []
    with served(furnished, tmp_path) as portal:
        cookie = session_of_staff(tmp_path / "portal.sqlite3")
        warm_up(portal, cookie)
        growth = growth_while(portal, lambda: statuses.extend(attack(portal, cookie)))
    # A text that is taken in leads to its page.
    assert set(statuses) <= {200, 302, 413}
    assert statuses.count(200) > 100
    assert growth <= MOST_GROWTH
