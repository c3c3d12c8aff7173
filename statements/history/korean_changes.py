"""The changes of the Korean since the English was made from it."""

from statements.fields import SOURCE_TEXTS
from statements.fingerprints import fingerprint
from statements.history.snapshot_diff import FieldChange, diff_snapshots
from statements.models import Statement

#: Of these the fingerprint of the Korean is made.
KOREAN = tuple(name for name, row in SOURCE_TEXTS.items() if row.language == "ko")


def korean_changes(statement: Statement) -> list[FieldChange] | None:
    """Since the newest revision with the Korean of the English; None without one."""
    present = {name: getattr(statement, name) for name in KOREAN}
    for revision in statement.revisions.newest_first():
        past = {name: revision.snapshot[name] for name in KOREAN}
        if fingerprint(*past.values()) == statement.en_from:
            return diff_snapshots(past, present, {})
    return None
