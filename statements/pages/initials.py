"""The letters that a glossary is ordered by: 가나다 in Korean, A to Z in English."""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from string import ascii_uppercase
from typing import NamedTuple
from unicodedata import normalize

from django.utils.translation import gettext as _

from statements.models import GlossaryTerm
from statements.pages.chapters import Chapter

#: The first consonants of syllables, in the order of Unicode; doubled ones are found
#: under the single one, as in a dictionary.
CONSONANTS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
#: As addresses have them, by their Korean names.
CONSONANT_NAMES = {
    **{"ㄱ": "giyeok", "ㄴ": "nieun", "ㄷ": "digeut", "ㄹ": "rieul", "ㅁ": "mieum"},
    **{"ㅂ": "bieup", "ㅅ": "siot", "ㅇ": "ieung", "ㅈ": "jieut", "ㅊ": "chieut"},
    **{"ㅋ": "kieuk", "ㅌ": "tieut", "ㅍ": "pieup", "ㅎ": "hieut"},
}
#: Syllables with the same first consonant.
SYLLABLES_EACH = 588


class Initial(NamedTuple):
    """Sorts as the page has it: Hangul, Latin letters, digits, anything else."""

    place: int
    name: str

    @property
    def anchor(self) -> str:
        return f"letter-{self.place}-{ord(self.name[0])}"

    def slug(self, is_korean: bool) -> str:
        """In an address; the letters of the two languages never meet."""
        name = {1: "latin" if is_korean else self.name.lower(), 2: "numbers"}
        of_others = CONSONANT_NAMES.get(self.name, name.get(self.place, "others"))
        is_sign = not is_korean and self.place > 1
        return f"english-{of_others}" if is_sign else of_others


class LetterGroup(NamedTuple):
    chapter: Chapter
    terms: list[GlossaryTerm]


def terms_by_letter(terms: Iterable[GlossaryTerm], language: str) -> list[LetterGroup]:
    """Terms in the order of a language, by their first letter there."""
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


class Letter(NamedTuple):
    """A letter of one language, and how many terms begin with it there."""

    slug: str
    name: str
    language: str
    n_terms: int


def letters_of(terms: Iterable[GlossaryTerm], language: str) -> list[Letter]:
    """All letters that the language has, and the signs that terms begin with."""
    is_korean = language == "ko"
    found = Counter(
        initial_of(term.korean if is_korean else term.english, is_korean)
        for term in terms
    )
    of_language = (
        [Initial(0, name) for name in CONSONANT_NAMES]
        if is_korean
        else [Initial(1, name) for name in ascii_uppercase]
    )
    return [
        Letter(one.slug(is_korean), one.name, language, found[one])
        for one in sorted({*of_language, *found})
    ]


def letter_slug(term: GlossaryTerm, language: str) -> str:
    """The letter, as addresses have it, that a term is under in a language."""
    is_korean = language == "ko"
    words = term.korean if is_korean else term.english
    return initial_of(words, is_korean).slug(is_korean)


def initial_of(words: str, is_korean: bool) -> Initial:
    letter = normalize("NFD" if not is_korean else "NFC", words)[:1]
    if "가" <= letter <= "힣":
        return Initial(0, CONSONANTS[(ord(letter) - ord("가")) // SYLLABLES_EACH])
    if letter.isascii() and letter.isalpha():
        return Initial(1, "A–Z" if is_korean else letter.upper())
    if letter.isdigit():
        return Initial(2, _("Numbers"))
    return Initial(3, _("Others"))
