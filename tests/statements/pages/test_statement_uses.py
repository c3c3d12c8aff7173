"""What a statement's page is good for: source, citation, markup to embed, JSON."""

import html
import re

import pytest

from tests.support.crawling import Page

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
    snippet = html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", text)[1])
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
    assert 'data-copy="Copy the citation (Korean)"' in text
