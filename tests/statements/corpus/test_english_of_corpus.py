"""The English says what the Korean says, in the glossary's words. No database."""

import json
from functools import cache

import pytest
from django.conf import settings

from statements.corpus.checks import (
    COUNTRIES,
    Finding,
    check_pair,
    checked_pairs,
    read_terms,
)
from statements.corpus.curated import Curated

pytestmark = pytest.mark.any_engine

FIXTURES = settings.FIXTURE_DIRS[0]
CURATED = Curated(FIXTURES / "curated")
TERMS = read_terms(CURATED.table("glossary"))
CHECKED = ("statements", "links", "events", "figures", "documents", "vocabulary")


@cache
def read_pairs(fixture):
    rows = json.loads((FIXTURES / f"{fixture}.json").read_text("utf-8"))
    return list(checked_pairs(rows, TERMS))


def statement_text(code):
    return next(
        pair
        for pair in read_pairs("statements")
        if pair.code == code and pair.field in ("title", "text")
    )


@pytest.fixture(scope="module")
def findings():
    return {
        finding
        for fixture in CHECKED
        for pair in read_pairs(fixture)
        for finding in check_pair(pair, fixture)
    }


@pytest.fixture(scope="module")
def exceptions():
    """What a reviewer has accepted, and why."""
    return {
        Finding(row["code"], row["field"], row["rule"], row["detail"]): row["reason"]
        for row in CURATED.table("exceptions")
    }


def test_nothing_is_found_beyond_the_reviewed_exceptions(findings, exceptions):
    unaccepted = findings - exceptions.keys()
    assert not unaccepted, listed(unaccepted)


def test_no_exception_is_stale(findings, exceptions):
    stale = exceptions.keys() - findings
    assert not stale, listed(stale)


def listed(some_findings):
    return "\n" + "\n".join(" | ".join(finding) for finding in sorted(some_findings))


def test_every_exception_stands_once_and_has_a_reason(exceptions):
    assert len(exceptions) == len(CURATED.table("exceptions"))
    assert all(exceptions.values())


def test_every_country_of_the_vocabulary_can_be_recognised():
    rows = CURATED.table("vocabulary")
    assert {row["slug"] for row in rows if row["kind"] == "country"} == set(COUNTRIES)


#: Code, what its English says, what it is made to say, and what must then be found.
MUTATIONS = [
    ("2024.A1.2", "14 summit", "12 summit", "numbers: missing 14"),
    ("2024.A7.1", "Lebanon (97)", "Lebanon (79)", "numbers: added 79"),
    ("2024.A1.4", "four and a half", "four", "numbers: missing 4.5"),
    ("2024.A6.1", "Korea's first", "Korea's", "numbers: missing 1"),
    ("2024.A6.2", "three years", "years", "numbers: missing 3"),
    ("2025.T2.1.3", "9th", "8th", "numbers: added 8"),
    ("2025.T5.1.1", "Second Basic", "Third Basic", "numbers: added 3"),
    ("2025.T", "II. ", "I. ", "numbers: missing II"),
    ("2024.A1.1", "April 2023", "May 2023", "dates: missing April 2023"),
    ("2024.A1.1", "August 2024", "July 2024", "dates: added July 2024"),
    ("2024.A4.1", "(2023-2025)", "", "dates: missing 2023-2025"),
    ("2024.A4.3", "from 2023", "from 2022", "dates: missing 2023"),
    ("2025.T5.1.2", "April-October", "April", "dates: missing April-October 2025"),
    ("2025.T2.3.2", "the G7", "the G7 in 2025", "dates: added 2025"),
    ("2024.A3.4", ", such as Poland", "", "countries: missing poland"),
    ("2024.A7.1", "Haiti (13)", "Tahiti (13)", "countries: missing haiti"),
    ("2025.T1.5.1", "ROK-U.S.-Japan", "ROK-U.S.", "countries: missing japan"),
    ("G3.C2.1", "developing", "Chinese", "countries: added china"),
    ("2024.A6.1", "ROK-Japan-Australia", "ROK-Japan", "countries: missing australia"),
    (
        "2025.T4.1.4",
        "Minerals Security Partnership (MSP)",
        "Minerals Club",
        "glossary: 핵심광물안보",
    ),
    (
        "2024.A2.1.2",
        "Multilateral Sanctions",
        "Multinational Sanctions",
        "glossary: 다국적",
    ),
    ("2025.T1.4.5", "awareness", "attention", "glossary: 국제 공론화"),
    ("G4", "peace regime", "peace structure", "distinctions: added 평화구조"),
    ("G5.C1", "Korean nationals", "Koreans", "distinctions: missing 재외국민"),
    ("G1.C1", "future-oriented", "global", "distinctions: added 글로벌포괄적"),
    ("G3", "trade", "통상", "marks: mark 상"),
    ("G3", "trade", "美 trade", "marks: mark 美"),
    ("G2.C2.1", "Contribute", "▴Contribute", "marks: mark ▴"),
    ("2024.A3.4", '"semiconductor', "“semiconductor", "marks: mark “"),
    ("G3.C4.1", " and biotechnology", ", biotechnology, etc", "marks: etc."),
    ("G3", "crises", "crises.", "marks: full stop"),
    ("G3", "trade", " trade", "marks: stray space"),
    ("G1.C1.1", "Modernize", "Modernise", "spelling: Modernise"),
    ("2024.A6.2", "Foreign and Defense", "Foreign and Defence", "spelling: Defence"),
    ("G5.C2", "services more", "public convenience more", "calques: public"),
    ("2025.T4.4", "creditworthiness", "credibility", "calques: external credib"),
    ("2025.T1.1.3", "Coordinate", "Coordinated", "form: first word Coordinated"),
    ("2024.A1.2", "Restored", "Restore", "form: first word Restore"),
]


@pytest.mark.parametrize(("code", "said", "mutated", "expected"), MUTATIONS)
def test_a_mistake_in_the_english_is_found(code, said, mutated, expected):
    pair = statement_text(code)
    assert said in pair.en
    mistaken = pair._replace(en=pair.en.replace(said, mutated, 1))
    found = set(check_pair(mistaken, "statements")) - set(
        check_pair(pair, "statements")
    )
    assert any(f"{f.rule}: {f.detail}".startswith(expected) for f in found), found


def test_an_official_name_keeps_its_british_spelling():
    pair = statement_text("2024.A6.2")
    assert "Security and Defence Partnership" in pair.en
    assert not [
        found for found in check_pair(pair, "statements") if found.rule == "spelling"
    ]


def test_a_term_inside_a_longer_one_does_not_count():
    pair = statement_text("G1.C2.2")
    assert "3국 협력" in pair.ko
    assert "3국 협력" in {term.ko for term in TERMS}
    assert "3국 협력" not in {term.ko for term in pair.terms}
    assert "한일중 3국 협력체제" in {term.ko for term in pair.terms}
