"""The withdrawals of the past: what one decision took away comes back as one."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models.fields.json import KT

from statements.models import PublicationState, Revision, Statement


def withdrawn_at(statement_ids: Iterable[int]) -> dict[int, datetime]:
    """The moment from which on each of these has been withdrawn: what went by one
    gate has one moment.
    """
    moments: dict[int, datetime] = {}
    revisions = Revision.objects.filter(statement__in=statement_ids).order_by("pk")
    states = revisions.values_list("statement_id", "at", KT("snapshot__state"))
    for pk, moment, state in states:
        if state == PublicationState.WITHDRAWN:
            moments.setdefault(pk, moment)
        else:
            moments.pop(pk, None)
    return moments


def withdrawn_below(statement_ids: Collection[int]) -> list[Statement]:
    """All withdrawn statements under these, however deep."""
    below: list[Statement] = []
    parents = statement_ids
    while parents:
        children = list(Statement.objects.withdrawn().filter(parent__in=parents))
        below += children
        parents = [child.pk for child in children]
    return below


def withdrawn_with(statement_ids: Collection[int]) -> list[Statement]:
    """Those under these statements that went with them: they come back with them. What
    was withdrawn for itself stays, and what stands under it.
    """
    below = {child.pk: child for child in withdrawn_below(statement_ids)}
    moments = withdrawn_at([*statement_ids, *below])
    went = {pk: moments.get(pk) for pk in statement_ids}
    coming: list[Statement] = []
    for pk, child in below.items():
        above = child.parent_id
        if above in went and moments.get(pk) == went[above]:
            went[pk] = moments.get(pk)
            coming.append(child)
    return coming
