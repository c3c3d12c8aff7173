"""The statements of a page of the explorer, with all that a row shows."""

from collections.abc import Hashable, Iterable
from copy import copy
from itertools import chain
from typing import Any

from django.core.paginator import Page
from django.utils.translation import get_language, override

from explorer.results.result_set import ResultSet
from explorer.results.shown_rows import shown_row
from statements.filters.choices import Vocabulary
from statements.models import DataVersion, Statement, mark_within
from statements.search.highlight import highlight
from statements.search.ranking import Match
from statements.templatetags.statement_tags import listed
from statements.version_cache import VersionCache

#: The statements of rows, which pages share.
STATEMENTS: VersionCache[Statement] = VersionCache(2_000)
TAG_PARAMETERS = {"region": "regions", "country": "countries", "theme": "themes"}


def results(
    page: Page[int],
    result_set: ResultSet,
    terms: Vocabulary,
    version: DataVersion | None,
) -> list[Statement]:
    """The statements at the page's places, in its order, ready for their rows."""
    index, places = result_set.index, list(page.object_list)
    paths = {place: [*index.places_above(place)][::-1] for place in places}
    pks = {index.pks[place] for place in [*places, *chain(*paths.values())]}
    known = STATEMENTS.answers(version, pks, statements_by_key)
    # The template reads more of a row than a statement has of its own, and of each page
    # something else.
    by_pk: dict[Any, Any] = {pk: copy(statement) for pk, statement in known.items()}
    documents = {document.pk: document for document in terms.documents}
    rows = []
    for place in places:
        statement = by_pk[index.pks[place]]
        statement.tags = tags(result_set, terms, place)
        statement.link_count = index.links[place]
        statement.match = result_set.matches.get(place, "")
        statement.path = [by_pk[index.pks[above]] for above in paths[place]]
        statement.path_document = documents.get(statement.document_id)
        statement.shown = shown_row(statement, terms)
        rows.append(statement)
    mark_within(rows)
    return rows


def statements_by_key(pks: Iterable[Any]) -> dict[Hashable, Statement]:
    statements = Statement.objects.filter(pk__in=pks).select_related("parent")
    return {one.pk: one for one in statements.prefetch_related("paragraphs")}


def tags(
    result_set: ResultSet, terms: Vocabulary, place: int
) -> list[tuple[str, object]]:
    """The parameter and the term of every tag, in the order of the vocabulary."""
    pairs: list[tuple[str, object]] = []
    for name, plural in TAG_PARAMETERS.items():
        values = set(result_set.index.values(name, place))
        of_kind = getattr(terms, plural)
        pairs += [(name, term) for term in of_kind if term.slug in values]
    return pairs


def mark_words(rows: list[Any], words: str, version: DataVersion | None) -> None:
    """Gives each row its wording with what the words found marked: line by line, as
    pieces.

    What they found in the other language alone is given in that language too.
    """
    other = "en" if get_language() == "ko" else "ko"
    for statement in rows:
        is_related = statement.match == Match.RELATED
        statement.lines = mark_wording(statement, words, version, is_related)
        if not has_marks(statement.lines):
            with override(other):
                elsewhere = mark_wording(statement, words, version, is_related)
            if has_marks(elsewhere):
                statement.elsewhere = {"language": other, "lines": elsewhere}


def mark_wording(
    statement: Statement, words: str, version: DataVersion | None, is_related: bool
) -> list[list[tuple[str, bool]]]:
    """The title, then the text cut at its list marks; related words are marked only
    where nothing else is found.
    """
    wording = [statement.title, *listed(statement.text)]
    return [highlight(line, words, version, is_related) for line in wording if line]


def has_marks(lines: list[list[tuple[str, bool]]]) -> bool:
    return any(is_found for line in lines for _text, is_found in line)
