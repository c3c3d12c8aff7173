"""Which worker runs which tests, and when: one after the other, the longest first, so
that no worker waits at the end for another's minutes.
"""

import pytest
from xdist.scheduler import LoadScopeScheduling

#: Files with single tests of minutes, the longest first.
LONGEST = (
    *("test_races", "test_leaks", "test_kills", "test_search_bounds", "test_pages"),
    *("test_hostile_requests", "test_search", "test_manual", "test_lost_session"),
    *("test_bad_xliff", "test_load_corpus", "test_api_examples", "test_migrations"),
    "test_many_drafts",
)
#: Files whose tests share what takes long to make: each is one worker's.
TOGETHER = (
    *("test_pages", "test_fixtures", "test_english_of_corpus", "test_deployment"),
    *("test_integrity", "test_engines"),
)


class LongestFirst(LoadScopeScheduling):
    """Hands out one test at a time, in the order of the collection."""

    def __init__(self, config: pytest.Config, log=None) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        """What one worker runs: a test, or a file whose tests share something."""
        file = nodeid.partition("::")[0]
        return file if stem_of(file) in TOGETHER else nodeid


def stem_of(file: str) -> str:
    return file.rpartition("/")[2].removesuffix(".py")


def sort_longest_first(items: list[pytest.Item]) -> None:
    places = {stem: place for place, stem in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(LONGEST)))
