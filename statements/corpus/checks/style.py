"""House style: marks, spelling, and the form that each kind of text has."""

import re
from collections.abc import Iterator

from statements.corpus.checks.pairs import CheckedPair
from statements.corpus.checks.terms import official_names

PROSE = ("rationale", "editor_note", "contains", "lacks", "time_basis")
TYPOGRAPHIC = ("editor_note", "contains", "lacks", "time_basis")
BRITISH_SPELLING = re.compile(
    r"\b(?:\w*(?:neighb|lab|hon|fav|behavi|endeav|col|harb)our\w*|\w+isations?"
    r"|(?:organ|real|recogn|normal|modern|stabil|minim|maxim|util|mobil|priorit|emphas"
    r"|institutional)is(?:e|es|ed|ing)|defence|programmes?|centres?|licences?"
    r"|analys(?:e|ed|ing)|travell\w+|fulfil|judgement|whilst|towards|membership of)\b",
    re.IGNORECASE,
)
#: Korean carried over word for word, of which the readers of the corpus complained.
CALQUES = re.compile(
    r"\b(?:public convenience|devote (?:\w+ )?efforts|organically|thorough readiness"
    r"|sales diplomacy|in step with the era|smoothly (?:hold|carry)"
    r"|citizen-participatory|future generations|external credibility|diverse members"
    r"|in the mid to long term|(?:pursuit|achievement|acceleration) of"
    r"|realize (?:the|a|K-)|role as a springboard)\b",
    re.IGNORECASE,
)
ACHIEVEMENT = re.compile(r"\d{4}\.A\d")
LEAD_IN = re.compile(r"(?:[\w.-]+: )?(?:\w+ly )?(?P<word>\w*)")
PAST = re.compile(r"\w+(?<!e)ed|Began|Brought|Built|Held|Kept|Laid|Made|Met|Took|Won")


def check_marks(pair: CheckedPair) -> Iterator[str]:
    """Characters that stay in the Korean, "etc.", and where a sentence stops."""
    straight, curly = "\"'", "“”’"
    odd = straight if pair.field in TYPOGRAPHIC else curly
    for mark in sorted(set(re.findall(rf"[^ -~À-ɏ{curly}]|[{odd}]", pair.en))):
        yield f"mark {mark}"
    if re.search(r"\betc\b", pair.en):
        yield "etc."
    if pair.en != " ".join(pair.en.split()):
        yield "stray space"
    if pair.en.endswith(".") != (pair.field in PROSE):
        yield "full stop"


def check_spelling(pair: CheckedPair) -> Iterator[str]:
    """British spelling, but for official names that have it."""
    text = pair.en
    for name in filter(BRITISH_SPELLING.search, official_names(pair)):
        text = text.replace(name, "")
    yield from BRITISH_SPELLING.findall(text)


def check_calques(pair: CheckedPair) -> Iterator[str]:
    """Turns of Korean that are no English."""
    yield from CALQUES.findall(pair.en)


def check_form(pair: CheckedPair) -> Iterator[str]:
    """Achievements are told in the past tense, all else is not."""
    lead_in = LEAD_IN.match(pair.en)
    first = lead_in["word"] if lead_in else ""
    is_past = PAST.fullmatch(first) is not None
    if is_past != (ACHIEVEMENT.match(pair.code) is not None):
        yield f"first word {first}"
