"""The relevance of a statement, in whole numbers that both databases add up alike."""

from enum import StrEnum

from django.db.models import (
    Case,
    CharField,
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

from statements.search.entries import AllOf, MatchingEntries, SearchEntry
from statements.search.hit_counts import QueryTerms, condition
from statements.search.languages import korean
from statements.search.languages.segments import segments
from statements.search.query_plan import Plan
from statements.search.query_terms import TermGroup
from statements.search.tokens import stem_pairs
from statements.search.words import words

TYPED, EXACT, PHRASE, WAY = 40, 20, 60, 50
#: More than all other points together: what is only related comes last.
ITSELF = 10_000


class Match(StrEnum):
    """The words by which a statement is found: all that were typed; these or other
    ways to write the same; some of them only; only words related to them.
    """

    WORD = "word"
    SAME = "same"
    PARTIAL = "partial"
    RELATED = "related"


def matches(plan: Plan) -> list[tuple[Match, tuple[AllOf, ...]]]:
    """The condition of each match; those that nothing sets apart are left out, and the
    last is what holds for all others.
    """
    full = [way for way in plan.ways if len(way) >= plan.size]
    conditions = {
        Match.WORD: tuple(condition(way, typed_terms) for way in full),
        Match.SAME: tuple(condition(way, same_terms) for way in full),
        Match.PARTIAL: tuple(condition(way, same_terms) for way in plan.ways),
        Match.RELATED: tuple(condition(way) for way in plan.ways),
    }
    kept: list[tuple[Match, tuple[AllOf, ...]]] = []
    for match, ways in conditions.items():
        if ways and (not kept or ways != kept[-1][1]):
            kept.append((match, ways))
    return kept


def typed_terms(group: TermGroup) -> QueryTerms:
    return group.own


def same_terms(group: TermGroup) -> QueryTerms:
    return group.own + group.same


def match(plan: Plan) -> Case:
    """The way in which each of the statements that a plan finds is found."""
    *closer, (last, _ways) = matches(plan)
    return Case(
        *(
            When(pk__in=MatchingEntries(*ways), then=Value(match.value))
            for match, ways in closer
        ),
        default=Value(last.value),
        output_field=CharField(),
    )


def rank(plan: Plan) -> Subquery:
    score: Combinable = F("brevity")
    *closer, (last, _ways) = matches(plan)
    if closer and last == Match.RELATED:
        is_itself = Q(pk__in=MatchingEntries(*closer[-1][1]))
        score += Case(When(is_itself, then=Value(ITSELF)), default=Value(0))
    for group in plan.groups:
        score += points(group.own[0].tokens, TYPED)
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
        joined = "".join(segments(word.text).stem for word in row)
        return tuple(f"t{piece}" for piece in korean.pieces(joined, 3))
    latin_words = [word.text for word in row if not word.is_hangul]
    return tuple(sorted(stem_pairs(latin_words)))
