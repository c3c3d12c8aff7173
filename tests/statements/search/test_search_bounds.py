"""What a search may cost, whatever is searched for: counted, not timed."""

from collections.abc import Sequence

import pytest
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

from bench.hostile import hostile_of_corpus
from statements.search import hit_counts, query_plan
from statements.search.query_plan import plan
from statements.search.query_terms import MOST_GROUPS

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
#: Of one page of results; the searches of the gold set take 17 and 6,000 at most.
MOST_STATEMENTS, LONGEST_STATEMENT, MOST_UNIONS = 22, 20_000, 60
#: As somebody found it who looked for what costs most.
WORST = (
    "경제쌍방대응민관강화소통 역량자문경제경제강화소통 강화간담민관대응역량쌍방",
    "재외구축최우선제생명예방 구축체계생명강화재외안전 체계생명우리보호최우재외",
    "리더위상 강국제고 현안형성 현안강화 강국강화 강화확보 역할강국 강국위상",
    " ".join(f"misspeled{letter}" for letter in "abcdefghijklmnop"),
)


@pytest.fixture(autouse=True)
def in_memory(client) -> None:
    """What is kept from one request to the next has been read already."""
    for words in ("APEC", "zzzz"):
        client.get("/en/statements/", {"q": words})


PAGE = "/en/statements/"
FILES = ("/en/statements.csv", "/api/v1/statements/", "/en/statements.atom")


def require_bounds(client, words: str, paths: Sequence[str] = (PAGE, *FILES)) -> None:
    query_plan.plans.clear()
    # The log keeps 9,000 queries, and captures nothing once it is full.
    reset_queries()
    for path in paths:
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path, {"q": words})
            if answer.streaming:
                b"".join(answer.streaming_content)
        assert answer.status_code in (200, 400), words
        texts = [query["sql"] for query in captured]
        assert texts, "the version of the data is asked for at least"
        assert len(texts) <= MOST_STATEMENTS, words
        assert max(map(len, texts), default=0) <= LONGEST_STATEMENT, words
        assert max((t.count("UNION ALL") for t in texts), default=0) <= MOST_UNIONS
    made = plan(words)
    assert len(made.ways) <= query_plan.MOST_WAYS
    assert len(made.groups) <= MOST_GROUPS


@pytest.mark.parametrize("words", WORST)
def test_the_worst_searches_known_keep_to_the_bounds(client, words):
    require_bounds(client, words)


def test_hostile_searches_keep_to_the_bounds(client):
    for words in hostile_of_corpus().queries(2000)[::40]:
        require_bounds(client, words)


@pytest.mark.audit
@pytest.mark.every_engine
def test_two_thousand_hostile_searches_keep_to_the_bounds(client):
    for number, words in enumerate(hostile_of_corpus().queries(2000)):
        require_bounds(
            client, words, [PAGE, FILES[number % 3]][: 1 + (number % 5 == 0)]
        )


def test_no_more_is_looked_up_than_a_query_may_cost(monkeypatch):
    asked = []
    union = hit_counts.union
    monkeypatch.setattr(
        hit_counts, "union", lambda ways: asked.extend(ways) or union(ways)
    )
    for words in (*WORST, *hostile_of_corpus().queries(200)):
        query_plan.plans.clear()
        asked.clear()
        plan(words)
        tokens = (len(t.tokens) for way in asked for group in way for t in group.terms)
        assert sum(tokens) <= hit_counts.MOST_TOKENS, words


def test_compounds_of_found_parts_make_no_table_of_all_their_subsets():
    """Each of these words is several that are found: all subsets would be millions."""
    query_plan.plans.clear()
    parts = ("협력", "강화", "외교", "경제", "안보", "평화", "국민", "보호")
    words = " ".join(f"{a}{b}{c}" for a, b, c in zip(parts, parts[3:], parts[1:]))  # noqa: B905
    assert len(plan(words).groups) <= MOST_GROUPS


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "ko",
            "처음 단어나 용어 8개로만 검색했습니다. 제외한 검색어: nuclear energy",
        ),
        (
            "en",
            "Only the first 8 words or terms were searched. Left out: nuclear energy",
        ),
    ],
)
def test_what_is_left_out_is_told(client, language, told):
    eight = "APEC ODA Japan France Egypt Kenya Peru Chile"
    page = client.get(f"/{language}/statements/?q={eight} nuclear energy")
    assert told in page.content.decode()
    page = client.get(f"/{language}/statements/?q={eight}")
    assert "8 words" not in page.content.decode()
    assert "8개로만" not in page.content.decode()
