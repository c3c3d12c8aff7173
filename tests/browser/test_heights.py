"""Pages stay as short as readers were promised, in both languages."""

import pytest

from tests.support.looking import LANGUAGES, address, window

pytestmark = [pytest.mark.audit, pytest.mark.browser]
#: The most pixels of a page: at 1440 wide, and at 360 wide.
MOST_PIXELS = {
    "": (3000, 4500),
    "statements/": (4000, 8000),
    "statements/G1.C1/": (2000, 3000),
    "goals/1/": (3400, 5500),
}
BOTTOM_OF_HEADER = """
() => document.querySelector('.masthead').getBoundingClientRect().bottom
"""
TOP_OF_FIRST_OBJECTIVE = """
() => document.querySelector('.goal .sentence .wording').getBoundingClientRect().top
"""


@pytest.fixture(scope="module")
def page(chromium, portal):
    """A page in the portal's own fonts: those that come too late for a first view, as
    on a slow machine, are waited for.
    """
    with window(chromium, portal) as page:
        page.route("**/static/fonts/*.css", wait_for_fonts)
        yield page


def wait_for_fonts(route) -> None:
    sheet = route.fetch()
    assert "font-display: optional" in sheet.text()
    body = sheet.text().replace("font-display: optional", "font-display: block")
    route.fulfill(response=sheet, body=body)


def open_page(page, language: str, path: str) -> None:
    page.goto(address(language, path))
    page.evaluate("document.fonts.ready.then(() => document.fonts.size)")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", MOST_PIXELS)
def test_a_page_is_no_taller_than_promised(page, language, path):
    heights = []
    for width in (1440, 360):
        page.set_viewport_size({"width": width, "height": 740})
        open_page(page, language, path)
        heights.append(page.evaluate("document.documentElement.scrollHeight"))
    wide, narrow = MOST_PIXELS[path]
    assert heights[0] <= wide
    assert heights[1] <= narrow


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_header_with_its_strip_leaves_a_desk_to_the_page(page, language):
    page.set_viewport_size({"width": 1280, "height": 740})
    for path in MOST_PIXELS:
        open_page(page, language, path)
        assert page.evaluate(BOTTOM_OF_HEADER) <= 120


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_sentence_of_a_goal_is_on_the_first_screen_of_a_phone(page, language):
    page.set_viewport_size({"width": 360, "height": 740})
    open_page(page, language, "goals/1/")
    assert page.evaluate(TOP_OF_FIRST_OBJECTIVE) < 740
