"""Search does not show what is not in the documents as if it were."""

import csv
import io

import pytest

from bench.gold import HONESTY, matches, read
from statements.models import Statement
from statements.search import highlight

pytestmark = pytest.mark.django_db
ROWS = read(HONESTY)
PAGE = "/{}/statements/"


def of_sort(what: str) -> list[str]:
    return [row["query"] for row in ROWS if row["what"] == what]


def found(query: str) -> dict[str, str]:
    statements = Statement.objects.published().search(query)
    return dict(statements.values_list("code", "match"))


def test_the_set_has_forty_queries():
    assert [len(of_sort(what)) for what in ("absent", "trap", "related")] == [
        20,
        10,
        10,
    ]


@pytest.mark.parametrize("query", of_sort("absent") + of_sort("trap"))
def test_words_that_are_nowhere_find_nothing_and_are_named(client, query):
    assert matches(query) == []
    page = client.get(PAGE.format("ko"), {"q": query}).content.decode()
    assert f"‘{query}’" in page
    assert "출처 문서에 없습니다" in page


@pytest.mark.parametrize("query", of_sort("related"))
def test_related_words_find_only_what_is_marked_as_related(client, query):
    assert set(matches(query)) == {"related"}
    page = client.get(PAGE.format("ko"), {"q": query}).content.decode()
    assert "출처 문서에 없는 말입니다" in page
    assert '<mark class="related">' in page
    assert "<mark>" not in page
    assert "항목 0건 · 관련어 " in page


@pytest.mark.parametrize(
    "query",
    ["한미동맹", "동맹", "제재", "안보", "태평양", "남미", "공급", "기술", "국민"],
)
def test_words_within_longer_ones_are_found(query):
    assert "word" in matches(query)


def test_a_word_is_marked_only_where_it_is_one():
    pieces = highlight("인도태평양 전략과 북한인권, 한인 사회", "한인")
    assert [piece for piece, is_match in pieces if is_match] == ["한인"]


def test_what_is_related_comes_after_what_has_the_word(client):
    ranked = matches("한인")
    assert ranked == ["word"] * ranked.count("word") + ["related"] * ranked.count(
        "related"
    )
    assert {"word", "related"} == set(ranked)
    for sort in ("", "code", "date"):
        rows = client.get("/api/v1/statements/", {"q": "한인", "sort": sort}).json()
        assert [row["match"] for row in rows["results"]] == ranked
    page = client.get(PAGE.format("en"), {"q": "한인"}).content.decode()
    assert f"{ranked.count('word')} statements · {ranked.count('related')} by" in page


def test_another_spelling_of_the_same_is_a_hit_that_says_so(client):
    assert set(matches("나토")) == {"same"}
    assert found("나토").keys() == found("NATO").keys()
    page = client.get(PAGE.format("ko"), {"q": "나토"}).content.decode()
    assert "‘나토’: 출처 문서에 이 표기는 없습니다." in page
    assert "관련어" not in page


def test_one_word_that_is_absent_is_named_beside_what_is_found(client):
    page = client.get(PAGE.format("ko"), {"q": "독도 한미동맹 현대화"}).content.decode()
    assert "‘독도’: 출처 문서에 없습니다." in page
    assert "나머지 검색어로만 찾은 결과입니다." in page
    assert "검색어 일부만 있음" in page
    assert set(matches("독도 한미동맹 현대화")) == {"partial"}


def test_what_is_only_in_the_translation_is_said_to_be(client):
    page = client.get(PAGE.format("ko"), {"q": "strengthen"}).content.decode()
    assert "영어 번역에서 찾음" in page
    page = client.get(PAGE.format("en"), {"q": "강화"}).content.decode()
    assert "Found in the Korean source text" in page


def test_outputs_that_cannot_say_so_leave_related_statements_out(client):
    assert "<entry>" not in client.get("/ko/statements.atom?q=트럼프").content.decode()
    widget = client.get("/ko/statements/embed/?q=트럼프").content.decode()
    assert "2025.T1" not in widget
    lines = client.get("/ko/statements.csv?q=트럼프")
    text = b"".join(lines.streaming_content).decode("utf-8-sig")
    told = [row["match"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert told == matches("트럼프")
    assert set(told) == {"related"}
