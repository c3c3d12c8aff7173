"""Processes killed at random moments: nothing partial, nothing acknowledged lost."""

import pytest

from tests.support.kills.engines import found_by, postgresql, sqlite

pytestmark = pytest.mark.audit
LOADS, KILLS = 8, 100


@pytest.mark.parametrize("engine", [sqlite, postgresql])
def test_a_killed_process_leaves_all_of_its_work_or_nothing(engine, tmp_path):
    module = "tests.support.kills.killed_rounds"
    found = found_by(module, LOADS, KILLS, engine=engine, folder=tmp_path)
    assert found["faults"] == []
    assert found["kills"] >= KILLS
    assert found["inside"] > KILLS / 4
    assert found["acknowledged"] > KILLS / 4


@pytest.mark.parametrize("engine", [sqlite, postgresql])
def test_a_document_comes_in_step_by_step_each_whole_or_not_at_all(engine, tmp_path):
    module = "tests.support.kills.killed_documents"
    found = found_by(module, KILLS, engine=engine, folder=tmp_path)
    assert found["faults"] == []
    assert found["kills"] >= KILLS
    assert found["inside"] > KILLS / 4
    assert found["acknowledged"] > KILLS / 4
