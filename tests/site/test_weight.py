"""What a page weighs on the wire, first and repeated."""

from collections import Counter
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import pytest

from tests.support.looking import LANGUAGES, PAGES, address, look

pytestmark = [pytest.mark.audit, pytest.mark.browser]
KB = 1000
#: Frames that a busy machine may take until all that was asked for is there.
PATIENCE = 3000
FRAME = "new Promise(done => requestAnimationFrame(done))"
#: What comes into view with the letters is asked for before the second frame after.
ALL_IS_SHOWN = f"document.fonts.ready.then(() => {FRAME}).then(() => {FRAME})"
MOST = {"ko": 200 * KB, "en": 120 * KB}


def received(page, path: str) -> dict[str, int]:
    """Bytes received for each address, headers included, of one view."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    names: dict[str, str] = {}
    awaited: set[str] = set()
    sizes: dict[str, int] = {}

    def named(event) -> None:
        names[event["requestId"]] = event["request"]["url"]
        awaited.add(event["requestId"])

    def finished(event) -> None:
        awaited.discard(event["requestId"])
        name = names.get(event["requestId"])
        if name is None:
            return  # asked for by the view before this one
        if not name.startswith("data:"):  # the browser's own picture in a date field
            sizes[name] = int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", named)
    session.on("Network.loadingFinished", finished)
    session.on("Network.loadingFailed", lambda e: awaited.discard(e["requestId"]))
    page.goto(path)
    page.evaluate(ALL_IS_SHOWN)
    for _ in range(PATIENCE):
        page.evaluate(FRAME)
        if not awaited:
            break
    assert not awaited
    session.detach()
    return sizes


def sizes_by_kind(sizes: dict[str, int]) -> Counter:
    total = Counter()
    for name, size in sizes.items():
        path = PurePosixPath(urlsplit(name).path)
        is_file = "static" in path.parts
        total[path.suffix.removeprefix(".") if is_file else "html"] += size
    return total


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_pages_are_light(chromium, portal, language, path):
    page, _ = look(chromium, portal, viewport={"width": 390, "height": 844})
    first = received(page, address(language, path))
    again = received(page, address(language, path))
    page.context.close()
    assert all(name.startswith(portal) for name in first)
    by_kind = sizes_by_kind(first)
    assert by_kind["html"] <= 25 * KB
    assert by_kind["css"] <= 20 * KB
    assert by_kind["js"] <= 10 * KB
    assert sum(first.values()) <= MOST[language]
    assert sum(again.values()) <= 30 * KB
