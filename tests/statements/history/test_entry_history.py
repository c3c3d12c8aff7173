"""What changed in vocabulary, glossary and documents, when and why, in public."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest

from desk.entries.decide import approve_entry, send_entry_back
from statements.gate import Note, gate
from statements.models import Country, Document, GlossaryTerm, Region, Theme
from tests.support import factories
from tests.support.desk.entries import (
    CHANGED,
    NEW_ENTRIES,
    propose_deletion,
    propose_entry,
)
from tests.support.documents.drafts import MADE, draft_document
from tests.support.reading_outputs import ATOM
from tests.support.staff import NOTE, published

pytestmark = pytest.mark.django_db


def publish(proposal):
    approve_entry(proposal, factories.staff_member())
    proposal.refresh_from_db()
    return proposal


def body(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("model", CHANGED, ids=lambda model: model.__name__)
def test_a_change_is_told_with_old_new_and_note_and_by_nobody(client, model, language):
    entry = model.objects.first()
    old = {name: getattr(entry, name) for name in CHANGED[model]}
    proposal = publish(propose_entry(entry, **CHANGED[model]))
    path = f"/{language}/changes/"
    for address in (path, f"{path}{entry.entry_kind()}/{entry.pk}/"):
        shown = body(client, address)
        assert getattr(NOTE, language) in shown
        assert proposal.author.username not in shown
        for name, value in CHANGED[model].items():
            words = f"{old[name]} {value}".split()
            assert all(word in shown for word in words), (name, address)
    assert "1" in body(client, f"{path}{entry.entry_kind()}/")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_additions_and_deletions_are_told_whole(client, language):
    added = publish(propose_entry(Theme(), **NEW_ENTRIES[Theme]))
    address = f"/{language}/changes/theme/{added.entry_id}/"
    name = NEW_ENTRIES[Theme][f"name_{language}"]
    assert "<ins>" in body(client, address)
    publish(propose_deletion(Theme.objects.get(pk=added.entry_id)))
    shown = body(client, address)
    assert name in shown
    assert "<del>" in shown
    deleted = {
        "ko": "삭제되어 더 이상 이 누리집에 없습니다.",
        "en": "no longer on this site",
    }[language]
    assert deleted in shown


def test_the_log_has_statements_and_entries_by_time_and_none_twice(client):
    assert body(client, "/en/changes/").count('class="step-head"') == 0
    published("G1.C1.1", text_en="First")
    publish(propose_entry(Region.objects.first(), name_en="Second"))
    published("G1.C1.2", text_en="Third")
    theme = Theme.objects.filter(statements__isnull=False).first()
    losing = theme.statements.count()
    page = client.get("/en/changes/")
    subjects = [step.heading for step in page.context["steps"]]
    assert subjects == ["G1.C1.2", "Region: Second", "G1.C1.1"]
    publish(propose_deletion(theme))
    assert client.get("/en/changes/").context["page_obj"].paginator.count == 4 + losing


def test_what_is_proposed_or_sent_back_is_told_nowhere(client):
    propose_entry(Region.objects.first(), name_en="Hidden words")
    propose_entry(Theme(), **NEW_ENTRIES[Theme] | {"name_en": "Hidden words"})
    sent = propose_entry(Country.objects.first(), name_en="Hidden words")
    send_entry_back(sent, factories.staff_member(), "Hidden words")
    region = Region.objects.first()
    for path in (
        *("changes/", "changes.atom", "data/", "", "glossary/", "topics/"),
        *(f"changes/region/{region.pk}/", "changes/region/", "statements/"),
    ):
        assert "Hidden words" not in body(client, f"/en/{path}"), path


def test_what_the_portal_never_shows_is_not_in_the_log(client):
    country = Country.objects.first()
    publish(propose_entry(country, iso="XZ"))
    assert "XZ" not in body(client, f"/en/changes/country/{country.pk}/")
    assert "XZ" not in body(client, "/en/changes.atom")


def test_the_feed_of_changes_has_entries_and_statements(client):
    publish(propose_entry(Document.objects.first(), title_en="Another title"))
    published("G1.C1.1", text_en="First")
    for language in ("ko", "en"):
        feed = ElementTree.fromstring(body(client, f"/{language}/changes.atom"))
        entries = feed.findall("a:entry", ATOM)
        titles = [entry.findtext("a:title", None, ATOM) for entry in entries]
        assert titles[0] == "G1.C1.1"
        assert len(titles) == 2
        assert getattr(NOTE, language) in body(client, f"/{language}/changes.atom")
    assert "Another title" in body(client, "/en/changes.atom")


def test_pages_of_entries_lead_to_their_history(client, in_english):
    region, document = Region.objects.first(), Document.objects.first()
    for page, entry in (
        (f"/en/regions/{region.slug}/", region),
        (f"/en/sources/{document.slug}/", document),
    ):
        assert entry.history_url in body(client, page)
    assert "/en/changes/glossaryterm/" in body(client, "/en/glossary/")


def test_home_and_open_data_tell_of_entries(client):
    term = GlossaryTerm.objects.first()
    publish(propose_entry(term, english="Another term"))
    for path in ("/en/", "/en/data/"):
        assert f"{NOTE.en} (1 other entry)" in body(client, path)


@pytest.mark.parametrize(
    "path", ["region/0/", "region/999999/", "user/1/", f"region/{'9' * 5000}/", "x/"]
)
def test_there_is_no_history_of_what_never_was(client, path):
    assert client.get(f"/en/changes/{path}").status_code == 404


def test_a_document_is_told_of_when_readers_first_see_it(client, clock):
    """Neither the note of its drafts nor what was corrected in them is ever public."""
    author, note = factories.staff_member(), Note(ko="새 보고", en="A new report")
    document = draft_document(2, author)
    clock.move(timedelta(minutes=1))
    with gate(author, Note(ko="감출 교정", en="Hidden correction")):
        document.edition_en = "Corrected"
        document.save()
    own = f"/en/changes/document/{document.pk}/"
    pages = ("/en/", "/en/changes/", "/en/changes/document/", "/en/data/")
    feed = "/en/changes.atom"
    hidden = (MADE.en, "Hidden correction")
    assert client.get(own).status_code == 404
    for page in (*pages, feed):
        assert not any(word in body(client, page) for word in (*hidden, note.en)), page
    clock.move(timedelta(minutes=1))
    with gate(author, note):
        document.statements.update(state="published")
    for page in (*pages, own, feed):
        shown = body(client, page)
        assert note.en in shown, page
        assert not any(word in shown for word in hidden), page
    assert "4 statements, 1 other entry" in body(client, "/en/")
    clock.move(timedelta(minutes=1))
    with gate(author, Note(ko="다듬음", en="Polished")):
        document.edition_en = "Corrected again"
        document.save()
    shown = body(client, own)
    assert shown.count('class="step-head"') == 2
    assert shown.count("<ins>") > 1 and "<del>" not in body(client, "/en/")
