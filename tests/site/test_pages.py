"""Every page in both languages, as a visitor who follows all links would find them."""

import gzip
import re
from functools import cache
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.conf import settings
from django.template import engines
from django.test import Client

from outline import decode, read_document
from statements.gate import Note, gate
from statements.models import PublicationState, Statement
from tests.support.crawling import Page, crawl, pages_listed, sitemap_parts
from tests.support.serving import PROJECT

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.any_engine,
    pytest.mark.unmeasured,
]
LANGUAGES = ("ko", "en")
MISTYPED = "(mistyped variable)"


def bare(text: str) -> str:
    """What two texts are compared by: no white space, list marks, glyphs or closing."""
    return re.sub(r"끝\.\s*$|[\s▴\ue000-\uf8ff]", "", text)


def clauses() -> list[str]:
    """The 203 clauses, read from the sources themselves."""
    sources = PROJECT / "fixtures" / "sources"
    found = []
    for name in ("000_1aaf96ecd1ebb5d1.txt", "001_1e6cd04f6b593aee.txt"):
        pieces = read_document(decode((sources / name).read_bytes(), name).lines).pieces
        found += [bare(piece.public_text) for piece in pieces if not piece.excluded]
    return found


@cache
def site() -> dict[str, dict[str, Page]]:
    """Both halves of the site, crawled once: language to path to page."""
    engine = engines["django"].engine
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "string_if_invalid", MISTYPED)
        return {language: crawl(Client(), f"/{language}/") for language in LANGUAGES}


def test_all_203_clauses_are_on_the_korean_pages():
    assert len(clauses()) == 203
    said = [bare(page.text) for page in site()["ko"].values()]
    missing = [c for c in clauses() if not any(c in text for text in said)]
    assert missing == []


def test_the_goals_are_all_in_english():
    said = " ".join(" ".join(page.text.split()) for page in site()["en"].values())
    for statement in Statement.objects.filter(document__slug="goals"):
        for text in filter(None, (statement.title_en, statement.text_en)):
            assert " ".join(text.split()) in said, statement.code


def test_english_pages_mark_every_korean_word():
    unmarked = {
        path: wrong
        for path, page in site()["en"].items()
        if (wrong := page.in_wrong_language("en"))
    }
    assert unmarked == {}


def test_every_page_has_one_heading_and_a_title_of_its_own():
    titles = []
    for language, pages in site().items():
        for path, page in pages.items():
            assert len(page.headings) == 1, path
            assert page.headings[0].strip(), path
            titles.append((language, page.title.strip()))
    assert len(titles) == len(set(titles))


def test_the_two_languages_are_peers_that_name_each_other():
    paths = {
        language: {path.removeprefix(f"/{language}") for path in pages}
        for language, pages in site().items()
    }
    assert paths["ko"] == paths["en"]
    for language, pages in site().items():
        for path, page in pages.items():
            rest = path.removeprefix(f"/{language}")
            assert urlsplit(page.head["canonical"]).path == path
            for other in LANGUAGES:
                assert urlsplit(page.head[other]).path == f"/{other}{rest}"
            assert urlsplit(page.head["x-default"]).path == f"/ko{rest}"


def test_no_anchor_or_link_leads_nowhere():
    for pages in site().values():
        for path, page in pages.items():
            assert len(page.ids) == len(set(page.ids)), path
            for href in page.links:
                address, anchor = urldefrag(urljoin(path, href))
                target = pages.get(urlsplit(address).path)
                if anchor and target and not urlsplit(address).query:
                    assert anchor in target.ids, (path, href)


def packed(addresses: tuple[str, ...]) -> int:
    """What files weigh together, each sent by itself."""
    return sum(len(gzip.compress(content_of(address), 6)) for address in addresses)


def content_of(address: str) -> bytes:
    if not address.startswith(settings.STATIC_URL):
        return Client().get(address).content
    file = settings.STATIC_ROOT / address.removeprefix(settings.STATIC_URL)
    return file.read_bytes()


def test_no_page_is_heavy():
    pages = [page for half in site().values() for page in half.values()]
    assert max(page.weight for page in pages) <= 25_000
    for sheets in {tuple(page.sheets) for page in pages}:
        assert packed(sheets) <= 20_000, sheets
    for scripts in {tuple(page.scripts) for page in pages}:
        assert packed(scripts) <= 10_000, scripts


def test_every_address_of_the_sitemap_answers_and_is_linked_to(client):
    paths = {urlsplit(page).path for page in pages_listed(sitemap_parts(client))}
    assert len(paths) > 300
    assert paths <= {path for pages in site().values() for path in pages}


def test_the_style_sheet_is_sent_as_one(client):
    page = Page(client.get("/ko/").content.decode())
    main = next(sheet for sheet in page.sheets if "/css/main." in sheet)
    sent = (settings.STATIC_ROOT / main.removeprefix(settings.STATIC_URL)).read_text()
    source = PROJECT / "static" / "css"
    imported = re.findall(r'url\("(.+?)"\)', (source / "main.css").read_text("utf-8"))
    assert len(imported) > 15
    assert all((source / name).read_text("utf-8") in sent for name in imported)
    assert "@import" not in sent


def test_no_page_breaks_the_policy_in_its_markup(client):
    for path in ("/ko/", "/en/goals/1/", "/ko/sources/goals/", "/en/statements/"):
        markup = client.get(path).content.decode()
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", markup)
        assert not re.search(r"<script(?! type=\"module\" src=\"/static/)", markup)


def test_no_page_shows_a_mistyped_variable():
    for pages in site().values():
        for path, page in pages.items():
            assert MISTYPED not in page.text, path


def test_every_paragraph_leads_to_a_statement_or_says_why_not():
    for language, reason in (("ko", "정책 내용"), ("en", "not policy content")):
        page = site()[language][f"/{language}/sources/goals/"]
        assert sum(ordinal.startswith("p") for ordinal in page.ids) >= 121
        assert reason in page.text
        report = site()[language][f"/{language}/sources/report-2025/"]
        linked = {href for href in report.links if re.search(r"/statements/2", href)}
        assert len(linked) == 111


@pytest.mark.parametrize(
    ("language", "some", "none"),
    [
        (
            "ko",
            "문단 121개 중 29개는 항목으로 만들지 않았습니다.",
            "문단 111개가 모두 항목에 들어 있습니다.",
        ),
        (
            "en",
            "Of 121 paragraphs, 29 are not shown as statements",
            "All 111 paragraphs are in statements.",
        ),
    ],
)
def test_the_sources_say_how_much_of_each_stands_in_statements(
    client, language, some, none
):
    page = client.get(f"/{language}/sources/").content.decode()
    assert some in page
    assert none in page


def test_a_goal_has_one_address(client):
    answer = client.get("/ko/statements/G3/")
    assert (answer.status_code, answer.url) == (301, "/ko/goals/3/")


@pytest.mark.parametrize(
    "path",
    ["goals/6/", "statements/G9/", "statements/2024.A99/", "sources/nothing/"],
)
def test_what_does_not_exist_is_404(client, path):
    assert client.get(f"/en/{path}").status_code == 404


def in_state(code: str, state: PublicationState) -> None:
    with gate(None, Note("시험", "Test")):
        statement = Statement.objects.get(code=code)
        statement.state = state
        statement.save()


def test_a_withdrawn_statement_is_gone_with_its_last_text(client):
    in_state("2025.T4.2.2", PublicationState.WITHDRAWN)
    answer = client.get("/ko/statements/2025.T4.2.2/")
    assert answer.status_code == 410
    assert "두코바니" in answer.content.decode()
    assert "두코바니" not in client.get("/ko/tasks/").content.decode()


@pytest.mark.parametrize("state", ["draft", "in-review"])
def test_a_draft_is_not_public(client, state):
    in_state("G1.C1.1", PublicationState(state))
    assert client.get("/ko/statements/G1.C1.1/").status_code == 404
    assert "한미 동맹 현대화" not in client.get("/ko/goals/1/").content.decode()


def test_untranslated_statements_show_korean_and_say_so(client):
    with gate(None, Note("시험", "Test")):
        statement = Statement.objects.get(code="2025.T4.2.2")
        statement.text_en = ""
        statement.save()
    page = Page(client.get("/en/statements/2025.T4.2.2/").content.decode())
    assert page.in_wrong_language("en") == []
    assert "두코바니" in page.text
    assert re.search("not yet translated", page.text, re.IGNORECASE)
    assert page.title.startswith("2025.T4.2.2")


def test_text_that_differs_from_the_source_says_so(client):
    with gate(None, Note("시험", "Test")):
        statement = Statement.objects.get(code="G1.C1.1")
        statement.text_ko += " 추진"
        statement.save()
    assert "원문과 다름" in client.get("/ko/statements/G1.C1.1/").content.decode()
    untouched = client.get("/ko/statements/G1.C1.2/").content.decode()
    assert "원문과 다름" not in untouched


def test_the_language_switch_keeps_page_and_filters(client):
    page = Page(
        client.get("/ko/tasks/?region=africa&theme=trade-investment").content.decode()
    )
    switches = [href for href in page.links if "/en/tasks/" in href]
    assert any("region=africa&theme=trade-investment" in href for href in switches)


def test_a_link_is_labelled_as_a_draft_and_as_editorial(client):
    korean = client.get("/ko/goals/1/").content.decode()
    assert '<a href="#links-note">초안</a>' in korean
    assert "연결은 이 누리집에서 붙인 정보(원문에 없음)" in korean
    english = client.get("/en/goals/1/").content.decode()
    assert '<a href="#links-note">Draft</a>' in english
    assert "A link is a draft until staff confirm it." in english
    assert "Unofficial translation" in english


def test_what_the_sources_do_not_say_is_shown_as_not_said(client):
    assert "기록 없음" in client.get("/ko/goals/1/").content.decode()
    without_link = Statement.objects.filter(
        kind="key-content", links_to_earlier=None
    ).first()
    number = without_link.code[1]
    assert (
        "기록된 관련 항목 없음" in client.get(f"/ko/goals/{number}/").content.decode()
    )


def test_both_bodies_of_goal_5_are_named(client):
    page = Page(client.get("/en/goals/5/").content.decode())
    assert "Ministry of Foreign Affairs" in page.text
    assert "Overseas Koreans Agency" in page.text
