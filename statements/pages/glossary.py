"""The glossary: its terms by letter, and the statements that each occurs in."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from statements.filters.filterset import LONGEST_QUERY
from statements.input.letters import squeezed
from statements.input.plain_text import PlainTextField
from statements.models import Category, GlossaryTerm, Statement
from statements.pages.initials import terms_by_letter
from statements.pages.lazy_values import lazy_parts

#: The values of the page that are made together.
GLOSSARY_PARTS = (
    *("groups", "chapters", "categories", "category", "count", "count_of_all"),
    "words",
)


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


def glossary(request: HttpRequest) -> HttpResponse:
    """All terms, or those of a category or that hold the words asked for, by letter."""
    form = GlossaryForm(request.GET)
    context = {"form": form} | lazy_parts(lambda: glossary_parts(form), *GLOSSARY_PARTS)
    return render(request, "statements/pages/glossary.html", context)


def glossary_parts(form: GlossaryForm) -> dict[str, Any]:
    words = form.cleaned_data["q"] if form.is_valid() else ""
    terms = terms_holding(words) if form.is_valid() else []
    category = form.cleaned_data.get("category", "")
    counts = Counter(term.category for term in terms)
    shown = [t for t in terms if category in ("", t.category)]
    groups = terms_by_letter(shown)
    occurrences = statements_by_term()
    return {
        "groups": [
            (chapter, [(term, occurrences[term.pk]) for term in of_letter])
            for chapter, of_letter in groups
        ],
        "chapters": [chapter for chapter, _terms in groups],
        "categories": [(c, counts[c]) for c in Category if counts[c]],
        "category": category,
        "count": len(shown),
        "count_of_all": len(terms),
        "words": words,
    }
