"""Words that name a topic or a goal lead to its page, above what the search finds."""

import re
from html import unescape

import pytest

from statements.models import Country, Region, Theme

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
BET = re.compile(r'<p class="best-bet"><a href="([^"]+)"><b>(.*?)</b>: (.*?)</a>')


def bets(client, words: str, language: str = "ko") -> list[tuple[str, ...]]:
    answer = client.get(f"/{language}/statements/", {"q": words})
    return [tuple(map(unescape, bet)) for bet in BET.findall(answer.content.decode())]


@pytest.mark.parametrize(
    ("words", "addresses"),
    [
        ("일본", ["/ko/countries/japan/"]),
        ("Japan", ["/ko/countries/japan/"]),
        ("日本", ["/ko/countries/japan/"]),
        ("일본과 협력", ["/ko/countries/japan/"]),
        ("아프리카의 과제", ["/ko/regions/africa/"]),
        ("공급망", ["/ko/themes/economic-security/"]),
        ("supply chains", ["/ko/themes/economic-security/"]),
        ("북한 인권", ["/ko/themes/north-korea-human-rights/"]),
        ("미국 중국", ["/ko/countries/united-states/", "/ko/countries/china/"]),
        ("목표 1", ["/ko/goals/1/"]),
        ("Goal 3", ["/ko/goals/3/"]),
        ("G2", ["/ko/goals/2/"]),
        ("APEC", []),
        ("정상회의", []),
    ],
)
def test_words_that_name_a_page_lead_to_it(client, words, addresses):
    assert [address for address, *_said in bets(client, words)] == addresses


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_topic_is_found_by_its_name_in_either_language(client, language):
    for term in (*Country.objects.all(), *Region.objects.all(), *Theme.objects.all()):
        for name in (term.name_ko, term.name_en):
            found = [address for address, *_said in bets(client, name, language)]
            path = term.get_absolute_url().partition("/")[2].partition("/")[2]
            assert f"/{language}/{path}" in found, name


def test_a_best_bet_counts_what_its_page_shows(client):
    counts = client.get("/ko/countries/japan/").context["counts"]
    [(_address, name, said)] = bets(client, "일본")
    assert name == "일본"
    assert said == f"목표 {counts.wants} · 성과 {counts.did} · 과제 {counts.will_do}"


def test_it_stands_above_what_is_found(client):
    page = client.get("/ko/statements/", {"q": "일본"}).content.decode()
    assert page.index("best-bet") < page.index('id="found"')
