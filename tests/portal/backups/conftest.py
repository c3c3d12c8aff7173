from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.backups.backup import back_up
from tests.support.backups.databases import copied, emptied, its_key, using


@pytest.fixture(autouse=True)
def unblocked(django_db_blocker) -> Iterator[None]:
    """These tests have databases of their own, and the key of these."""
    with django_db_blocker.unblock(), its_key():
        yield


@pytest.fixture
def furnished_url(furnished, tmp_path) -> str:
    return copied(furnished, tmp_path / "furnished.sqlite3")


@pytest.fixture
def empty_url(furnished, tmp_path, unblocked) -> str:
    return emptied(furnished, tmp_path / "empty.sqlite3")


@pytest.fixture
def backup(furnished_url, tmp_path, unblocked) -> Path:
    """A backup of the furnished database, in a folder of its own."""
    with using(furnished_url):
        return back_up(tmp_path / "backups", 5).path
