"""Two people at one document at once: one after the other, and nothing twice."""

import pytest

from tests.support.kills.engines import found_by, postgresql, sqlite

RACING = "tests.support.desk.intake_races"


@pytest.mark.any_engine
@pytest.mark.parametrize(("engine", "tries"), [(postgresql, 5), (sqlite, 1)])
def test_two_at_once_come_out_as_one_after_the_other(engine, tries, tmp_path):
    found = found_by(RACING, tries, engine=engine, folder=tmp_path)
    assert found == {"races": 5, "faults": []}
