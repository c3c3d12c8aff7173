"""A portal as it is served, while somebody at the desk sends every hostile file."""

import pytest

from tests.support.hostile_files.attack import (
    OF_A_CHILD,
    OF_THE_SERVER,
    attack,
    growth_while,
    session_of_staff,
    warm_up,
)
from tests.support.serving import served

pytestmark = [pytest.mark.any_engine, pytest.mark.audit]


@pytest.mark.parametrize(
    ("read_by", "fewest", "most_growth"),
    [(OF_A_CHILD, 100, 16), (OF_THE_SERVER, 15, 96)],
)
def test_no_file_makes_the_server_fail_or_grow(
    furnished, tmp_path, read_by, fewest, most_growth
):
    """In MB. Texts are read by the server itself, a megabyte of each at the most."""
    statuses: list[int] = []
    with served(furnished, tmp_path) as portal:
        cookie = session_of_staff(tmp_path / "portal.sqlite3")
        warm_up(portal, cookie)
        growth = growth_while(
            portal, lambda: statuses.extend(attack(portal, cookie, read_by))
        )
    # A text that is taken in leads to its page.
    assert set(statuses) <= {200, 302, 413}
    assert statuses.count(200) > fewest
    assert growth <= most_growth
