"""The contents of the page of a batch, in a number of queries that does not grow."""

from collections import Counter
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.paginator import Paginator

from desk.batches.findings import findings_of
from desk.models import Batch, Proposal, ProposalState
from desk.proposals.approval.obstacles import find_obstacles, in_outline_order
from desk.proposals.review import review_of
from statements.history.snapshot import snapshots
from statements.history.snapshot_diff import names_of_terms

#: Of the statements on a page, and of what is found of all of them.
PER_PAGE = 20
MOST_FINDINGS = 100


def contents_of(batch: Batch, user: User, page: str | None) -> dict[str, Any]:
    """Its proposals, a page of them with their differences, and what is found of all
    that wait.
    """
    proposals = in_outline_order(batch.proposals.with_people())
    waiting = [p for p in proposals if p.state == ProposalState.IN_REVIEW]
    reviewer = user if user.pk != batch.author_id else None
    obstacles = find_obstacles(waiting, reviewer)
    scheduled = [p for p in proposals if p.state == ProposalState.SCHEDULED]
    present = snapshots({proposal.statement_id for proposal in scheduled})
    for proposal in scheduled:
        proposal.present = present[proposal.statement_id]
    findings = list(findings_of(waiting, obstacles))
    page_obj = Paginator(proposals, PER_PAGE).get_page(page)
    singly = [p for p in proposals if not p.is_open] if waiting or scheduled else []
    names = names_of_terms()
    counts = Counter(proposal.state for proposal in proposals)
    shown = cast("list[Proposal]", page_obj.object_list)
    return {
        "note": proposals[0],
        "states": [f"{s.label}: {counts[s]}" for s in ProposalState if counts[s]],
        "findings": findings[:MOST_FINDINGS],
        "more_findings": len(findings[MOST_FINDINGS:]),
        "decided_singly": singly[:MOST_FINDINGS],
        "more_decided_singly": len(singly[MOST_FINDINGS:]),
        "returned_by": list(batch.returned_by.all()),
        "obstacle_count": len(obstacles),
        "page_obj": page_obj,
        "numbers": page_obj.paginator.get_elided_page_range(page_obj.number),
        "rows": [(proposal, review_of(proposal, names)) for proposal in shown],
    }
