"""Keeps the search in step with the statements; the gate calls it at its exit."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from statements.search.entries import SearchEntry, SearchWord
from statements.search.languages import korean
from statements.search.languages.english import ENGLISH_STOP_WORDS
from statements.search.tokens import tokens
from statements.search.words import words

if TYPE_CHECKING:
    from statements.models.statement import Statement

#: The first token of every entry, changed whenever other tokens are made of a text, so
#: that entries of before are known.
FORM = "form2"
FIELDS = ("title_ko", "text_ko", "title_en", "text_en")
BATCH = 500
LONGEST_SPELLING = 40
#: In bytes, half of what PostgreSQL can index of one row.
LARGEST_ENTRY = 500_000


def refresh(published: QuerySet[Statement], statement_ids: Iterable[int]) -> None:
    """Writes the entries of these statements anew; unpublished ones have none.

    `published` are all that readers may see. Words that nothing holds any longer stay:
    they are proposed only where they find something.
    """
    pks = sorted(statement_ids)
    for start in range(0, len(pks), BATCH):
        batch = pks[start : start + BATCH]
        SearchEntry.objects.filter(pk__in=batch).delete()
        rows = published.filter(pk__in=batch).order_by("pk")
        write_entries(list(rows.values_list("pk", *FIELDS)))


def write_entries(rows: list[tuple[Any, ...]]) -> None:
    """For rows of key and texts: the entries, and the words that are new."""
    SearchEntry.objects.bulk_create(
        SearchEntry(
            statement_id=pk,
            tokens=tokens_of_entry(texts),
            brevity=brevity(texts),
        )
        for pk, *texts in rows
    )
    spelled = {word for _, *texts in rows for text in texts for word in spellings(text)}
    SearchWord.objects.bulk_create(
        (
            SearchWord(word=word, letters=letters, reversed_letters=letters[::-1])
            for word, letters in sorted(
                (word, korean.letters(word)) for word in spelled
            )
        ),
        ignore_conflicts=True,
    )


def tokens_of_entry(texts: list[str]) -> str:
    """As the column has them, between spaces."""
    return f" {' '.join(bounded(set().union(*map(tokens, texts))))} "


def bounded(all_tokens: set[str]) -> list[str]:
    """In order, as many as PostgreSQL takes in one entry; of all but endless texts,
    all.
    """
    row = [FORM, *sorted(all_tokens)]
    lengths = accumulate(len(token.encode()) + 1 for token in row)
    fitting = sum(1 for length in lengths if length < LARGEST_ENTRY)
    return row[:fitting]


def brevity(texts: list[str]) -> int:
    """From 30 down to nothing as the Korean, or what there is, grows."""
    length = len(texts[0] + texts[1]) or len(texts[2] + texts[3])
    return 30 * 60 // (60 + length)


def spellings(text: str) -> set[str]:
    """The words of a text as suggestions spell them: without Korean endings."""
    spelled = set()
    for word in words(text):
        form = korean.spell_in_letters(word.text) if word.is_hangul else word.text
        is_word = len(form) > 1 if word.is_hangul else len(form) > 2 and form.isalpha()
        if is_word and form not in ENGLISH_STOP_WORDS:
            spelled.add(form[:LONGEST_SPELLING])
    return spelled
