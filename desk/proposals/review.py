"""Reviewing the proposals for statements in the admin."""

from functools import partial
from typing import Any

from django.urls import reverse

from desk.batches.list_filter import OfBatch
from desk.models import Proposal
from desk.proposals.approval.obstacles import MOVED_ON, find_obstacles
from desk.proposals.approval.publish import published_below
from desk.proposals.decide import (
    approve,
    approve_together,
    latest,
    send_back,
    take_back,
)
from desk.proposals.review_admin import Decisions, ReviewingAdmin
from statements.fields import TEXTS
from statements.history.snapshot_diff import Names, diff_snapshots, names_of_terms


class ProposalAdmin(ReviewingAdmin[Proposal]):
    """Proposals for statements."""

    list_display = [
        "__str__",
        "state",
        "obstacle",
        "author",
        "made_at",
        "publish_at",
        "batch",
        "note_ko",
    ]
    list_filter = ["state", OfBatch, "is_minor", "statement__kind", "author"]
    list_select_related = ["statement__parent", "base", "author", "batch"]
    search_fields = ["statement__code", "note_ko", "note_en"]
    decisions = Decisions(
        approve,
        send_back,
        take_back,
        approve_together,
        find_obstacles,
        partial(find_obstacles, each_alone=True),
    )
    parameter = "proposal"

    moved_on = MOVED_ON

    def seen_now(self, proposal: Proposal) -> int:
        return latest(proposal.statement_id).pk

    def review(self, proposal: Proposal, names: Names) -> dict[str, Any]:
        return {
            **review_of(proposal, names),
            "preview": reverse("desk:preview", args=[proposal.pk]),
            "edit": reverse(
                "admin:statements_statement_change", args=[proposal.statement_id]
            ),
        }


def review_of(proposal: Proposal, names: Names | None = None) -> dict[str, Any]:
    """The changes that would be made in public, and both texts where two people have
    changed one.
    """
    names = names_of_terms() if names is None else names
    decided = {**proposal.base.snapshot, **proposal.changes}
    old = proposal.present if proposal.is_open else proposal.base.snapshot
    new = proposal.result if proposal.is_open else decided
    below = published_below([proposal.statement_id]) if proposal.withdraws else []
    return {
        "changes": diff_snapshots(old, new, names, in_full=True),
        "clashes": both_texts(proposal) if proposal.is_open else [],
        "below": below,
    }


def both_texts(proposal: Proposal) -> list[dict[str, Any]]:
    """The parts that two people changed: as each was, is, and would be."""
    return [
        {
            "label": TEXTS[name].label if name in TEXTS else name,
            "language": TEXTS[name].language if name in TEXTS else "",
            "base": proposal.base.snapshot.get(name),
            "present": proposal.present.get(name),
            "proposed": value,
        }
        for name, value in proposal.conflicts.items()
    ]
