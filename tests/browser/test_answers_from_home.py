"""What people come for, in as few clicks from the home page as they were promised."""

import csv

import pytest
from playwright.sync_api import expect

from tests.support.looking import DESKTOP, look

pytestmark = pytest.mark.browser
COLUMNS = ("wants", "did", "will-do")
MENU = {"ko": "지역·주제", "en": "Regions and themes"}
TOPICS = {
    "ko": ("아프리카", "경제안보·공급망"),
    "en": ("Africa", "Economic security and supply chains"),
}
JAPAN = {"ko": "일본", "en": "Japan"}
FILE = {"ko": "CSV 파일", "en": "CSV file"}


@pytest.fixture(params=["ko", "en"])
def home(request, chromium, portal):
    page, complaints = look(chromium, portal, viewport=DESKTOP)
    page.goto(f"/{request.param}/")
    yield page, request.param
    page.context.close()
    assert complaints == []


def test_japan_is_answered_whole_and_taken_away_in_two_clicks(home):
    page, language = home
    page.locator("main").get_by_role(
        "link", name=JAPAN[language], exact=True
    ).first.click()
    expect(page.locator("h1")).to_have_text(JAPAN[language])
    tops = {page.locator(f"#{column}").bounding_box()["y"] for column in COLUMNS}
    assert len(tops) == 1, "the three answers stand side by side"
    shown = page.locator(".dossier-columns .said").count()
    with page.expect_download() as download:
        page.get_by_role("link", name=FILE[language], exact=True).click()
    with download.value.path().open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) == shown > 0


@pytest.mark.parametrize("place", [0, 1], ids=["region", "theme"])
def test_a_region_and_a_theme_are_answered_in_two_clicks(home, place):
    page, language = home
    name = TOPICS[language][place]
    page.get_by_role("navigation").get_by_role("link", name=MENU[language]).click()
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()
    expect(page.locator("h1")).to_have_text(name)
    answers = page.locator(".dossier-columns section")
    expect(answers).to_have_count(len(COLUMNS))
    for answer in answers.all():
        expect(answer.locator(".said, .nothing").first).to_be_visible()


def test_a_statement_gives_its_citation_in_one_click(home):
    page, language = home
    page.goto(f"/{language}/statements/G1.C1.1/")
    sentence = page.locator("#quote-text").input_value().splitlines()[0]
    assert not page.locator("#quote-text").is_visible()
    page.locator(".cite summary").click()
    expect(page.locator("#quote-text")).to_be_visible()
    assert sentence.strip('“”"') in page.locator("main").inner_text()
