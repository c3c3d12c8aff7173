"""The words of the documents: counted, and shown where they are."""

import csv
from io import StringIO

import pytest

from explorer.quotes.words import occurrences
from statements.models import DataVersion

pytestmark = pytest.mark.django_db


def counted(words: str) -> dict[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = {}
    for one in occurrences(words, DataVersion.current()):
        place = (one.passage.document, one.passage.language)
        counts[place] = counts.get(place, 0) + len(one.spans)
    return counts


def test_each_occurrence_counts_and_no_other_word():
    assert counted("쿠바") == {("report-2025", "ko"): 1}
    assert counted("Cuba") == {("report-2025", "en"): 1}
    assert counted("인도") == {}


def test_words_of_a_phrase_follow_each_other():
    (found,) = occurrences("맞춤형 파트너십", DataVersion.current())
    assert [piece for piece, is_word in found.pieces if is_word] == ["맞춤형 파트너십"]
    assert counted("파트너십 맞춤형") == {}


def test_nothing_is_told_as_nothing(client):
    page = client.get("/ko/words/", {"q": "달탐사"}).content.decode()
    assert "현재 출처 문서에 없습니다" in page
    assert "<mark>" not in page


def test_two_words_are_side_by_side_and_in_one_file(client):
    query = {"q": ["APEC", "쿠바"]}
    page = client.get("/en/words/", query)
    assert [section["words"] for section in page.context["words"]] == ["APEC", "쿠바"]
    file = b"".join(client.get("/en/words.csv", query)).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(file)))
    totals = sum(section["total"] for section in page.context["words"])
    assert len(rows) == totals
    assert {row["word"] for row in rows} == {"APEC", "쿠바"}
    for row in rows:
        assert row["match"]


@pytest.mark.parametrize("words", ["a" * 201, "\u202eAPEC"])
def test_words_that_cannot_be_looked_for_are_refused_on_the_page(client, words):
    page = client.get("/en/words/", {"q": words})
    assert page.status_code == 200
    assert page.context["words"] == []
    assert "form-error" in page.content.decode()
