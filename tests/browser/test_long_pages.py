"""Long pages: a chapter list in view on wide screens, sizes that people can read."""

import pytest

from tests.support.looking import DESKTOP, LANGUAGES, PHONE, address, window

pytestmark = [pytest.mark.audit, pytest.mark.browser]
WITH_CHAPTERS = (
    *("achievements/", "tasks/", "continuity/?goal=2", "glossary/"),
    "sources/report-2025/compare/",
)
READABLE = (
    *("achievements/", "tasks/", "continuity/", "continuity/?goal=1", "timeline/"),
    *("continuity/unlinked/", "timeline/passed/", "glossary/", "figures/", "data/"),
    *("sources/", "sources/goals/", "sources/report-2025/"),
)
#: The share of the letters in view that are 15 pixels or less, in percent.
SHARE_OF_SMALL = """
() => {
  let small = 0, all = 0;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const part = texts.currentNode.parentElement;
    const box = part.getBoundingClientRect();
    if (!part.checkVisibility({checkVisibilityCSS: true})) continue;
    if (box.width <= 1 || part.matches('script, style, option')) continue;
    const letters = texts.currentNode.data.replace(/\\s+/g, ' ').trim().length;
    all += letters;
    if (parseFloat(getComputedStyle(part).fontSize) <= 15.01) small += letters;
  }
  return 100 * small / all;
}
"""
#: Where the chapter list is once the page is scrolled to the middle of its text.
PLACE_OF_LIST = """
() => {
  const list = document.querySelector('.chapters');
  scrollTo(0, document.documentElement.scrollHeight / 2);
  const {top, bottom} = list.getBoundingClientRect();
  return [top, bottom, innerHeight];
}
"""


@pytest.fixture(scope="module")
def page(chromium, portal):
    with window(chromium, portal) as page:
        yield page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", WITH_CHAPTERS)
def test_the_chapter_list_stays_in_view_and_leads_to_its_chapters(page, language, path):
    page.set_viewport_size(DESKTOP)
    page.goto(address(language, path))
    top, bottom, height = page.evaluate(PLACE_OF_LIST)
    assert 0 <= top < bottom <= height
    links = page.locator(".chapters a")
    targets = links.evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert len(targets) > 1
    for target in targets:
        assert page.locator(f'[id="{target[1:]}"]').count() == 1
    page.set_viewport_size(PHONE)
    page.goto(address(language, path))
    _top, bottom, _height = page.evaluate(PLACE_OF_LIST)
    assert bottom < 0, "it covers what is focused"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", READABLE)
def test_at_most_two_letters_of_five_are_small(page, language, path):
    page.set_viewport_size(DESKTOP)
    page.goto(address(language, path))
    assert page.evaluate(SHARE_OF_SMALL) <= 40


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("goal", range(1, 6))
def test_each_drawing_of_links_fits_on_a_screen(page, language, goal):
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(address(language, f"continuity/?goal={goal}"))
    heights = page.locator(".flow").evaluate_all(
        "flows => flows.map(flow => flow.getBoundingClientRect().height)"
    )
    assert heights
    assert max(heights) <= 900
