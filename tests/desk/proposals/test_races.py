"""Two people at once: what is left is what one after the other would have left.

Every pair of ways to write on one statement, on real connections of each engine: all
rows, and what both authors are told (tests/support/races/). On SQLite, where one
transaction writes at a time, fewer tries are enough.
"""

import pytest

from tests.support.kills.engines import found_by, postgresql, sqlite

RACING = "tests.support.races.racing"
#: The audit's pairs are shared out among this many tests, for as many workers.
PARTS = 2


@pytest.mark.any_engine
@pytest.mark.parametrize(("engine", "step"), [(postgresql, 1), (sqlite, 4)])
def test_two_decisions_at_once_come_out_as_one_after_the_other(engine, step, tmp_path):
    """On SQLite every fourth pair."""
    found = found_by(RACING, "first", 2, step, engine=engine, folder=tmp_path)
    assert found["faults"] == []
    assert found["pairs"] > 60 // step


@pytest.mark.audit
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize(("engine", "tries"), [(postgresql, 20), (sqlite, 1)])
def test_any_two_writers_at_once_come_out_as_one_after_the_other(
    engine, tries, part, tmp_path
):
    found = found_by(RACING, "all", tries, PARTS, part, engine=engine, folder=tmp_path)
    assert found["faults"] == []
    assert found["pairs"] > 200 // PARTS
