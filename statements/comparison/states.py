"""All that readers saw at a moment: published statements, and entries."""

from __future__ import annotations

from datetime import datetime

from statements.codes import sort_key
from statements.comparison.records import (
    OF_STATEMENT,
    RecordKey,
    Records,
    entry_record,
    statement_record,
)
from statements.fields import Snapshot
from statements.history.public_view import public_entry_revisions, public_snapshot
from statements.models import EntryAct, PublicationState, Revision
from statements.models.states import PUBLIC_STATES

#: Snapshots as readers saw them, by what they are of: statements in the order of their
#: numbers, then entries.
PublicState = dict[RecordKey, Snapshot]


def public_state(moment: datetime) -> PublicState:
    """Right before a moment, in two queries."""
    return {**published_statements(moment), **known_entries(moment)}


def records_of(state: PublicState) -> Records:
    return {
        key: statement_record(snapshot)
        if key.of == OF_STATEMENT
        else entry_record(key.of, snapshot)
        for key, snapshot in state.items()
    }


def published_statements(moment: datetime) -> PublicState:
    """Without the links to what was not published, and the parents that readers could
    not know of.
    """
    latest = Revision.objects.before(moment).latest_each()
    seen = latest.filter(snapshot__state__in=PUBLIC_STATES).order_by()
    stood = {one["code"]: one for one in seen.values_list("snapshot", flat=True)}
    published = {
        code
        for code, one in stood.items()
        if one["state"] == PublicationState.PUBLISHED
    }
    return {
        RecordKey(OF_STATEMENT, code): {
            **public_snapshot(stood[code], published),
            "parent": stood[code]["parent"] if stood[code]["parent"] in stood else None,
        }
        for code in sorted(published, key=sort_key)
    }


def known_entries(moment: datetime) -> PublicState:
    revisions = public_entry_revisions().filter(at__lt=moment)
    latest = revisions.latest_each().exclude(act=EntryAct.DELETE)
    return {
        RecordKey(one.kind, str(one.entry_id)): one.snapshot
        for one in latest.order_by("kind", "entry_id")
    }
