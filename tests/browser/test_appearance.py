"""Every page type, in every way that a reader may have it look."""

import pytest

from tests.support.looking import (
    DESKTOP,
    LANGUAGES,
    LONG,
    PAGES,
    PHONE,
    address,
    choose,
    violations,
    width_of,
    window,
)

pytestmark = [pytest.mark.audit, pytest.mark.browser]
#: What a mode promises beyond level AA.
PROMISED = {"dark": (), "contrast": ("color-contrast-enhanced",)}
#: Each mode at each width; in one language there, in the other at the other width.
VIEWS = [
    ("dark", DESKTOP, "ko"),
    ("dark", PHONE, "en"),
    ("contrast", DESKTOP, "en"),
    ("contrast", PHONE, "ko"),
]
#: With the markup of the longest pages, which test_browser.py looks at in full.
SHORTER = [path for path in PAGES if path not in LONG]

TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }
"""
ADD_STYLE = """
(rules) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [sheet];
}
"""
CUT_OFF = """
() => [...document.querySelectorAll('main *')].filter(element =>
    getComputedStyle(element).overflow === 'hidden'
    && !element.closest('.vh, svg')
    && element.scrollHeight > element.clientHeight + 1
    && element.textContent.trim()).map(element => element.outerHTML.slice(0, 120))
"""


@pytest.fixture(scope="module")
def page(chromium, portal):
    with window(chromium, portal) as page:
        yield page


@pytest.fixture(scope="module")
def page_without_javascript(chromium, portal):
    with window(chromium, portal, java_script_enabled=False) as page:
        yield page


@pytest.mark.parametrize("path", SHORTER)
@pytest.mark.parametrize(("mode", "size", "language"), VIEWS)
def test_page_is_accessible_in_every_mode(page, portal, path, mode, size, language):
    choose(page, portal, mode=mode)
    page.set_viewport_size(size)
    page.goto(address(language, path))
    assert violations(page, *PROMISED[mode]) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_page_fits_320_pixels_at_every_text_size(page, portal, language, path):
    choose(page, portal, scale="150")
    page.set_viewport_size(PHONE)
    page.goto(address(language, path))
    assert width_of(page) <= PHONE["width"]
    page.evaluate(ADD_STYLE, "html { font-size: 200% !important; }")
    assert width_of(page) <= PHONE["width"]
    page.set_viewport_size({"width": 640, "height": 800})
    assert width_of(page) <= 640


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_page_serves_every_way_of_reading(
    page, page_without_javascript, portal, language, path
):
    """One visit for all: forced colors and no motion, no script, wider spacing."""
    choose(page, portal)
    page.set_viewport_size(DESKTOP)
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.goto(address(language, path))
    found = [] if path in LONG else violations(page)
    moving = page.evaluate("document.getAnimations().length")
    page.emulate_media(forced_colors="none", reduced_motion="no-preference")
    assert found == []
    assert moving == 0
    assert_says_the_same(page, page_without_javascript, address(language, path))
    page.set_viewport_size(PHONE)
    page.evaluate(ADD_STYLE, TEXT_SPACING)
    assert page.evaluate("getComputedStyle(document.body).letterSpacing") != "normal"
    assert page.evaluate(CUT_OFF) == []
    assert width_of(page) <= PHONE["width"]


def assert_says_the_same(page, page_without_javascript, path: str) -> None:
    page_without_javascript.set_viewport_size(DESKTOP)
    page_without_javascript.goto(path)
    # Without a script there is no clipboard to copy to, and no button to print with.
    for made in ("button.copy", "[data-print] > li:has(> button)"):
        page.evaluate(
            "made => document.querySelectorAll(made).forEach(part => part.remove())",
            made,
        )
    said = page.locator("body").inner_text()
    assert said == page_without_javascript.locator("body").inner_text()
    assert len(said) > 100
