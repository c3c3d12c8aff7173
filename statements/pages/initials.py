"""The letters that a glossary is ordered by: 가나다 in Korean, A to Z in English."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple
from unicodedata import normalize

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from statements.models import GlossaryTerm
from statements.pages.chapters import Chapter

#: The first consonants of syllables, in the order of Unicode; doubled ones are found
#: under the single one, as in a dictionary.
CONSONANTS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
#: Syllables with the same first consonant.
SYLLABLES_EACH = 588


class Initial(NamedTuple):
    """Sorts as the page has it: Hangul, Latin letters, digits, anything else."""

    place: int
    name: str

    @property
    def anchor(self) -> str:
        return f"letter-{self.place}-{ord(self.name[0])}"


class LetterGroup(NamedTuple):
    chapter: Chapter
    terms: list[GlossaryTerm]


def terms_by_letter(terms: Iterable[GlossaryTerm]) -> list[LetterGroup]:
    """Terms in the order of the active language, by their first letter."""
    language = get_language() or "ko"
    is_korean = language == "ko"

    def initial(term: GlossaryTerm) -> Initial:
        return initial_of(term.korean if is_korean else term.english, is_korean)

    def order(term: GlossaryTerm) -> tuple[Initial, str, int]:
        words = term.korean if is_korean else term.english
        return initial(term), words.casefold(), term.position

    groups = groupby(sorted(terms, key=order), key=initial)
    return [
        LetterGroup(Chapter(first.anchor, first.name, language), list(group))
        for first, group in groups
    ]


def initial_of(words: str, is_korean: bool) -> Initial:
    letter = normalize("NFD" if not is_korean else "NFC", words)[:1]
    if "가" <= letter <= "힣":
        return Initial(0, CONSONANTS[(ord(letter) - ord("가")) // SYLLABLES_EACH])
    if letter.isascii() and letter.isalpha():
        return Initial(1, "A–Z" if is_korean else letter.upper())
    if letter.isdigit():
        return Initial(2, _("Numbers"))
    return Initial(3, _("Others"))
