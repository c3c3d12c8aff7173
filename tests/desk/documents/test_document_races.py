"""Two people at one document at once: it is published as somebody saw it, or not."""

import pytest

from tests.support.kills.engines import found_by, postgresql, sqlite

RACES = "tests.support.documents.races"


@pytest.mark.any_engine
@pytest.mark.parametrize(
    ("engine", "tries"),
    [(postgresql, 4), pytest.param(sqlite, 2, marks=pytest.mark.audit)],
)
def test_nothing_goes_out_that_nobody_approved(engine, tries, tmp_path):
    found = found_by(RACES, tries, engine=engine, folder=tmp_path)
    assert found["faults"] == []
    assert found["pairs"] == 15
