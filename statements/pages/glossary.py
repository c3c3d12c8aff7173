"""The glossary: its terms by letter, and the statements that each occurs in."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from statements.filters.filterset import LONGEST_QUERY
from statements.input.letters import squeezed
from statements.input.plain_text import PlainTextField
from statements.models import Category, GlossaryTerm, Statement
from statements.pages.initials import (
    CONSONANT_NAMES,
    Letter,
    letter_slug,
    letters_of,
    terms_by_letter,
)
from statements.pages.lazy_values import lazy_parts
from statements.pages.page_numbers import numbered
from statements.requests import PortalRequest
from statements.version_cache import version_cache

#: The values of the page that are made together.
GLOSSARY_PARTS = (
    *("groups", "chapters", "categories", "category", "count", "count_of_all"),
    *("words", "most_codes", "page_obj", "numbers"),
)
#: More stand on further pages.
TERMS_PER_PAGE = 350
#: Statements named at one term, and at all terms of a page together.
MOST_CODES, CODES_PER_PAGE = 20, 1_800
#: Of more statements nobody is told which of them a term occurs in: to look through all
#: would take longer than a page may. A search finds them.
MOST_STATEMENTS = 2_000
#: By the key of each term.
TermOccurrences = dict[int, list[Statement]] | None


#: By the language that it is of.
ORDERS = {"ko": _("By the Korean word"), "en": _("By the English word")}


class LetterRow(NamedTuple):
    """The letters of one language, and the name of their order."""

    language: str
    label: str | Promise
    letters: list[Letter]


class WordsForm(forms.Form):
    q = PlainTextField(
        label=_("Keyword in Korean or English"),
        required=False,
        max_length=LONGEST_QUERY,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


class GlossaryForm(WordsForm):
    category = forms.ChoiceField(
        required=False, choices=Category.choices, widget=forms.HiddenInput
    )


def with_terms(statements: Iterable[Statement]) -> list[dict[str, Any]]:
    """Each statement with the glossary terms that occur in its Korean."""
    terms = folded_terms()
    return [
        {"statement": s, "terms": terms_in(f"{s.title_ko}|{s.text_ko}", terms)}
        for s in statements
    ]


def folded_terms() -> list[tuple[str, GlossaryTerm]]:
    """All terms, each with its folded Korean."""
    return [(squeezed(term.korean), term) for term in GlossaryTerm.objects.all()]


def terms_in(
    korean: str, terms: Iterable[tuple[str, GlossaryTerm]]
) -> list[GlossaryTerm]:
    """Of the folded terms, those that occur in a Korean text.

    None that is only part of a longer one; of two spellings, the one that stands there.
    """
    rest = squeezed(korean)
    present = [(wanted, term) for wanted, term in terms if wanted in rest]
    present.sort(key=lambda pair: (-len(pair[0]), pair[1].korean not in korean))
    terms_there = []
    for wanted, term in present:
        if wanted in rest:
            terms_there.append(term)
            rest = rest.replace(wanted, "|")
    return sorted(terms_there, key=lambda term: term.position)


@version_cache
def all_terms() -> list[GlossaryTerm]:
    return list(GlossaryTerm.objects.all())


@version_cache
def occurrences_of_terms() -> TermOccurrences:
    """The statements by term; None where there are too many to look through."""
    is_many = Statement.objects.published().count() > MOST_STATEMENTS
    return None if is_many else statements_by_term()


def statements_by_term() -> dict[int, list[Statement]]:
    """For the key of each term, the published statements that it occurs in."""
    by_term: dict[int, list[Statement]] = defaultdict(list)
    for row in with_terms(Statement.objects.published().in_outline_order()):
        for term in row["terms"]:
            by_term[term.pk].append(row["statement"])
    return by_term


def terms_holding(words: str) -> list[GlossaryTerm]:
    """The terms whose Korean or English holds the words, however they are spaced."""
    wanted = squeezed(words)
    return [
        term
        for term in GlossaryTerm.objects.all()
        if wanted in squeezed(term.korean) or wanted in squeezed(term.english)
    ]


def glossary(request: PortalRequest, letter: str = "") -> HttpResponse:
    """All terms, or those of a letter, of a category or that hold the words asked for,
    by letter; beyond a bound on further pages.
    """
    rows, shown = [], None
    for language, _name in own_language_first():
        letters = letters_of(all_terms(request.data_version), language)
        rows.append(LetterRow(language, ORDERS[language], letters))
        shown = next((one for one in letters if one.slug == letter), shown)
    if letter and not (shown and shown.n_terms):
        raise Http404
    form = GlossaryForm(request.GET)
    context = {
        "form": form,
        "letter": shown,
        "letter_title": shown and title_of_letter(shown),
        "order": shown and shown.language != get_language() and ORDERS[shown.language],
        "letter_rows": rows,
        **lazy_parts(lambda: glossary_parts(request, form, shown), *GLOSSARY_PARTS),
    }
    return render(request, "statements/pages/glossary.html", context)


def title_of_letter(letter: Letter) -> str:
    """A title says no language of its parts: ㄱ is Giyeok on English pages."""
    is_consonant = letter.name in CONSONANT_NAMES and get_language() != "ko"
    return letter.slug.capitalize() if is_consonant else letter.name


def own_language_first() -> list[tuple[str, str]]:
    return sorted(settings.LANGUAGES, key=lambda pair: pair[0] != get_language())


def glossary_parts(
    request: PortalRequest, form: GlossaryForm, letter: Letter | None
) -> dict[str, Any]:
    words = form.cleaned_data["q"] if form.is_valid() else ""
    terms = terms_holding(words) if form.is_valid() else []
    language = letter.language if letter else get_language() or "ko"
    if letter:
        terms = [t for t in terms if letter_slug(t, language) == letter.slug]
    category = form.cleaned_data.get("category", "")
    counts = Counter(term.category for term in terms)
    shown = [t for t in terms if category in ("", t.category)]
    ordered = [t for group in terms_by_letter(shown, language) for t in group.terms]
    numbers = numbered(lambda: ordered, TERMS_PER_PAGE, request.GET.get("page"))
    groups = terms_by_letter(numbers["page_obj"], language)
    occurrences = occurrences_of_terms(request.data_version)
    return {
        "groups": [
            (chapter, [(term, statements_of(term, occurrences)) for term in of_letter])
            for chapter, of_letter in groups
        ],
        "most_codes": most_codes(numbers["page_obj"], occurrences),
        "chapters": [chapter for chapter, _terms in groups],
        "categories": [(c, counts[c]) for c in Category if counts[c]],
        "category": category,
        "count": len(shown),
        "count_of_all": len(terms),
        "words": words,
        **numbers,
    }


def statements_of(
    term: GlossaryTerm, occurrences: TermOccurrences
) -> list[Statement] | None:
    return None if occurrences is None else occurrences.get(term.pk, [])


def most_codes(terms: Collection[GlossaryTerm], occurrences: TermOccurrences) -> str:
    """The first statements that each of these terms names, for the filter `slice`."""
    total = sum(len(statements_of(term, occurrences) or ()) for term in terms)
    is_long = total > CODES_PER_PAGE
    return f":{CODES_PER_PAGE // len(terms) if is_long else MOST_CODES}"
