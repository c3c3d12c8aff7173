"""Every page by keyboard alone: each stop is seen, none is hidden, none is a trap."""

import pytest

from tests.support.looking import DESKTOP, LANGUAGES, PAGES, PHONE, address, window

pytestmark = [pytest.mark.audit, pytest.mark.browser]
#: Each with the stops looked at; the longest lists repeat themselves after that.
VIEWPORTS = {"desk": (DESKTOP, 100), "phone": (PHONE, 50)}
AT_ONCE = 25

#: Notes each stop at the moment of its focus, until the first is reached again.
NOTE_STOPS = """
() => {
  const elements = [];
  window.stops = [];
  window.isRound = false;
  document.addEventListener('focusin', ({target}) => {
    window.isRound ||= target === elements[0];
    if (window.isRound) return;
    const before = elements.at(-1);
    const isNew = !elements.includes(target);
    elements.push(target);
    const box = target.getBoundingClientRect();
    const at = document.elementFromPoint(
      Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1),
      Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1));
    const around = [];
    for (let part = target; part !== document.body; part = part.parentElement)
      around.push(getComputedStyle(part));
    window.stops.push({
      html: target.outerHTML.slice(0, 120),
      outlined: around.some(style =>
        style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2),
      seen: [target, target.labels?.[0]].some(
        part => part && at && (part.contains(at) || at.contains(part))),
      inOrder: isNew && (!before || Boolean(
        before.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING)),
    });
  });
}
"""


@pytest.fixture(scope="module")
def page(chromium, portal):
    with window(chromium, portal) as page:
        yield page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("viewport", VIEWPORTS)
def test_page_by_keyboard(page, language, path, viewport):
    size, most_stops = VIEWPORTS[viewport]
    page.set_viewport_size(size)
    page.goto(address(language, path))
    page.evaluate(NOTE_STOPS)
    for _ in range(most_stops // AT_ONCE):
        for _ in range(AT_ONCE):
            page.keyboard.down("Tab")
        if page.evaluate("window.isRound"):
            break
    page.keyboard.up("Tab")
    stops = page.evaluate("window.stops")
    for fault in ("outlined", "seen", "inOrder"):
        assert [stop["html"] for stop in stops if not stop[fault]] == [], fault
    assert len(stops) > (1 if "embed" in path else 5)
