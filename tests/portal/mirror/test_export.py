"""An export of a few pages; that of the whole site is in test_whole_export.py."""

import re
import stat
from pathlib import PurePosixPath
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from desk.models import CommandRun, RunOutcome
from portal.mirror import addresses, export
from portal.mirror.copies import current_copy, held_folder
from portal.mirror.crawl import Crawl
from portal.mirror.portal_answers import PortalReader
from tests.support.mirror.reading_copies import broken_links, pages_of

FEW = ("about/", "privacy/", "mirror/")
PAGES = {f"/{code}/{page}" for code in ("ko", "en") for page in FEW}
FILES = {
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-statements-1.xml",
    "/en/statements.atom",
    "/ko/changes.atom",
    "/en/timeline.ics",
    "/ko/statements.csv",
    "/data/catalog.jsonld",
    "/ko/sources/goals/original",
}


@pytest.fixture
def few_pages(monkeypatch) -> None:
    """The rest of the site is to a copy what search is: nothing that it has."""
    known = PAGES | FILES
    begin = Crawl.beginnings
    monkeypatch.setattr(Crawl, "beginnings", lambda self: [*begin(self), *FILES])
    monkeypatch.setattr(addresses, "is_copied", lambda path: path in known)


@pytest.fixture
def copied(db, few_pages, lasting_connection, tmp_path):
    call_command("export_site", tmp_path)
    return tmp_path


def test_a_copy_is_whole_dated_and_open_to_every_server(copied):
    current = copied / "current"
    assert set(pages_of(current)) == PAGES
    for path, text in pages_of(current).items():
        assert "<form" not in text, path
        assert "만든 사본입니다. 검색은 할 수 없습니다." in text, path
        assert "Search is not available." in text, path
        # Within the page, in its own language first.
        start = text.index('<p class="wrap" lang="')
        assert text[start:].startswith(f'<p class="wrap" lang="{path[1:3]}"'), path
    assert broken_links(current) == []
    for file in current.rglob("*"):
        is_open = stat.S_IROTH | (stat.S_IXOTH if file.is_dir() else 0)
        assert file.stat().st_mode & is_open == is_open, file
    run = CommandRun.objects.get()
    assert (run.name, run.outcome) == ("export_site", RunOutcome.DONE)
    facts = current_copy(copied)
    assert facts.pages == len(PAGES)
    assert facts.bytes > 10_000


def test_files_are_the_portals_own_byte_for_byte(copied, client):
    for path in sorted(FILES):
        answer = client.get(path)
        name = PurePosixPath(path)
        if "Content-Disposition" in answer and not name.suffix:
            name = name.with_name(named_in(answer))
        copy = copied / "current" / str(name).lstrip("/")
        assert copy.read_bytes() == body_of(answer), path


def named_in(answer) -> str:
    return re.fullmatch(r'attachment; filename="(.+)"', answer["Content-Disposition"])[
        1
    ]


def body_of(answer) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content


def test_a_new_copy_takes_the_place_of_the_old_and_two_are_kept(copied):
    for _time in range(2):
        before = (copied / "current").resolve()
        (copied / "20261130T000000Z.partial").mkdir()
        (copied / "current.partial").symlink_to("20261130T000000Z.partial")
        call_command("export_site", copied)
        assert (copied / "current").resolve() > before
    left = sorted(one.name for one in copied.iterdir() if one.name[0] != ".")
    assert len(left) == 3, left
    assert left[-1] == "current"
    assert before.name in left


def test_what_is_not_whole_changes_nothing(copied, monkeypatch):
    before = (copied / "current").resolve()
    answer = PortalReader.get

    def stumble(self, address):
        return answer(self, "/nowhere" if address == "/en/about/" else address)

    monkeypatch.setattr(PortalReader, "get", stumble)
    with pytest.raises(CommandError, match=r"/en/about/: 404(?s:.*)the old one stays"):
        call_command("export_site", copied)
    assert (copied / "current").resolve() == before
    assert not list(copied.glob("2*.partial"))
    assert CommandRun.objects.filter(outcome=RunOutcome.FAILED).count() == 1


def test_data_that_changes_meanwhile_is_not_mixed(copied, monkeypatch):
    tokens = iter(["a", "b", "b", "b", *(uuid4().hex for _ in range(4))])
    monkeypatch.setattr(export, "data_token", lambda: next(tokens))
    monkeypatch.setattr(export, "TRIES", 2)
    call_command("export_site", copied)
    assert current_copy(copied).data_version == "b"
    with pytest.raises(CommandError, match="The data changed"):
        call_command("export_site", copied)
    assert current_copy(copied).data_version == "b"


def test_a_second_export_says_that_one_is_running(db, tmp_path):
    refused = pytest.raises(CommandError, match="Another export is running")
    with held_folder(tmp_path), refused:
        call_command("export_site", tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == [".lock"]
