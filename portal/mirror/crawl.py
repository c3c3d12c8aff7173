"""The crawl: from the site map and the home pages to everything that they lead to."""

import shutil
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from urllib.parse import quote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from portal.mirror.addresses import (
    about_copies,
    clean_address,
    file_of,
    language_of_path,
    place_of,
)
from portal.mirror.page_copy import PageCopy
from portal.mirror.portal_answers import PortalAnswer, PortalReader

#: Static files that no page of readers has, and twins that servers make themselves.
OF_DESK, COMPRESSED = ("admin", "manual"), (".br", ".gz")
SITEMAP_ADDRESS = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@dataclass
class CopiedPage:
    """A page as the checks see it: its ids, and the places and fragments it names."""

    ids: set[str] = field(default_factory=set)
    links: set[tuple[str, str]] = field(default_factory=set)


class Crawl:
    """Writes the portal into a folder. `pages` are by their places; `failures` say
    which addresses had no answer to copy.
    """

    def __init__(self, folder: Path, made_at: datetime) -> None:
        self.folder, self.made_at = folder, made_at
        self.portal = PortalReader()
        self.pages: dict[str, CopiedPage] = {}
        self.files: set[str] = set()
        self.failures: list[str] = []
        self.places: dict[str, str | None] = {}
        self.waiting: deque[str] = deque()
        self.answers: dict[str, PortalAnswer] = {}
        self.notices = {code: self.notice(code) for code, _name in settings.LANGUAGES}

    def run(self) -> None:
        for address in self.beginnings():
            self.place(address)
        while self.waiting:
            self.copy(self.waiting.popleft())
        copy_static_files(self.folder)

    def beginnings(self) -> list[str]:
        """The addresses that no link need lead to."""
        begin = ["/", reverse("sitemap"), reverse("robots")]
        for code, _name in settings.LANGUAGES:
            with override(code):
                begin += [reverse("home"), reverse("mirror")]
        parts = self.listed_in(reverse("sitemap"))
        pages = [address for part in parts for address in self.listed_in(part)]
        return begin + parts + pages if pages else []

    def listed_in(self, address: str) -> list[str]:
        """The addresses in the index of the site map, or in a part of it."""
        answer = self.portal.get(address)
        if answer.status != 200:
            self.failures.append(f"{address}: {answer.status}")
            return []
        locations = ElementTree.fromstring(answer.body).iter(SITEMAP_ADDRESS)
        return [urlsplit(where.text or "").path for where in locations]

    def place(self, address: str) -> str | None:
        """The place of an address in the copy, which is asked for sooner or later."""
        if address not in self.places:
            place = place_of(address)
            if place and "." not in place.rpartition("/")[2] and place[-1] != "/":
                place = self.place_by_name(address, place)
            self.places[address] = place
            if place:
                self.waiting.append(address)
        return self.places[address]

    def place_by_name(self, address: str, place: str) -> str:
        """The place of a file that has its name in its answer, not in its address."""
        answer = self.answers[address] = self.portal.get(address)
        return f"{place.rpartition('/')[0]}/{quote(answer.filename or 'file')}"

    def copy(self, address: str) -> None:
        answer = self.answers.pop(address, None) or self.portal.get(address)
        place = self.places[address]
        assert place, "what waits has a place"
        body = answer.body
        if answer.is_moved:
            body = self.rewritten(address, place, self.moved(address, answer))
        elif answer.status != 200:
            self.failures.append(f"{address}: {answer.status}")
            return
        elif answer.is_page:
            body = self.rewritten(address, place, body.decode())
        self.write(address, place, body)

    def write(self, address: str, place: str, body: bytes) -> None:
        file = self.folder / file_of(place)
        if file_of(place) in self.files:
            self.failures.append(f"{address}: another address has its place, {place}")
            return
        self.files.add(file_of(place))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)

    def rewritten(self, address: str, place: str, markup: str) -> bytes:
        """The markup as the copy has it; notes the page for the checks."""
        page = self.pages[place] = CopiedPage()

        def locate(link: str) -> str | None:
            return self.locate(address, place, link, page)

        language = language_of_path(address)
        elsewhere = about_copies(address)
        written = PageCopy(
            markup,
            locate,
            notice=self.notices[language],
            elsewhere=elsewhere,
            instead=partial(words_for_form, language),
        )
        page.ids = written.ids
        page.links.add((elsewhere, ""))
        return written.markup.encode()

    def locate(
        self, address: str, place: str, link: str, page: CopiedPage
    ) -> str | None:
        whole, fragment = urldefrag(urljoin(settings.SITE_URL + address, link))
        target = urlsplit(whole)
        if target.netloc != urlsplit(settings.SITE_URL).netloc:
            return link
        if target.path.startswith(settings.STATIC_URL):
            page.links.add((target.path, ""))
            return target.path
        found = self.place(clean_address(target.path or "/", target.query))
        if found is None:
            return None
        page.links.add((found, fragment))
        if found == place and fragment:
            return f"#{fragment}"
        return f"{found}#{fragment}" if fragment else found

    def notice(self, language: str) -> str:
        """The words at the top of every page, first in its own language."""
        languages = sorted(settings.LANGUAGES, key=lambda pair: pair[0] != language)
        context = {"languages": languages, "made_at": self.made_at}
        with override(language):
            return render_to_string("portal/mirror/notice.html", context)

    def moved(self, address: str, answer: PortalAnswer) -> str:
        """A page that leads on, as a server of files cannot by itself."""
        link = urljoin(settings.SITE_URL + address, answer.location)
        target = urlsplit(link)
        place = self.place(clean_address(target.path, target.query))
        context = {"target": place or about_copies(address), "link": link}
        with override(language_of_path(target.path)):
            return render_to_string("portal/mirror/moved.html", context)


@cache
def words_for_form(language: str, is_search: bool) -> str:
    with override(language):
        context = {"about_copies": reverse("mirror"), "is_search": is_search}
        return render_to_string("portal/mirror/instead_of_form.html", context).strip()


def copy_static_files(folder: Path) -> None:
    """All of what pages and sheets may refer to; the desk's own are left out."""
    root = Path(settings.STATIC_ROOT)
    for file in root.rglob("*"):
        name = file.relative_to(root)
        is_left_out = name.parts[0] in OF_DESK or file.suffix in COMPRESSED
        if file.is_file() and not is_left_out:
            copy = folder / settings.STATIC_URL.strip("/") / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            # Without its rights: the portal's own files are its own user's.
            shutil.copyfile(file, copy)
