"""Codes sort as the documents read."""

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from statements.codes import sort_key
from statements.corpus.curated import Curated
from statements.corpus.sources import read_source
from statements.models import Statement

pytestmark = pytest.mark.any_engine

FIXTURES = settings.FIXTURE_DIRS[0]
LETTERS = {"O": 1, "C": 2, "E": 3, "N": 4, "A": 1, "T": 2}

number = st.integers(1, 9999)
below = st.lists(number, max_size=4).map(tuple)
#: The year of a document and its number in that year.
edition = st.tuples(st.integers(1000, 9999), st.integers(1, 999))
first_goals = st.just((0, 1))
#: What a code means: first 0 for goals and 1 for reports, its edition, then its places.
goal = st.tuples(st.just(0), first_goals | edition, number)
goal_item = st.tuples(
    st.just(0), first_goals | edition, number, st.sampled_from("OCEN"), number, below
)
part = st.tuples(st.just(1), edition, st.sampled_from("AT"))
part_item = st.tuples(st.just(1), edition, st.sampled_from("AT"), number, below)
meaning = st.one_of(goal, goal_item, part, part_item)


def code_of(meaning: tuple) -> str:
    is_report, (year, document), *rest = meaning
    code = f"{year}-{document}" if document > 1 else f"{year}"
    if not is_report:
        first, *rest = rest
        code = f"{code}.G{first}" if year else f"G{first}"
    if not rest:
        return code
    letter, *numbers = rest
    code += f".{letter}"
    if numbers:
        one, more = numbers
        code += ".".join(map(str, (one, *more)))
    return code


def places(meaning: tuple) -> tuple:
    is_report, edition, *rest = meaning
    first: tuple = (is_report, edition)
    if not is_report:
        goal, *rest = rest
        first = (*first, goal)
    if not rest:
        return first
    letter, *numbers = rest
    flat = (numbers[0], *numbers[1]) if numbers else ()
    return *first, LETTERS[letter], *flat


@given(st.lists(meaning, max_size=12))
def test_any_codes_sort_by_their_places(meanings):
    by_key = sorted(meanings, key=lambda m: sort_key(code_of(m)))
    assert list(map(places, by_key)) == sorted(map(places, meanings))


@given(meaning, meaning)
def test_no_two_codes_share_a_key(one, other):
    same = code_of(one) == code_of(other)
    assert (sort_key(code_of(one)) == sort_key(code_of(other))) == same


@given(meaning)
def test_a_key_is_digits_alone_and_fits_its_column(one):
    key = sort_key(code_of(one))
    longest = Statement._meta.get_field("sort_key").max_length
    assert key.isascii() and key.isdigit() and len(key) <= longest


def test_all_codes_of_a_document_sort_as_it_reads_objectives_before_the_rest():
    for slug, record in Curated(FIXTURES / "curated").documents().items():
        source = read_source(slug, record, FIXTURES / "sources")
        codes = [row.code for row in source.outline.statements]
        assert sorted(codes, key=sort_key) == codes


@pytest.mark.django_db
def test_the_database_lists_the_goals_and_then_the_report_in_document_order():
    codes = Statement.objects.in_outline_order().values_list("code", flat=True)
    assert [*codes] == sorted(codes, key=sort_key)
    lines = Statement.objects.order_by("sort_key", "paragraphs__ordinal").values_list(
        "document__kind", "paragraphs__ordinal"
    )
    assert [*lines] == sorted(lines)
    assert len(lines) == 203


@pytest.mark.parametrize(
    "earlier, later",
    [
        ("G1.C2", "G1.C10"),
        ("G2", "G10"),
        ("G9.E3", "G10"),
        ("G1", "G1.O1"),
        ("G1.O9", "G1.C1"),
        ("G1.C1.9", "G1.C1.10"),
        ("G1.C9", "G1.E1"),
        ("G5.E3", "2024.A"),
        ("2024.A", "2024.A1"),
        ("2024.A9.1", "2024.A10"),
        ("2024.A7.3", "2025.T"),
        ("2025.T3.3.2", "2025.T3.3.2.1"),
        ("2025.A", "2025.T"),
        ("2025.T9.1", "2025-2.A"),
        ("2025-2.T", "2025-3.A"),
        ("2025-2.T", "2025-10.T"),
        ("2025-2.T1", "2026.A"),
        ("G9999", "2027.G1"),
        ("2027.G1.E3", "2027.G2"),
        ("2027.G2", "2027-2.G1"),
        ("2027-2.G1", "2028.G1"),
        ("2028.G1.N1", "2024.A"),
        ("G1.E3", "G1.N1"),
    ],
)
def test_numbers_sort_as_numbers(earlier, later):
    assert sort_key(earlier) < sort_key(later)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "G",
        "g1",
        "G1.",
        "G1.X1",
        "G1.O",
        "G1.1",
        "G1..1",
        "G1.C1.",
        "G1.C1.a",
        " G1",
        "G0",
        "G01",
        "G1.C01",
        "G1\n",
        "G１",
        "G10000",
        "G1.C10000",
        "1",
        "2024",
        "24.A1",
        "2024.A.1",
        "2024.a1",
        "2024.AB1",
        "2024.C1",
        "0024.A1",
        "2024.A1-2",
        "2024.A10000",
        "20245.A1",
        "2024-1.A1",
        "2024-0.A",
        "2024-02.A",
        "2024-1000.A",
        "G1-2",
        "24.G1",
        "2027.G1.X1",
        "2027.G",
    ],
)
def test_what_is_no_code_is_refused(bad):
    with pytest.raises(ValueError) as refusal:
        sort_key(bad)
    assert refusal.value.args == (bad,)
