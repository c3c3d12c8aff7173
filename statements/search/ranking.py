"""The relevance of a statement, in whole numbers that both databases add up alike."""

from django.db.models import (
    Case,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from statements.search.entries import MatchingEntries, SearchEntry
from statements.search.hit_counts import condition
from statements.search.languages import korean
from statements.search.query_plan import Plan
from statements.search.query_terms import TermGroup
from statements.search.tokens import stem_pairs
from statements.search.words import words

TYPED, EXACT, PHRASE, WAY = 40, 20, 60, 50


def rank(plan: Plan) -> Subquery:
    score: Combinable = F("brevity")
    for group in plan.groups:
        score += points(group.terms[0].tokens, TYPED)
        for token in group.better:
            score += points((token,), EXACT)
    if phrase := phrase_tokens(plan.groups):
        score += points(phrase, PHRASE)
    for way in plan.ways[:-1]:
        holds = Q(pk__in=MatchingEntries(condition(way)))
        score += Case(When(holds, then=Value(WAY)), default=Value(0))
    entry = SearchEntry.objects.filter(pk=OuterRef("pk"))
    return Subquery(entry.values_list(score), output_field=IntegerField())


def points(tokens: tuple[str, ...], number: int) -> Case:
    """The number, for an entry that has all the tokens."""
    has_all = Q()
    for token in dict.fromkeys((tokens[0], tokens[-1])):
        has_all &= Q(GreaterThan(StrIndex("tokens", Value(f" {token} ")), 0))
    return Case(When(has_all, then=Value(number)), default=Value(0))


def phrase_tokens(groups: tuple[TermGroup, ...]) -> tuple[str, ...]:
    """The tokens of the whole query in one piece, if it has several words."""
    if len(groups) < 2:
        return ()
    row = words(" ".join(group.typed for group in groups))
    if all(word.is_hangul for word in row):
        joined = "".join(korean.stem_korean(word.text) for word in row)
        return tuple(f"t{piece}" for piece in korean.pieces(joined, 3))
    latin_words = [word.text for word in row if not word.is_hangul]
    return tuple(sorted(stem_pairs(latin_words)))
