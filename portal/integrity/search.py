"""The search: what is published is found by its words, all of them and no others."""

from collections.abc import Iterable, Iterator

from portal.backups.tables import plain_rows
from portal.integrity.history import all_statements, in_batches
from statements.models import Statement
from statements.search.entries import SearchEntry
from statements.search.index import FIELDS, brevity, tokens_of_entry


def faults_of_search(pks: Iterable[int] | None = None) -> Iterator[str]:
    keys = all_statements() if pks is None else sorted(pks)
    for batch in in_batches(keys):
        rows = Statement.objects.published().filter(pk__in=batch).order_by()
        codes = dict(rows.values_list("pk", "code"))
        expected = {
            pk: (tokens_of_entry(texts), brevity(texts))
            for pk, *texts in rows.values_list("pk", *FIELDS)
        }
        entries = plain_rows(SearchEntry).filter(pk__in=batch)
        kept = {
            pk: (tokens, short)
            for pk, tokens, short in entries.values_list("pk", "tokens", "brevity")
        }
        for pk in sorted(expected.keys() | kept.keys()):
            name = codes.get(pk, f"statement {pk}")
            if pk not in kept:
                yield f"{name}: the search does not have it"
            elif pk not in expected:
                yield f"{name}: the search has it, and it is not published"
            elif kept[pk] != expected[pk]:
                yield f"{name}: the search has other words"
