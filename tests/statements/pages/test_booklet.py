"""A whole document as a booklet: every statement in it, on numbered pages."""

import re

import pytest

from statements.models import Document
from tests.support import factories
from tests.support.crawling import Page
from tests.support.documents.drafts import draft_document
from tests.support.looking import PHONE, look, width_of

pytestmark = pytest.mark.django_db
SLUGS = ("goals", "report-2025")
#: Bytes of a compressed page, as of every other.
HEAVIEST = 25_000


def words(text: str) -> str:
    return re.sub(r"[\s▴•]", "", text)


def texts_of(slug: str, language: str) -> list[str]:
    statements = Document.objects.get(slug=slug).statements.published()
    names = (f"title_{language}", f"text_{language}")
    return [words(text) for row in statements.values_list(*names) for text in row]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_booklet_has_every_statement_with_its_number(client, slug):
    for path, languages in (
        (f"/ko/sources/{slug}/booklet/", "ko"),
        (f"/en/sources/{slug}/booklet/", "en"),
        (f"/en/sources/{slug}/booklet/?text=both", "ko en"),
    ):
        page = Page(client.get(path).content.decode())
        said = words(page.text)
        for language in languages.split():
            assert [text for text in texts_of(slug, language) if text not in said] == []
        for one in Document.objects.get(slug=slug).statements.published():
            assert one.code in page.text
        assert page.weight <= HEAVIEST, (path, page.weight)
        assert not page.in_wrong_language(path[1:3])
        assert len(page.headings) == 1


def test_the_english_booklet_says_that_it_is_no_official_translation(client):
    said = "Unofficial translation. If the two differ"
    assert said in client.get("/en/sources/goals/booklet/").text
    assert said not in client.get("/ko/sources/goals/booklet/").text
    assert "비공식 번역" in client.get("/ko/sources/goals/booklet/?text=both").text


def test_a_booklet_is_of_public_documents_alone(client):
    draft = draft_document(1, factories.staff_member())
    assert client.get(f"/en/sources/{draft.slug}/booklet/").status_code == 404
    assert "/en/sources/goals/booklet/" in client.get("/en/sources/goals/").text


def test_its_queries_do_not_grow_with_the_document(
    client, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        client.get("/ko/sources/report-2025/booklet/?text=both")


@pytest.mark.browser
@pytest.mark.parametrize("slug", SLUGS)
def test_a_browser_prints_it_on_several_pages_with_all_its_words(
    portal, chromium, slug
):
    page, complaints = look(chromium, portal, viewport=PHONE)
    page.goto(f"/ko/sources/{slug}/booklet/")
    assert width_of(page) <= PHONE["width"]
    page.emulate_media(media="print")
    said = words(page.inner_text("main"))
    assert [text for text in texts_of(slug, "ko") if text not in said] == []
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    page.context.close()
    pages = len(re.findall(rb"/Type /Page\b(?!s)", printed))
    assert printed.startswith(b"%PDF-")
    assert 3 <= pages <= 40
    assert len(printed) > 50_000
    assert complaints == []
