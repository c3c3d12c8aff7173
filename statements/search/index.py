"""Keeps the search in step with the statements; the gate calls it at its exit."""

from collections.abc import Collection
from typing import Any

from statements.search.entries import SearchEntry, SearchWord
from statements.search.languages import korean
from statements.search.languages.english import ENGLISH_STOP_WORDS
from statements.search.tokens import tokens
from statements.search.words import words

FIELDS = ("title_ko", "text_ko", "title_en", "text_en")
BATCH = 500
LONGEST_WORD = 40


def refresh(published, statement_ids: Collection[int]) -> None:
    """Writes anew what these statements are found by; unpublished ones are not found.

    `published` are all that readers may see. Words that nothing holds any longer stay:
    they are proposed only where they find something.
    """
    pks = sorted(statement_ids)
    for start in range(0, len(pks), BATCH):
        some = pks[start : start + BATCH]
        SearchEntry.objects.filter(pk__in=some).delete()
        rows = published.filter(pk__in=some).order_by("pk")
        write_entries(list(rows.values_list("pk", *FIELDS)))


def write_entries(rows: list[tuple[Any, ...]]) -> None:
    """For rows of key and texts: the entries, and the words that are new."""
    SearchEntry.objects.bulk_create(
        SearchEntry(
            statement_id=pk,
            tokens=f" {' '.join(sorted(set().union(*map(tokens, texts))))} ",
            brevity=brevity(texts),
        )
        for pk, *texts in rows
    )
    found = {word for _, *texts in rows for text in texts for word in spellings(text)}
    SearchWord.objects.bulk_create(
        (
            SearchWord(word=word, letters=letters, reversed_letters=letters[::-1])
            for word, letters in sorted((one, korean.letters(one)) for one in found)
        ),
        ignore_conflicts=True,
    )


def brevity(texts: list[str]) -> int:
    """From 30 down to nothing as the Korean, or what there is, grows."""
    length = len(texts[0] + texts[1]) or len(texts[2] + texts[3])
    return 30 * 60 // (60 + length)


def spellings(text: str) -> set[str]:
    """The words of a text as suggestions spell them: without Korean endings."""
    found = set()
    for word in words(text):
        one = korean.spell_in_letters(word.text) if word.is_hangul else word.text
        is_word = len(one) > 1 if word.is_hangul else len(one) > 2 and one.isalpha()
        if is_word and one not in ENGLISH_STOP_WORDS:
            found.add(one[:LONGEST_WORD])
    return found
