"""The words of the documents: how often any word is in each, and where; no verdict."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from explorer.exports.views import attach_file, csv_response
from explorer.query import conditional_on_data
from explorer.quotes.answers import passage_address
from explorer.quotes.passages import Passage, PassageStanding, read_rows
from explorer.quotes.views import with_places
from statements.filters.choices import vocabulary
from statements.models import DataVersion
from statements.pages.glossary import WordsForm
from statements.pages.page_numbers import numbered
from statements.requests import PortalRequest
from statements.search.highlight import Span, WordRow, mark_term, merged
from statements.search.query_plan import plan
from statements.version_cache import version_cache

#: Words that are set side by side.
MOST_COUNTED = 2
#: More stand on further pages.
PASSAGES_PER_PAGE = 150
#: How many documents have a row of their own, the newest; the file has all.
DOCUMENTS_LISTED = 100
WORD_COLUMNS = (
    *("word", "document", "language", "code", "source_lines"),
    *("before", "match", "after", "url"),
)


class Occurrences(NamedTuple):
    """The places of the words in one passage."""

    passage: Passage
    spans: list[Span]

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        pieces, at = [], 0
        for start, end in self.spans:
            pieces += [(self.passage.text[at:start], False)]
            pieces += [(self.passage.text[start:end], True)]
            at = end
        return [*pieces, (self.passage.text[at:], False)]


@version_cache
def word_rows() -> list[tuple[Passage, WordRow]]:
    """The texts of the documents, in Korean as the source has it, and in English."""
    return [
        (passage, WordRow(passage.text))
        for (_slug, sort), passages in read_rows().items()
        if sort in ("source", "en")
        for passage in passages
        if passage.standing == PassageStanding.CURRENT
    ]


def occurrences(words: str, version: DataVersion | None) -> list[Occurrences]:
    """Only the words themselves, as they are typed: no others for the same."""
    groups = plan(words, version).groups
    found = []
    for passage, row in word_rows(version):
        marks = [
            merged([span for term in group.own for span in mark_term(row, term)])
            for group in groups
        ]
        if spans := list(phrase_spans(passage.text, marks)):
            found.append(Occurrences(passage, spans))
    return found


def phrase_spans(text: str, marks: list[list[Span]]) -> Iterator[Span]:
    """Places where the marks of all words follow each other with no word between."""
    if not marks:
        return
    for start, end in marks[0]:
        for following in marks[1:]:
            near = (e for s, e in following if s >= end and is_gap(text[end:s]))
            end = next(near, -1)
            if end < 0:
                break
        else:
            yield start, end


def is_gap(between: str) -> bool:
    return not any(sign.isalnum() for sign in between)


def given_words(request: PortalRequest) -> list[WordsForm]:
    given = [words for words in request.GET.getlist("q") if words.strip()]
    return [WordsForm({"q": words}) for words in given[:MOST_COUNTED]]


@require_safe
def words_page(request: PortalRequest) -> HttpResponse:
    forms_given = given_words(request)
    given = [form.cleaned_data["q"] for form in forms_given if form.is_valid()]
    found = {words: occurrences(words, request.data_version) for words in given}
    # Two words go on together: as many pages as the one with more passages takes.
    passages = range(max(map(len, found.values()), default=0))
    numbers = numbered(lambda: passages, PASSAGES_PER_PAGE, request.GET.get("page"))
    shown = numbers["page_obj"].object_list
    empty = [WordsForm() for _number in range(MOST_COUNTED - len(forms_given))]
    context = {
        "fields": [*forms_given, *empty],
        "words": [word_section(request, words, found[words], shown) for words in given],
        **numbers,
        "today": timezone.localdate(),
    }
    return render(request, "explorer/quotes/words.html", context)


def word_section(
    request: PortalRequest, words: str, found: list[Occurrences], shown: range
) -> dict[str, Any]:
    """All is counted; the passages of these numbers are shown."""
    listed = found[shown.start : shown.stop]
    places = with_places(request, [one.passage for one in listed])
    counts: Counter[tuple[str, str]] = Counter()
    for one in found:
        counts[one.passage.document, one.passage.language] += len(one.spans)
    return {
        "words": words,
        "rows": [{**places[one.passage], "pieces": one.pieces} for one in listed],
        "total": sum(counts.values()),
        "counts": [
            (document, counts[document.slug, "ko"], counts[document.slug, "en"])
            for document in vocabulary(request.data_version).documents
        ],
        "most_documents": DOCUMENTS_LISTED,
    }


@require_safe
@conditional_on_data
def words_csv(request: PortalRequest) -> HttpResponseBase:
    given = [f.cleaned_data["q"] for f in given_words(request) if f.is_valid()]
    version = request.data_version
    rows = (row for words in given for row in word_file_rows(words, version))
    answer = csv_response(rows, WORD_COLUMNS)
    return attach_file(answer, _("words of the documents"), "csv", "words")


def word_file_rows(words: str, version: DataVersion | None) -> Iterator[dict[str, Any]]:
    """One row for each occurrence."""
    for passage, spans in occurrences(words, version):
        lines = [str(a) if a == b else f"{a}-{b}" for a, b in passage.lines]
        for start, end in spans:
            yield {
                "word": words,
                "document": passage.document,
                "language": passage.language,
                "code": passage.code,
                "source_lines": lines,
                "before": passage.text[:start],
                "match": passage.text[start:end],
                "after": passage.text[end:],
                "url": passage_address(passage, passage.language),
            }
