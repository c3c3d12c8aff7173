"""The panels of goals: each with its plain sentence and the topics to enter it by."""

import re
from operator import itemgetter
from typing import NamedTuple

from django.utils.translation import get_language

from explorer.results.facet_index import FacetIndex
from explorer.topics.counts import places_of_topic
from portal.plain_language import plain_summary
from statements.filters.choices import Vocabulary
from statements.models import Country, Statement, Theme

#: The most countries that a panel has; with how many entries it has no more themes; and
#: the fewest statements that make an entry.
MOST_COUNTRIES, ENOUGH_ENTRIES, FEWEST_TAGGED = 4, 3, 2
#: The words that the summary explains at the end of a point.
GLOSS = re.compile(r"\s*\([^()]*\)$")


class GoalPanel(NamedTuple):
    goal: Statement
    sentence: str
    entries: list[Country | Theme]


def goal_panels(index: FacetIndex, terms: Vocabulary) -> list[GoalPanel]:
    """The goals of the newest document that has any."""
    goals = terms.newest_goals
    sentences = plain_sentences(goals)
    entries = entries_by_goal(index, terms, goals)
    return [
        GoalPanel(goal, sentences.get(goal.code, ""), entries[goal.pk])
        for goal in goals
    ]


def plain_sentences(goals: list[Statement]) -> dict[str, str]:
    """The first point of the summary by goal, if it was written for their document."""
    summary = plain_summary(get_language() or "ko")
    if any(goal.document.slug != summary["document"] for goal in goals):
        return {}
    return {
        section["code"]: GLOSS.sub("", section["points"][0]["text"])
        for section in summary["sections"]
    }


def entries_by_goal(
    index: FacetIndex, terms: Vocabulary, goals: list[Statement]
) -> dict[int, list[Country | Theme]]:
    """Countries first, then themes, those with most statements of the goal first."""
    entries: dict[int, list[Country | Theme]] = {}
    for goal in goals:
        under = index.places_below(index.place[goal.pk])
        found: list[Country | Theme] = []
        for topics, most in (
            (terms.countries, MOST_COUNTRIES),
            (terms.themes, ENOUGH_ENTRIES),
        ):
            of_goal = [(len(places_of_topic(index, t) & under), t) for t in topics]
            often = [one for one in of_goal if one[0] >= FEWEST_TAGGED]
            often.sort(key=itemgetter(0), reverse=True)
            found += [topic for _count, topic in often[: max(0, most - len(found))]]
        entries[goal.pk] = found
    return entries
