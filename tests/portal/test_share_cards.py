"""The title, words and picture that messengers show of a link to a page."""

import re
import struct

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.translation import override

from scripts import share_images
from statements.gate import gate
from tests.support.looking import PAGES, address
from tests.support.rows import save, statement
from tests.support.staff import NOTE

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["ko", "en"])
META = re.compile(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]*)"')
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]+)"')
#: Of no page of its own: what other sites frame, and what is not there.
CARDLESS = {"statements/embed/?region=africa", "nowhere/"}
TERRITORIES = {"ko": "ko_KR", "en": "en_US"}


def card(page: str) -> dict[str, str]:
    """What the page is shared with; each once."""
    told = META.findall(page)
    assert len(dict(told)) == len(told)
    return dict(told)


def shared(client, path: str) -> dict[str, str]:
    return card(client.get(path).content.decode())


@LANGUAGES
@pytest.mark.parametrize("path", [path for path in PAGES if path not in CARDLESS])
def test_every_public_page_has_a_card(client, language, path):
    page = client.get(address(language, path)).content.decode()
    told = card(page)
    assert told["og:title"] and told["og:description"] and told["og:image:alt"]
    assert told["og:url"] == CANONICAL.search(page)[1]
    assert told["og:type"] == "website"
    [other] = {"ko", "en"} - {language}
    assert told["og:locale"] == TERRITORIES[language]
    assert told["og:locale:alternate"] == TERRITORIES[other]
    with override(language):
        assert told["og:site_name"] == str(settings.SITE_NAME)
    assert told["og:image"].startswith(f"{settings.SITE_URL}/static/share/{language}.")
    assert told["twitter:card"] == "summary_large_image"


def test_a_statement_is_shared_with_its_number_and_its_sentence(client):
    made = statement("2025.T1.1.1")
    korean = shared(client, "/ko/statements/2025.T1.1.1/")
    assert korean["og:title"].startswith("2025.T1.1.1 ")
    assert korean["og:description"] == made.text_ko
    english = shared(client, "/en/statements/2025.T1.1.1/")
    assert english["og:title"].startswith("2025.T1.1.1 Seek")
    assert english["og:description"] == f"Unofficial translation: {made.text_en}"


def test_a_long_sentence_ends_at_a_word(client):
    with gate(None, NOTE):
        save(statement("2025.T1.1.1"), text_ko="낱말 " * 99 + "끝")
    told = shared(client, "/ko/statements/2025.T1.1.1/")["og:description"]
    assert told == " ".join(["낱말"] * 30) + " …"


def test_english_that_is_missing_is_no_card_in_korean(client):
    with gate(None, NOTE):
        save(statement("2025.T1.1.1"), text_en="")
    told = shared(client, "/en/statements/2025.T1.1.1/")
    assert (told["og:title"], told["og:description"]) == (
        "2025.T1.1.1",
        "Not yet translated",
    )


@LANGUAGES
def test_the_first_page_is_shared_under_the_name_of_the_site(client, language):
    told = shared(client, f"/{language}/")
    assert told["og:title"] == told["og:site_name"]


@pytest.mark.parametrize("path", ["/ko/nothing/", "/en/nothing/", "/admin/login/"])
def test_errors_and_the_pages_of_staff_have_none(client, path):
    assert shared(client, path) == {}


@LANGUAGES
def test_the_picture_is_what_the_script_draws(language):
    with open(finders.find(f"share/{language}.png"), "rb") as file:
        png = file.read()
    assert struct.unpack(">II", png[16:24]) == (1200, 630)
    assert len(png) < 60_000
    drawn_from = share_images.fingerprint_of(share_images.drawing_of(language))
    text = png[share_images.HEAD + 8 :].split(b"\0", 1)
    assert text[0] == share_images.KEYWORD, "draw it: python -m scripts.share_images"
    assert text[1].startswith(drawn_from), "draw it: python -m scripts.share_images"
