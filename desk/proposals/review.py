"""Reviewing the proposals for statements in the admin."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from desk.batches.list_filter import OfBatch
from desk.models import Proposal
from desk.proposals.approval.obstacles import MOVED_ON, find_obstacles, newest_each
from desk.proposals.approval.publish import published_below
from desk.proposals.approval.withdrawals import withdrawn_below, withdrawn_with
from desk.proposals.decide import (
    approve,
    approve_together,
    latest,
    send_back,
    take_back,
)
from desk.proposals.further.facts import forms_of_facts
from desk.proposals.further.resumed import is_for_translation_desk, may_resume
from desk.proposals.models import ProposalQuerySet
from desk.proposals.review_admin import Decisions, ReviewingAdmin
from statements.field_rows import TextRow
from statements.fields import BY_NAME, FACTS
from statements.history.fact_words import differs_in, in_words_with, untold_parts
from statements.history.merge import Clash
from statements.history.snapshot_diff import (
    OTHER_LANGUAGE,
    FieldChange,
    Names,
    diff_snapshots,
    field_in_words,
    names_of_terms,
)


class OverdueFilter(admin.SimpleListFilter):
    """Lists the proposals that wait though their time has passed."""

    title = _("publication time")
    parameter_name = "overdue"

    def lookups(
        self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]
    ) -> list[tuple[str, Any]]:
        return [("1", _("has passed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        return cast(ProposalQuerySet, queryset).overdue(timezone.now())


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
    list_filter = [
        "state",
        OverdueFilter,
        OfBatch,
        "is_minor",
        "statement__kind",
        "author",
    ]
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
        return proposal.mark_on(latest(proposal.statement_id).pk)

    def all_seen_now(self, proposals: Iterable[Proposal]) -> dict[int, int]:
        """In one query."""
        marked = list(proposals)
        newest = newest_each({proposal.statement_id for proposal in marked})
        return {one.pk: one.mark_on(newest[one.statement_id]) for one in marked}

    def changes(self, proposal: Proposal, names: Names) -> list[FieldChange]:
        return changes_of(proposal, names)

    def may_resume(self, user: User, proposal: Proposal) -> bool:
        return may_resume(user, proposal)

    def review(self, proposal: Proposal, names: Names) -> dict[str, Any]:
        translate = reverse("staff:translation", args=[proposal.statement.code])
        return {
            **review_of(proposal, names),
            "preview": reverse("desk:preview", args=[proposal.pk]),
            "translate": translate if is_for_translation_desk(proposal) else "",
            "edit": reverse(
                "admin:statements_statement_change", args=[proposal.statement_id]
            ),
            "fact_forms": list(forms_of_facts(proposal)),
        }


def review_of(proposal: Proposal, names: Names | None = None) -> dict[str, Any]:
    """The changes that would be made in public, and both texts where two people have
    changed one.
    """
    names = names_of_terms() if names is None else names
    below = published_below([proposal.statement_id]) if proposal.withdraws else []
    is_returning = proposal.returns and proposal.is_open
    coming = withdrawn_with([proposal.statement_id]) if is_returning else []
    all_below = withdrawn_below([proposal.statement_id]) if is_returning else []
    return {
        "changes": changes_of(proposal, names),
        "clashes": both_texts(proposal, names, proposal.merged.clashes)
        if proposal.is_open
        else [],
        "below": below,
        "coming": coming,
        "staying": [one for one in all_below if one not in coming],
    }


def changes_of(proposal: Proposal, names: Names) -> list[FieldChange]:
    decided = {**proposal.base.snapshot, **proposal.changes}
    old = proposal.present if proposal.is_open else proposal.base.snapshot
    new = proposal.result if proposal.is_open else decided
    return diff_snapshots(old, new, names, in_full=True)


def both_texts(
    proposal: Proposal, names: Names, clashes: Iterable[Clash]
) -> list[dict[str, Any]]:
    """The parts that two people changed: as each was, is, and would be."""
    return [
        text
        for clash in clashes
        for text in (
            facts_of(clash)
            if clash.name in FACTS
            else [texts_of(proposal, clash.name, names)]
        )
    ]


def texts_of(proposal: Proposal, name: str, names: Names) -> dict[str, Any]:
    row = BY_NAME[name]
    states = {
        "base": proposal.base.snapshot,
        "present": proposal.present,
        "proposed": proposal.result,
    }
    return {
        "label": row.label,
        "language": row.language if isinstance(row, TextRow) else get_language(),
        **{key: field_in_words(row, one, names) for key, one in states.items()},
    }


def facts_of(clash: Clash) -> Iterator[dict[str, Any]]:
    """One fact, whole: in the language of the page, and in the other where that is what
    differs.
    """
    row, active = FACTS[clash.name], str(get_language())
    facts = {key: getattr(clash, key) for key in ("base", "present", "proposed")}
    there = [[fact] for fact in facts.values() if fact]
    other = OTHER_LANGUAGE[active]
    is_in_other = any(differs_in(other, there[0], fact) for fact in there)
    for language in [active, other] if is_in_other else [active]:
        with override(language):
            lines = {
                key: in_words_with(row, fact, untold_parts(row)) if fact else ""
                for key, fact in facts.items()
            }
        yield {"label": row.label, "language": language, **lines}
