"""The topics and goals that the words of a search name, told above what it finds."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from explorer.results.kept_index import facet_index
from explorer.topics.counts import ColumnCounts, count_columns, places_of_topic
from statements.codes import code_in, goal_key
from statements.filters.choices import Vocabulary, vocabulary
from statements.models import Country, Region, Statement, Theme
from statements.requests import PortalRequest
from statements.search.synonyms import curated_synonyms, phrase_key
from statements.search.words import words
from statements.version_cache import VersionCache

AnyTopic = Region | Country | Theme
Named = AnyTopic | Statement
MOST_BEST_BETS = 3
LONGEST_NAME = 6
#: What joins the parts of a theme's name, each of which names it too.
NAME_JOINTS = re.compile(r"[·,()]| and (?:the )?")
TOPIC_NAMES: VersionCache[dict[str, list[Named]]] = VersionCache()
GOAL_NUMBERED = re.compile(r"(?:정책)?목표\s*(\d+)|goal\s*(\d+)", re.IGNORECASE)


class BestBet(NamedTuple):
    """A page that answers what was typed, and what it has."""

    name: str
    address: str
    counts: ColumnCounts


def best_bets(request: PortalRequest, typed: str) -> list[BestBet]:
    named = dict.fromkeys(named_in(request, typed))
    return [bet_on(request, one) for one in list(named)[:MOST_BEST_BETS]]


def named_in(request: PortalRequest, typed: str) -> Iterator[Named]:
    """From left to right, what the longest run of words names."""
    terms = vocabulary(request.data_version)
    numbered = GOAL_NUMBERED.fullmatch(typed.strip())
    code = f"G{numbered[1] or numbered[2]}" if numbered else code_in(typed)
    yield from (goal for goal in terms.goals if goal.code == code)
    names = TOPIC_NAMES.answer(request.data_version, lambda: names_of_topics(terms))
    row, at = words(typed), 0
    while at < len(row):
        for size in range(min(LONGEST_NAME, len(row) - at), 0, -1):
            run = row[at : at + size]
            found = [
                one
                for is_stemmed in (False, True)
                for one in names.get(phrase_key(run, stemmed=is_stemmed), ())
            ]
            if found:
                yield from found
                break
        else:
            size = 1
        at += size


def names_of_topics(terms: Vocabulary) -> dict[str, list[Named]]:
    """Topics and goals by their names in both languages, and what readers type."""
    names: dict[str, list[Named]] = {}
    topics: list[AnyTopic] = [*terms.countries, *terms.regions, *terms.themes]
    for term in topics:
        for name in (term.name_ko, term.name_en):
            for part in (name, *NAME_JOINTS.split(name)):
                add_name(names, part, term)
    for goal in terms.goals:
        add_name(names, goal.title_ko, goal)
        add_name(names, goal.title_en, goal)
    for synonyms in curated_synonyms():
        aliased = [names.get(phrase_key(words(form)), []) for form in synonyms.typed]
        for form in synonyms.typed:
            for one in (one for group in aliased for one in group):
                add_name(names, form, one)
    return names


def add_name(names: dict[str, list[Named]], name: str, one: Named) -> None:
    key = phrase_key(words(name))
    if key and one not in names.setdefault(key, []):
        names[key].append(one)


def bet_on(request: PortalRequest, one: Named) -> BestBet:
    """The counts are of what the index has: words that name much cost no query more."""
    index = facet_index(request)
    if isinstance(one, Statement):
        name = _("Goal %(number)s") % {"number": one.number}
        about = index.chosen("goal", [goal_key(one.code)])
    else:
        name = one.name
        about = places_of_topic(index, one)
    return BestBet(name, one.get_absolute_url(), count_columns(index, about))
