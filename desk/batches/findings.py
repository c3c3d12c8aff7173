"""The findings of a batch: what stands in its way, and what the checks say."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from django.utils.functional import Promise

from desk.models import Proposal
from desk.proposals.approval.obstacles import Obstacles
from desk.translations.checks import EnglishChecks, EnglishWarning
from desk.translations.editor import english_fields
from statements.fields import TEXTS
from statements.models import Statement


class Finding(NamedTuple):
    """A proposal with what stands in its way, or what the checks say of its English."""

    proposal: Proposal
    obstacle: str | Promise | None
    warnings: list[EnglishWarning]


def findings_of(
    proposals: Collection[Proposal], obstacles: Obstacles
) -> Iterator[Finding]:
    """Yields those of which there is something to say, obstacles before warnings; their
    `present` has been read.
    """
    checks = EnglishChecks()
    found = [
        Finding(one, obstacles.get(one.pk), warnings_of(one, checks))
        for one in proposals
    ]
    yield from (one for one in found if one.obstacle)
    yield from (one for one in found if one.warnings and not one.obstacle)


def warnings_of(proposal: Proposal, checks: EnglishChecks) -> list[EnglishWarning]:
    """Of the texts that the proposal changes, in either language, as they would be."""
    changed = {name.rpartition("_")[0] for name in proposal.changes if name in TEXTS}
    if not changed:
        return []
    result = proposal.result
    texts = {name: result[name] for name in TEXTS}
    statement = Statement(code=result["code"], kind=result["kind"], **texts)
    return [
        warning
        for name in english_fields(statement)
        if name in changed
        for warning in checks.check(statement, name, texts[f"{name}_en"]).warnings
    ]
