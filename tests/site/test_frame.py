"""What stands around every page: whose portal it is, and what it can prove of that."""

import re

import pytest
from django.test import Client
from django.utils import translation

from portal.plain_language import plain_summary
from statements.models import Kind, Statement
from statements.templatetags.kept_parts import PARTS
from statements.templatetags.statement_tags import unbroken

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
HOST = "policy.mofa.go.kr"
PATHS = ("/ko/", "/ko/goals/1/", "/en/about/", "/en/nowhere/")
BANNER = {
    "ko": "이 누리집은 대한민국 공식 전자정부 누리집입니다.",
    "en": "This is an official e-government website of the Republic of Korea.",
}
IDENTIFIER = {
    "ko": "이 누리집은 외교부 누리집입니다.",
    "en": "This is a website of the Ministry of Foreign Affairs.",
}
EXPLANATION = (
    "공식 누리집 확인방법",
    "go.kr 주소를 사용하는 누리집은 대한민국 정부기관이 관리하는 누리집입니다.",
)
LINK_TO_CHECK = (
    "이밖에 or.kr 또는 .kr등 다른 도메인 주소를 사용하고 있다면 "
    "아래 URL에서 도메인 주소를 확인해 보세요",
    "운영중인 공식 누리집보기",
    'href="https://check.example.go.kr/"',
)


@pytest.fixture
def official(settings) -> Client:
    settings.OFFICIAL_HOST = HOST
    settings.ALLOWED_HOSTS = [HOST, "testserver"]
    return Client(headers={"host": HOST})


def body(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def header_of(text: str) -> str:
    return text[text.index('<header class="masthead"') : text.index("</header>")]


@pytest.mark.parametrize("path", PATHS)
def test_the_ministrys_host_says_that_it_is_official(official, path):
    text, language = body(official, path), path[1:3]
    assert BANNER[language] in text
    assert IDENTIFIER[language] in text
    assert 'class="preview"' not in text


@pytest.mark.parametrize("path", PATHS)
def test_any_other_host_is_a_preview_and_names_no_ministry(official, path):
    text = body(Client(), path)
    assert 'class="preview"' in text
    for claim in (BANNER, IDENTIFIER):
        assert claim[path[1:3]] not in text
    for name in ("외교부", "Ministry of Foreign Affairs"):
        assert name not in header_of(text)
    assert "flag.svg" not in text


def test_the_banner_explains_itself_in_the_prescribed_words(official, settings):
    for sentence in EXPLANATION:
        assert sentence in body(official, "/ko/")
    for part in LINK_TO_CHECK:
        assert part not in body(official, "/ko/")
    settings.INSTITUTION = settings.INSTITUTION | {
        "official_sites_url": "https://check.example.go.kr/"
    }
    for part in LINK_TO_CHECK:
        assert part in body(official, "/ko/")


def test_only_the_ministrys_host_is_for_search_engines(official):
    for path in PATHS:
        assert "X-Robots-Tag" not in official.get(path)
        assert Client().get(path)["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    ("setting", "value", "shown"),
    [
        ("department", "시험과", "시험과"),
        ("phone", "02-000-0000", "02-000-0000"),
        ("report_address", "a@example.kr", 'href="mailto:a@example.kr"'),
        ("report_address", "https://example.kr/", 'href="https://example.kr/"'),
        ("national_symbols_url", "https://s.example.kr/", "https://s.example.kr/"),
        ("children_url", "https://c.example.kr/", "https://c.example.kr/"),
    ],
)
def test_what_is_set_is_shown_on_every_page(client, settings, setting, value, shown):
    assert shown not in body(client, "/ko/about/")
    settings.INSTITUTION = settings.INSTITUTION | {setting: value}
    # A process has one setting for as long as it lives.
    PARTS.clear()
    assert shown in body(client, "/ko/about/")
    assert shown in body(client, "/ko/nowhere/")


def test_what_is_unset_leaves_no_empty_frame(client):
    text = body(client, "/ko/accessibility/")
    for trace in ("담당 부서", "오류 신고", "국가상징", "어린이", 'class="contact"'):
        assert trace not in text


def test_the_page_says_how_barriers_are_reported_or_that_there_is_no_contact(
    client, settings
):
    none_yet = "This site does not have a contact for accessibility problems yet."
    unset = body(client, "/en/accessibility/")
    assert "How to report an accessibility problem" in unset
    assert none_yet in unset
    settings.INSTITUTION = settings.INSTITUTION | {"report_address": "a@example.kr"}
    told = body(client, "/en/accessibility/")
    assert "mailto:a@example.kr" in told
    assert none_yet not in told


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_plain_summary_has_every_point_with_its_statements(client, language):
    text = body(client, f"/{language}/plain-language/")
    with translation.override(language):
        summary = plain_summary(language)
    points = [p for of in summary["sections"] for p in of["points"]]
    codes = {code for point in points for code in point["codes"]}
    codes_of_sections = [of["code"] for of in summary["sections"]]
    assert codes_of_sections == ["G1", "G2", "G3", "G4", "G5", "2024.A", "2025.T"]
    assert Statement.objects.published().filter(code__in=codes).count() == len(codes)
    headings = Statement.objects.published().of_kinds(Kind.HEADING)
    assert set(headings.values_list("code", flat=True)) <= codes
    details = Statement.objects.published().of_kinds(Kind.KEY_CONTENT)
    assert set(details.values_list("code", flat=True)) <= codes
    for code in codes:
        assert f'href="/{language}/statements/{code}/"' in text
    for point in points:
        assert point["text"].replace("'", "&#x27;") in text


def test_sentences_of_the_plain_summary_have_at_most_15_words_in_english():
    summary = plain_summary("en")
    points = [p for of in summary["sections"] for p in of["points"]]
    for text in (summary["introduction"], *(point["text"] for point in points)):
        for sentence in re.split(r"(?<=[.!?”)])\s+", text):
            assert len(sentence.split()) <= 15, sentence


def test_the_plain_summary_says_who_wrote_it_and_has_its_old_address(client):
    assert "원문에 없음" in body(client, "/ko/plain-language/")
    assert "not in the source" in body(client, "/en/plain-language/")
    answer = client.get("/en/easy/")
    assert (answer.status_code, answer.url) == (301, "/en/plain-language/")


def test_a_middle_dot_stays_with_the_letter_before_it(client):
    text = body(client, "/ko/goals/1/")
    held = '<span class="held">{}[·‧・]</span>'
    assert re.search(held.format("미") + held.format("일"), text)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("a ROK-U.S. alliance", "a RO<K-U>.S. alliance"),
        ("ROK-Japan-China", "RO<K-J>apa<n-C>hina"),
        ("ROK-U.S.-Japan", "RO<K-U>.S<.-J>apan"),
        ("한-미-일 협력", "<한-미-일> 협력"),
        ("K-이니셔티브", "<K-이>니셔티브"),
        ("high-level talks", "high-level talks"),
    ],
)
def test_the_hyphens_of_a_name_do_not_break(text, held):
    whole = unbroken(text)
    if whole != text:
        # In a flex box, what has no span around it falls into parts.
        assert whole.startswith("<span>")
        whole = whole.removeprefix("<span>").removesuffix("</span>")
    marked = whole.replace('<span class="held">', "<")
    assert marked.replace("</span>", ">") == held


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_page_that_is_not_there_leads_on(client, language):
    text = body(client, f"/{language}/nowhere/")
    assert text.count('role="search"') == 1
    for path in (f"/{language}/goals/", f"/{language}/tasks/", "/ko/", "/en/"):
        assert f'href="{path}"' in text[text.index("<main") :]


def test_print_carries_the_address(client):
    assert "http://testserver/ko/goals/1/" in body(client, "/ko/goals/1/")


def test_the_style_guide_is_for_developers_only(client):
    assert client.get("/ko/styleguide/").status_code == 404
