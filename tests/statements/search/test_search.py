"""Search: what it finds in both languages, in what order, and with any input."""

import random
from statistics import mean
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.gold import by_search, precision_at_5, read, recall_at_10, relevant
from statements.gate import Note, gate
from statements.models import PublicationState, Statement
from statements.search import highlight, suggest
from statements.search.entries import SearchEntry

pytestmark = pytest.mark.django_db
GOLD = read("search_gold")
NOTE = Note(ko="시험", en="Test")


def test_the_gold_set_is_half_korean_and_names_statements_that_are_there():
    assert len(GOLD) >= 60
    assert sum(row["language"] == "ko" for row in GOLD) * 2 == len(GOLD)
    codes = set(Statement.objects.published().values_list("code", flat=True))
    assert all(codes.issuperset(relevant(row)) for row in GOLD)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_gold_set_is_found_and_comes_first(language):
    recalls, precisions = [], []
    for row in GOLD:
        if row["language"] == language:
            right, codes = relevant(row), by_search(row["query"])
            recalls.append(recall_at_10(right, codes))
            precisions.append(precision_at_5(right, codes))
    assert mean(recalls) >= 0.97
    assert mean(precisions) >= 0.85


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("한미동맹", "한미 동맹"),
        ("2025년 9월", "25.9월"),
        ("2025년 9월", "September 2025"),
        ("美", "미국"),
        ("北", "북"),
        ("믹타", "MIKTA"),
        ("UNSC", "안보리"),
        ("denuclearisation", "denuclearization"),
        ("Ｇ７", "G7"),
    ],
)
def test_spellings_of_one_thing_find_the_same(one, other):
    assert by_search(one)
    assert set(by_search(one)) == set(by_search(other))


def test_an_english_query_finds_korean_that_is_not_translated_yet():
    task = Statement.objects.get(code="2025.T4.2.2")
    with gate(None, NOTE):
        task.text_en = ""
        task.save()
    assert "2025.T4.2.2" in by_search("nuclear power plant in Czechia")


def test_a_code_finds_its_statement_alone():
    assert by_search("G3.C2") == by_search(" g3.c2 ") == ["G3.C2"]
    assert "G2" in by_search("G7")
    assert len(by_search("G7")) > 1


def test_an_edit_is_found_by_its_new_words_and_no_longer_by_its_old():
    task = Statement.objects.get(code="2025.T4.2.2")
    with gate(None, NOTE):
        task.text_ko = "펭귄 보호"
        task.text_en = "Protect penguins"
        task.save()
    assert by_search("펭귄") == by_search("penguin") == ["2025.T4.2.2"]
    assert "2025.T4.2.2" not in by_search("두코바니")


def test_what_is_rolled_back_is_found_as_before():
    before = list(SearchEntry.objects.order_by("pk").values_list())
    with pytest.raises(ZeroDivisionError), gate(None, NOTE):
        Statement.objects.filter(code="2025.T4.2.2").update(text_ko="펭귄 보호")
        raise ZeroDivisionError
    assert list(SearchEntry.objects.order_by("pk").values_list()) == before
    assert not by_search("펭귄")
    assert by_search("두코바니") == ["2025.T4.2.2"]


@pytest.mark.parametrize("state", ["withdrawn", "draft", "in-review"])
def test_what_is_not_published_is_not_found_until_it_is_again(state):
    statement = Statement.objects.filter(code="2025.T4.2.2")
    with gate(None, NOTE):
        statement.update(state=state)
    assert not by_search("두코바니")
    assert not SearchEntry.objects.filter(statement__code="2025.T4.2.2").exists()
    with gate(None, NOTE):
        statement.update(state=PublicationState.PUBLISHED)
    assert by_search("두코바니") == ["2025.T4.2.2"]


def test_every_published_statement_is_in_the_index_and_no_other():
    indexed = set(SearchEntry.objects.values_list("statement__code", flat=True))
    published = Statement.objects.published().values_list("code", flat=True)
    assert indexed == set(published)


def test_further_filters_counts_and_pages_combine_in_the_database():
    statements = Statement.objects.published().search("일본")
    assert statements.count() == len(by_search("일본"))
    ranked = statements.for_listing().order_by("-rank", "sort_key")
    assert [s.code for s in ranked[:5]] == by_search("일본")[:5]
    ranks = [s.rank for s in ranked]
    assert ranks == sorted(ranks, reverse=True)
    tasks = statements.filter(kind="task", regions__slug="northeast-asia").distinct()
    assert 0 < tasks.count() < statements.count()


@pytest.mark.parametrize(
    ("code", "query", "marked"),
    [
        ("2025.T1", "미국", ["美"]),
        ("G1.C1.1", "한미동맹", ["한미 동맹"]),
        ("2025.T3.4.1", "2025년 9월", ["25.9월"]),
        ("2025.T3.4.1", "UNSC", ["안보리", "안보리"]),
        ("2025.T4.2.2", "두고바니", ["두코바니"]),
    ],
)
def test_matches_are_marked_in_the_spelling_of_the_source(code, query, marked):
    statement = Statement.objects.get(code=code)
    pieces = highlight(statement.title_ko or statement.text_ko, query)
    assert [piece for piece, is_match in pieces if is_match] == marked


def test_marked_pieces_make_up_the_text_again():
    for statement in Statement.objects.published():
        for text in (statement.title_ko, statement.text_ko, statement.text_en):
            for query in ("한미 동맹", "일본", "foreign aid", "2025", "한", "security"):
                assert "".join(piece for piece, _ in highlight(text, query)) == text


@pytest.mark.parametrize(
    ("query", "nearest"),
    [
        ("우크라이너", "우크라이나"),
        ("두코바이", "두코바니"),
        ("Dukovani", "dukovany"),
        ("미국 대통령", "미국"),
    ],
)
def test_the_nearest_terms_are_suggested(query, nearest):
    assert nearest in suggest(query)


def test_whatever_is_suggested_finds_something():
    for query in ("우크라이너", "펭귄", "Penguins", "북핵무제", "한국 문화"):
        assert all(by_search(term) for term in suggest(query))


def test_nothing_is_found_where_nothing_is_said_of_it():
    for query in ("펭귄", "penguins", "탄소중립 세제 혜택", "!!!", "", "   ", "😀"):
        assert by_search(query) == []


ODD = (
    *("\x00", "'", '"', "''", ";", "--", "\\", "%", "_", "*", "(", ")", "^", ":", "&"),
    *(" AND ", " OR ", " NOT ", " NEAR(", "|", "!", "<->", "<b>", "é", "😀", "\ud800"),
    *("한미", "日", "ㅎ", "각", "‮", "\ufeff", "G1.", "2025.", "9월", "24-25", "ß", "İ"),
)


def answer(query: str) -> None:
    """All that a page asks of the search, with any input."""
    by_search(query)
    Statement.objects.published().search(query).count()
    text = "한미 동맹 ROK-U.S. Alliance (25.9월)" + query
    assert "".join(piece for piece, _ in highlight(text, query)) == text
    suggest(query)


def odd_queries(number: int, seed: int = 0) -> list[str]:
    chance = random.Random(seed)
    words = [row["query"] for row in GOLD]
    return [
        "".join(chance.choices((*ODD, *words), k=chance.randint(1, 8)))
        for _ in range(number)
    ]


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(query=st.text(st.characters(), max_size=60))
def test_any_text_is_answered(query):
    answer(query)


def test_odd_and_long_queries_are_answered():
    for query in odd_queries(100):
        answer(query)
    for piece in ("가", "a", "한미 동맹 ", "x ", '"', "25.9월 ", "\x00"):
        answer((piece * 10_000)[:10_000])


QUICK = "/api/v1/statements/?page_size=1&fields=code"
#: Every tenth is asked of one of these.
OTHERS = (
    *("/ko/statements/?view=list", "/en/statements/?view=table"),
    *("/ko/statements.json?page=1", "/en/statements.csv?page=1"),
    *("/ko/statements.atom?page=1", "/en/statements/embed/?page=1"),
)


@pytest.mark.audit
@pytest.mark.parametrize("seed", range(1, 5))
def test_10_000_odd_queries_are_no_error_of_the_server(client, seed):
    for number, query in enumerate(odd_queries(2_500, seed)):
        if number % 50 == 1:
            query = (query * 10_000)[:10_000]
        others = OTHERS[number // 10 % len(OTHERS)]
        typed = quote(query.encode(errors="surrogatepass"))
        answer = client.get(f"{QUICK if number % 10 else others}&q={typed}")
        assert answer.status_code in (200, 400), ascii(query)
