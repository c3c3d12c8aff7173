"""What a statement's page is good for: source, citation, markup to embed, JSON."""

import html
import re

import pytest

from tests.support.crawling import Page
from tests.support.rows import statement

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
LANGUAGES = ("ko", "en")
CODES = ("G1.C2", "2024.A3.4", "2025.T3.3.2.1", "2024.A7")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_the_uses_stand_together_and_lead_where_they_say(client, language, code):
    text = client.get(f"/{language}/statements/{code}/").content.decode()
    page = Page(text)
    group = Page(text.partition('<ul class="actions"')[2].partition("</ul>")[0])
    for anchor in ("source", "cite", "embed"):
        assert f"#{anchor}" in group.links
        assert anchor in page.ids
    assert client.get(f"/api/v1/statements/{code}/").json()["code"] == code
    assert f"/api/v1/statements/{code}/" in group.links


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_the_markup_to_embed_shows_this_statement_alone(client, language, code):
    text = client.get(f"/{language}/statements/{code}/").content.decode()
    snippet = html.unescape(
        re.search(r'id="embed-code"[^>]*>(.*?)</textarea>', text)[1]
    )
    source = re.search(r'<iframe src="http://testserver([^"]+)"', snippet)[1]
    assert re.search(r' title="[^"]+"', snippet)
    shown = client.get(source)
    assert [statement.code for statement in shown.context["statements"]] == [code]
    (statement,) = shown.context["statements"]
    page = Page(shown.content.decode())
    for part in f"{statement.title}▴{statement.text}".split("▴"):
        assert part.strip() in page.text
    assert "▴" not in page.text


def test_without_javascript_nothing_offers_to_copy(client):
    text = client.get("/en/statements/G1.C2/").content.decode()
    assert 'class="copy"' not in text
    assert 'data-copy="Copy quote"' in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path", [*(f"statements/{code}/" for code in CODES), "goals/4/"]
)
def test_the_quotation_has_both_languages_source_lines_and_address(
    client, language, path
):
    answer = client.get(f"/{language}/{path}")
    one = statement("G4" if path == "goals/4/" else path.split("/")[1])
    found = re.findall(
        r'<textarea[^>]* id="quote-(\w+)"[^>]*>(.*?)</textarea>',
        answer.content.decode(),
        re.S,
    )
    text, markup = (html.unescape(source) for _name, source in found)
    assert [name for name, _source in found] == ["text", "html"]
    address = f"http://testserver/{language}/{path}"
    for wording in (one.title_ko, one.text_ko, one.title_en, one.text_en):
        for part in filter(None, map(str.strip, wording.split("▴"))):
            assert part in text
            assert part in html.unescape(markup)
    for quotation in (text, markup):
        assert {"ko": "영어: 비공식 번역", "en": "English: unofficial"}[
            language
        ] in quotation
        assert one.code in quotation
        assert address in quotation
    korean = (one.title_ko or one.text_ko).lstrip("▴ ")
    assert text.lstrip("- ").startswith(korean[:4])
    assert f'<a href="{address}">' in markup


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_statement_leads_to_the_one_before_and_the_one_after(client, language):
    page = Page(client.get(f"/{language}/statements/G1.C1/").content.decode())
    assert f"/{language}/statements/G1.O1/" in page.links
    assert f"/{language}/statements/G1.C1.1/" in page.links
    first = client.get(f"/{language}/statements/2024.A/").context["neighbours"]
    assert first[0]["statement"] is None
    assert first[1]["statement"].code == "2024.A1"
