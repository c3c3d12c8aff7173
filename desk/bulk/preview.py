"""A job carried out by proposals, or only tried to show what would change."""

from typing import Any, NamedTuple

from django.contrib.auth.models import User

from desk.batches.record import keep_batch
from desk.bulk.jobs import Job
from desk.proposals.messages import log
from desk.proposals.preview import TRIED
from desk.proposals.record import PLAIN, Proposed, Terms, proposing
from desk.proposals.review import both_texts
from statements.dry_run import dry_run
from statements.gate import Note
from statements.history.restore import write_snapshot
from statements.history.snapshot import snapshots
from statements.history.snapshot_diff import FieldChange, diff_snapshots, names_of_terms
from statements.models import Statement
from statements.write_lock import write_lock


class Effect(NamedTuple):
    """The changes of a statement by a job; `clashes` with what others changed."""

    statement: Statement
    changes: list[FieldChange]
    clashes: list[dict[str, Any]]


@write_lock()
def carry_out(job: Job, by: User, note: Note, terms: Terms = PLAIN) -> Proposed:
    """All of it or nothing, as one batch; what waits for review already is not proposed
    again.
    """
    job = job.not_yet_proposed()
    terms = terms._replace(seen_each=job.seen, alone=True)
    with proposing(by, note, terms) as proposed:
        for statement in Statement.objects.filter(pk__in=job.edits).in_outline_order():
            write_snapshot(statement, job.edits[statement.pk], by)
    keep_batch(proposed, by, job.kind, job.subject)
    log(by, proposed, note)
    return proposed


def effects_of(job: Job, by: User) -> list[Effect]:
    """Carries it out, looks at what came of it, and takes it back.

    Raises ValidationError where carrying it out would.
    """
    with write_lock(), dry_run():
        present = snapshots(job.edits)
        proposed = carry_out(job, by, TRIED)
        after = snapshots(draft.pk for draft in proposed.drafts)
    names = names_of_terms()
    effects = [
        Effect(
            draft,
            diff_snapshots(present[draft.pk], after[draft.pk], names, in_full=True),
            [],
        )
        for draft in proposed.drafts
    ]
    for proposal in proposed.proposals:
        proposal.present = present[proposal.statement_id]
        shown = diff_snapshots(proposal.present, proposal.result, names, in_full=True)
        clashes = both_texts(proposal, names, proposal.merged.clashes)
        effects.append(Effect(proposal.statement, shown, clashes))
    return sorted(effects, key=lambda effect: effect.statement.sort_key)
