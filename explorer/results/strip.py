"""The strip above the results: where in each document the statements found are."""

from collections.abc import Iterator
from dataclasses import dataclass

from pyroaring import BitMap

from explorer.results.result_set import ResultSet
from statements.filters.choices import Vocabulary
from statements.models import Document

#: Beyond as many statements, several share a mark.
MOST_MARKS = 400


@dataclass(frozen=True)
class DocumentStrip:
    """One mark a statement in the order of the document; `hits` draws the filled."""

    document: Document
    count: int
    marks: int
    hits: str


def document_strips(
    result_set: ResultSet, terms: Vocabulary
) -> Iterator[DocumentStrip]:
    """The strip of each document that has any of the statements found."""
    for document in terms.documents:
        members = result_set.index.chosen("document", [document.slug])
        found = members & result_set.places
        if found:
            marks = min(len(members), MOST_MARKS)
            hits = " ".join(hit_shapes(members, found, marks))
            yield DocumentStrip(document, len(found), marks, hits)


def hit_shapes(members: BitMap, found: BitMap, marks: int) -> Iterator[str]:
    """A box for each mark that stands for a statement found, as SVG draws it."""
    for mark in range(marks):
        first, end = (len(members) * step // marks for step in (mark, mark + 1))
        if found.range_cardinality(members[first], members[end - 1] + 1):
            yield f"M{mark} 0h.8v1h-.8z"
