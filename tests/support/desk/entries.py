"""Entries of vocabulary, glossary and documents: proposed, and decided."""

from django.contrib.auth.models import User

from desk.entries.decide import approve_entry
from desk.entries.record import proposing_entries
from desk.models import EntryProposal
from statements.history.entries import write_entry
from statements.models import (
    Category,
    Country,
    Document,
    Entry,
    GlossaryTerm,
    Organisation,
    Region,
    Theme,
)
from tests.support import factories
from tests.support.staff import NOTE

#: For each kind, the values of an entry that could be added.
NEW_ENTRIES = {
    Region: {"slug": "arctic", "name_ko": "북극", "name_en": "Arctic", "position": 90},
    Country: {
        "slug": "atlantis",
        "name_ko": "아틀란티스",
        "name_en": "Atlantis",
        "position": 90,
        "region": "europe",
        "iso": "XA",
    },
    Theme: {"slug": "space", "name_ko": "우주", "name_en": "Space", "position": 90},
    Organisation: {
        "slug": "lab",
        "name_ko": "연구실",
        "name_en": "Laboratory",
        "position": 90,
    },
    GlossaryTerm: {
        "korean": "시험 용어",
        "english": "Trial term",
        "note_ko": "설명",
        "note_en": "Explanation",
        "category": Category.CONCEPT.value,
        "is_established": False,
        "position": 9000,
    },
}
#: For each kind, a change that readers see.
CHANGED = {
    Region: {"name_en": "Changed name"},
    Country: {"name_ko": "바뀐 이름"},
    Theme: {"scope_en": "Changed scope"},
    Organisation: {"name_en": "Changed name"},
    GlossaryTerm: {"english": "Changed term", "note_ko": "바뀐 설명"},
    Document: {"contains_ko": "바뀐 설명", "licence_en": "Changed terms of use"},
}


def propose_entry(
    entry: Entry, by: User | None = None, seen: int | None = None, **values
) -> EntryProposal:
    """The entry, or a new one, as `by`, or somebody, would have it."""
    author = by or factories.staff_member()
    with proposing_entries(author, NOTE, seen) as proposed:
        write_entry(entry, values)
    [proposal] = proposed.proposals
    return proposal


def propose_deletion(entry: Entry, by: User | None = None) -> EntryProposal:
    with proposing_entries(by or factories.staff_member(), NOTE) as proposed:
        type(entry)._base_manager.get(pk=entry.pk).delete()
    [proposal] = proposed.proposals
    return proposal


def approve_entries() -> list[EntryProposal]:
    """All that waits for review, by somebody who proposed none of it."""
    somebody = factories.staff_member()
    waiting = list(EntryProposal.objects.in_review().order_by("pk"))
    for proposal in waiting:
        approve_entry(proposal, somebody)
    return waiting
