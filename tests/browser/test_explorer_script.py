"""The explorer with JavaScript: the same pages, without a reload."""

import csv
import io
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.support.looking import DESKTOP, PHONE, look

pytestmark = pytest.mark.browser
#: As many times the Tab key leads from the top of the page to the first result.
MOST_STOPS = 12
IS_AT_THE_SKIP_LINK = "document.activeElement.hash === '#results'"
ACHIEVEMENTS = "/en/statements/?kind=achievement"


@pytest.fixture
def reader(chromium, portal):
    page, complaints = look(chromium, portal)
    page.goto("/en/statements/")
    page.evaluate("window.isTheSamePage = true")
    yield page
    assert page.evaluate("window.isTheSamePage")
    assert complaints == []
    page.context.close()


def apply(page, name: str) -> None:
    page.get_by_role("checkbox", name=name, exact=True).check()
    page.get_by_role("button", name="Apply filters").click()


@contextmanager
def held(page, pattern: str):
    """Holds back every answer to these addresses to the end, when the browser must have
    given up the request: no answer that is late can then replace what is shown.
    """
    page.route(lambda url: url.endswith(pattern), lambda route: None)
    with page.expect_event("requestfailed", lambda it: it.url.endswith(pattern)):
        yield


def test_filters_apply_without_a_reload_and_the_way_back_works(reader):
    apply(reader, "Achievement 25 statements")
    reader.wait_for_url("**/en/statements/?kind=achievement")
    found = reader.locator("#found")
    expect(found).to_be_focused()
    expect(found).to_have_text("25 statements")
    switch = reader.locator("a.other-language").get_attribute("href")
    assert switch.endswith("/ko/statements/?kind=achievement")
    reader.get_by_role("link", name="Table").click()
    expect(reader.locator("table.statement-table")).to_be_visible()
    reader.go_back()
    expect(reader.locator("ol.rows")).to_be_visible()
    reader.go_back()
    expect(found).to_have_text("145 statements")
    expect(reader.get_by_role("checkbox", name="Achievement 25")).not_to_be_checked()
    reader.go_forward()
    expect(reader.get_by_role("checkbox", name="Achievement 25")).to_be_checked()


def test_the_last_request_wins_however_late_the_first_is_answered(reader):
    with held(reader, ACHIEVEMENTS):
        with reader.expect_request("**" + ACHIEVEMENTS):
            apply(reader, "Achievement 25 statements")
        reader.get_by_role("link", name="Table").click()
    expect(reader.locator("table.statement-table")).to_be_visible()
    expect(reader.locator("#found")).to_have_text("145 statements")
    assert reader.url.endswith("?view=table")
    expect(reader.locator("[data-explorer]")).not_to_have_attribute("aria-busy", "true")


def test_a_step_back_takes_back_what_is_under_way(reader):
    apply(reader, "Achievement 25 statements")
    reader.wait_for_url("**" + ACHIEVEMENTS)
    with held(reader, ACHIEVEMENTS + "&kind=task"):
        with reader.expect_request("**" + ACHIEVEMENTS + "&kind=task"):
            apply(reader, "Task 48 statements")
        reader.go_back()
    expect(reader.locator("#found")).to_have_text("145 statements")
    expect(reader.locator(".filters input:checked")).to_have_count(0)
    expect(reader.locator("[data-explorer]")).not_to_have_attribute("aria-busy", "true")
    assert reader.url.endswith("/en/statements/")


def test_the_first_result_is_few_stops_away_and_the_skip_link_asks_for_nothing(reader):
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    stops = 0
    while stops < MOST_STOPS and not reader.evaluate(IS_AT_THE_SKIP_LINK):
        reader.keyboard.press("Tab")
        stops += 1
    reader.keyboard.press("Enter")
    expect(reader.locator("#results")).to_be_focused()
    reader.keyboard.press("Tab")
    expect(reader.locator("ol.rows a.code").first).to_be_focused()
    assert stops + 1 <= MOST_STOPS
    reader.go_back()
    reader.wait_for_url("**/en/statements/")
    assert asked == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_what_a_filter_finds_is_a_file_in_two_clicks(reader, size):
    apply(reader, "Achievement 25 statements")
    reader.wait_for_url("**" + ACHIEVEMENTS)
    reader.set_viewport_size(size)
    with reader.expect_download() as started:
        reader.get_by_role("link", name="CSV", exact=True).click()
    text = started.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["kind"] for row in rows] == ["achievement"] * 25


def test_the_head_and_the_search_of_the_site_follow_the_filter(reader):
    def attribute(selector: str, name: str) -> str:
        return reader.locator(selector).first.get_attribute(name) or ""

    expect(reader.locator("meta[name=robots]")).to_have_count(0)
    apply(reader, "Achievement 25 statements")
    reader.wait_for_url("**/?kind=achievement")
    expect(reader.locator("meta[name=robots]")).to_have_count(1)
    expect(reader.locator("link[rel=canonical]")).to_have_count(1)
    feed = attribute("link[type='application/atom+xml']", "href")
    assert feed.endswith("?kind=achievement")
    reader.get_by_role("search").locator("input[type=search]").fill("APEC")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/en/statements/?q=APEC&kind=achievement")
    assert reader.title().startswith("Search results for “APEC”")
    reader.evaluate("window.isTheSamePage = true")


def test_the_row_is_its_links_and_no_text_is_underlined(reader):
    row = reader.locator("ol.rows > .row").first
    row.scroll_into_view_if_needed()
    text = row.locator(".wording")
    assert text.evaluate("e => getComputedStyle(e).textDecorationLine") == "none"
    tag = row.locator(".tags a").first
    box = tag.bounding_box()
    assert box
    hit = "([x, y]) => document.elementFromPoint(x, y).closest('a').pathname"
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    assert reader.evaluate(hit, middle) == tag.get_attribute("href")
    place = text.bounding_box()
    assert place
    middle = [place["x"] + 40, place["y"] + 8]
    code = row.locator("a.code").get_attribute("href")
    assert reader.evaluate(hit, middle) == code
