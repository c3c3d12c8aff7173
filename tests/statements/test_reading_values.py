"""Keys, addresses and words are read in one way, or refused."""

from xml.etree import ElementTree

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from statements.gate import gate
from statements.input.keys import read_key, read_keys
from statements.input.own_address import own_address
from statements.input.plain_text import LONGEST_TEXT
from statements.models import Event, Revision, Statement
from statements.models.ranges import FIRST_DAY, LAST_DAY
from statements.search.entries import SearchEntry
from statements.search.index import LARGEST_ENTRY
from tests.support import factories
from tests.support.hostile.values import FOREIGN
from tests.support.rows import statement

NO_KEYS = ("", " 1", "1 ", "-1", "+1", "1.0", "1e3", "²", "½", "٣", "１", "0x1", "1_0")


@pytest.mark.any_engine
def test_a_key_is_written_in_digits():
    assert [read_key(text) for text in (*NO_KEYS, "9" * 19, "1\x00")] == [None] * 15
    assert read_keys(["7", "x", "0012", "9" * 18]) == [7, 12, 10**18 - 1]


@pytest.mark.any_engine
@given(st.text())
def test_no_text_breaks_the_reading_of_a_key(text):
    key = read_key(text)
    assert key is None or (0 <= key < 10**18 and text.isascii())


AWAY = (
    *("foo", "", "//evil.example", "/\\evil.example", "\\\\evil.example", "https:x"),
    *("https://testserver/en/", "///evil.example", "/en/\r\nX: y", "/\x00", "/\u202e"),
    *("javascript:alert(1)", "http://[", "/" * 3000, "?next=x", "\t//x", " /en/"),
)


@pytest.mark.any_engine
@pytest.mark.parametrize("address", AWAY, ids=ascii)
def test_nobody_is_sent_elsewhere(address):
    assert own_address(RequestFactory().get("/"), address) is None


@pytest.mark.any_engine
def test_a_path_of_the_site_is_gone_on_to():
    for path in ("/", "/en/goals/?q=a#b", "/ko/statements/?q=%EC%99%B8&page=2"):
        assert own_address(RequestFactory().get("/"), path) == path


@pytest.mark.django_db
@pytest.mark.parametrize("lookup", ["pk__in", "statement__in", "statement_id__in"])
def test_a_number_that_no_column_holds_is_nowhere(lookup):
    first = Event.objects.first()
    known = first.pk if lookup == "pk__in" else first.statement_id
    wide = [2**63, -(2**64), 10**300]
    assert not Event.objects.filter(**{lookup: wide}).exists()
    assert first in Event.objects.filter(**{lookup: [*wide, known]})
    assert not Event.objects.filter(statement=2**64).exists()
    assert Event.objects.exclude(statement=2**64).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    "character", ["\x08", "\x1f", "\x7f", "\x9b", "\ufffe", "\u202e"]
)
def test_words_that_nobody_can_type_are_refused(client, language, character):
    query = {"q": f"AP{character}EC"}
    for path in (
        "statements.atom",
        "statements.csv",
        "statements.json",
        "timeline.ics",
    ):
        assert client.get(f"/{language}/{path}", query).status_code == 400, path
    page = client.get(f"/{language}/statements/", query)
    assert page.context["filter"].form.errors["q"]
    assert f"U+{ord(character):04X}" in page.content.decode()
    answer = client.get("/api/v1/statements/", query)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["parameter"] == "q"
    assert client.get(f"/{language}/glossary/", query).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_feed_is_well_formed_whatever_the_history_holds(client, language):
    """Older revisions may hold what no text may hold any more."""
    hostile = "".join(one for one in FOREIGN if one != "\x00") + "]]>&<"
    with gate(None, factories.NOTE):
        one = statement("G1.C1.1")
        one.text_en, one.text_ko = "Another text", "다른 글"
        one.save()
    for revision in Revision.objects.filter(statement=one):
        snapshot = revision.snapshot
        snapshot["text_en"] += hostile
        snapshot["text_ko"] += hostile
        Revision.objects.filter(pk=revision.pk).update(snapshot=snapshot)
    answer = client.get(f"/{language}/statements.atom", {"kind": "detail"})
    assert answer.status_code == 200
    assert ElementTree.fromstring(answer.content).tag.endswith("feed")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        " ".join(f"w{number:x}" for number in range(LONGEST_TEXT // 6)),
        "".join(map(chr, range(0xAC00, 0xAC00 + 11_000))) * 4,
        "a" * LONGEST_TEXT,
        "한" * LONGEST_TEXT,
        "龘" * LONGEST_TEXT,
    ],
    ids=["words", "syllables", "letter", "syllable", "ideograph"],
)
def test_the_search_holds_the_longest_text_within_bounds(text):
    with gate(None, factories.NOTE):
        one = statement("G1.C1.1")
        one.text_en = one.text_ko = text
        one.save()
    entry = SearchEntry.objects.get(statement=one)
    assert len(entry.tokens.encode()) <= LARGEST_ENTRY + 2
    assert one in Statement.objects.search(text.split()[0][:150])


@pytest.mark.django_db
def test_the_longest_event_leaves_timeline_and_explorer_readable(client):
    before = len(client.get("/en/statements/").content)
    with gate(None, factories.NOTE):
        Event.objects.create(
            **{
                name: getattr(factories.event_of(statement("G1.C1")), name)
                for name in ("statement", "quote", "title_ko", "title_en", "nature")
            },
            precision="day",
            start=FIRST_DAY,
            end=LAST_DAY,
        )
    assert client.get("/en/timeline/").status_code == 200
    assert client.get("/en/timeline.ics").status_code == 200
    page = client.get("/en/statements/")
    assert page.status_code == 200
    assert len(page.content) - before < 100_000


@pytest.mark.django_db
@pytest.mark.parametrize(
    "day",
    ["0001-01-01", "1947-12-31", "9999-12-31", "2026-02-30", "1" * 5000, "\x00", "１"],
)
def test_a_day_of_the_past_is_a_day_that_was(client, day):
    for path in ("/en/past/", "/ko/statements/G1.C1/"):
        assert client.get(path, {"as_of": day}).status_code == 400
