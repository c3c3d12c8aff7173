"""Reviewing proposals for vocabulary, glossary and source documents in the admin."""

from typing import Any

from django.contrib.auth.models import User

from desk.entries.decide import (
    ENTRY_MOVED_ON,
    approve_entries_together,
    approve_entry,
    find_entry_obstacles,
    losing_a_tag,
    mark_of_present,
    send_entry_back,
    take_entry_back,
)
from desk.models import EntryProposal
from desk.proposals.review_admin import Decisions, ReviewingAdmin
from statements.history.entries import entry_fields
from statements.history.entry_diff import (
    diff_entries,
    field_language,
    label_of,
    shown_value,
)
from statements.history.snapshot_diff import FieldChange, Names
from statements.models import StatementQuerySet


class EntryProposalAdmin(ReviewingAdmin[EntryProposal]):
    """Proposals for vocabulary, glossary and source documents."""

    list_display = [
        "__str__",
        "act",
        "state",
        "obstacle",
        "author",
        "made_at",
        "note_ko",
    ]
    list_filter = ["state", "kind", "act", "author"]
    list_select_related = ["base", "author"]
    search_fields = ["note_ko", "note_en"]
    decisions = Decisions(
        approve_entry,
        send_entry_back,
        take_entry_back,
        approve_entries_together,
        find_entry_obstacles,
        find_entry_obstacles,
    )
    parameter = "entry"

    moved_on = ENTRY_MOVED_ON

    def seen_now(self, proposal: EntryProposal) -> int:
        return mark_of_present(proposal)

    def may_resume(self, user: User, proposal: EntryProposal) -> bool:
        right = f"statements.{proposal.act}_{proposal.kind}"
        return proposal.is_resumable and user.has_perm(right)

    def changes(self, proposal: EntryProposal, names: Names) -> list[FieldChange]:
        return changes_of(proposal, names)

    def losing(self, proposal: EntryProposal) -> StatementQuerySet:
        return losing_a_tag(proposal).in_outline_order()

    def review(self, proposal: EntryProposal, names: Names) -> dict[str, Any]:
        return {
            "changes": changes_of(proposal, names),
            "clashes": clashes_of(proposal, names) if proposal.is_open else [],
            "losing": self.losing(proposal),
            "is_gone": proposal.is_open and proposal.is_gone,
            "edit": proposal.edit_url,
        }


def changes_of(proposal: EntryProposal, names: Names) -> list[FieldChange]:
    """The changes that it would make in public, or those that were proposed."""
    if proposal.is_open:
        old, new = proposal.present, proposal.result
    else:
        old, new = proposal.base_snapshot, proposal.proposed
    return diff_entries(proposal.kind, old, new, names, in_full=True)


def clashes_of(proposal: EntryProposal, names: Names) -> list[dict[str, Any]]:
    """The parts that two people changed: as each was, is, and would be."""
    fields = entry_fields(proposal.model)
    return [
        {
            "label": label_of(proposal.kind, fields[name]),
            "language": field_language(name),
            "base": shown_value(fields[name], proposal.base_snapshot.get(name), names),
            "present": shown_value(fields[name], proposal.present.get(name), names),
            "proposed": shown_value(fields[name], value, names),
        }
        for name, value in proposal.conflicts.items()
    ]
