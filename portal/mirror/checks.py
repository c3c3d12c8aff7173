"""The checks of a copy before readers get it."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from portal.mirror.addresses import file_of
from portal.mirror.crawl import Crawl


def faults(crawl: Crawl, folder: Path) -> list[str]:
    """The faults of a copy, a line each; none where readers may have it."""
    found = [*crawl.failures, *lost_links(crawl, folder), *lost_languages(crawl)]
    empty = (name for name in sorted(crawl.files) if not (folder / name).stat().st_size)
    return [*found, *(f"{name}: the file is empty" for name in empty)]


def lost_links(crawl: Crawl, folder: Path) -> Iterator[str]:
    """Links that lead to no file of the copy, or to no place on a page of it."""
    for place, page in sorted(crawl.pages.items()):
        for target, fragment in sorted(page.links):
            if not (folder / file_of(target)).is_file():
                yield f"{place}: a link leads to {target}, which is missing"
            elif fragment and not has_fragment(crawl, target, fragment):
                yield f"{place}: a link leads to {target}#{fragment}, which is missing"


def has_fragment(crawl: Crawl, target: str, fragment: str) -> bool:
    page = crawl.pages.get(target)
    return page is None or fragment in page.ids or fragment.startswith(":~:")


def lost_languages(crawl: Crawl) -> Iterator[str]:
    """Pages that one of the languages has not."""
    prefixes = [f"/{code}/" for code, _name in settings.LANGUAGES]
    for place in sorted(crawl.pages):
        own = next((one for one in prefixes if place.startswith(one)), None)
        if own is None:
            continue
        for other in prefixes:
            twin = other + place.removeprefix(own)
            if twin not in crawl.pages:
                yield f"{place}: {twin} is missing"
