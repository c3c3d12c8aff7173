"""All checks by name, and what they find."""

from collections.abc import Callable, Iterable, Iterator

from portal.backups.moments import one_moment
from portal.integrity.accounts import faults_of_secrets
from portal.integrity.database import (
    faults_of_file,
    faults_of_numbers,
    faults_of_types,
    faults_of_version,
    orphans,
)
from portal.integrity.history import faults_of_entries, faults_of_history
from portal.integrity.links import faults_of_links, faults_of_proposals
from portal.integrity.outline import (
    faults_of_base_texts,
    faults_of_english,
    faults_of_inheritance,
    faults_of_order,
)
from portal.integrity.search import faults_of_search
from portal.integrity.sources import (
    faults_of_files,
    faults_of_paragraphs,
    faults_of_tracing,
)

#: The checks that read, by the word that a finding begins with.
CHECKS: dict[str, Callable[[], Iterable[str]]] = {
    "orphan": orphans,
    "numbers": faults_of_numbers,
    "version": faults_of_version,
    "types": faults_of_types,
    "order": faults_of_order,
    "tags": faults_of_inheritance,
    "english": faults_of_english,
    "texts": faults_of_base_texts,
    "links": faults_of_links,
    "proposals": faults_of_proposals,
    "files": faults_of_files,
    "paragraphs": faults_of_paragraphs,
    "tracing": faults_of_tracing,
    "history": faults_of_history,
    "entries": faults_of_entries,
    "search": faults_of_search,
    "secrets": faults_of_secrets,
}


def all_findings() -> Iterator[str]:
    """A line for each; nothing where all holds. What is read is of one moment, so that
    a change meanwhile is no finding.
    """
    yield from (f"database: {fault}" for fault in faults_of_file())
    with one_moment():
        for name, check in CHECKS.items():
            yield from (f"{name}: {fault}" for fault in check())
