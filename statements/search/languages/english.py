"""English words: stems, and the words that say nothing of what is looked for."""

import re
from functools import lru_cache

ENGLISH_QUESTION_WORDS = (
    "a an the of in on at to for from by with without and or but as is are was were be "
    "been being do does did done doing has have had having will would can could should "
    "may might must shall what which who whom whose when where why how i me my we our "
    "ours you your he she it its they them their this that these those there here any "
    "some all about into over under between among during than then so if not no s t "
    "tell show find give list explain describe please happen happened happening going "
    "go get got make made take taken much many more most very also just such via per "
    "regarding concerning related towards toward been want know information "
    "help helps helped helping try tries trying tried use used using work works way"
)
#: Said of nearly everything here: they weigh only where nothing else is asked for.
ENGLISH_EVERYWHERE = (
    "korea korean koreas rok republic south government ministry seoul's currently "
    "recent recently plan plans policy policies position issue issues problem problems"
)
#: Without their endings these would be policy, part, state, position, united and so on.
ENGLISH_WHOLE_WORDS = (
    "police party station positive unity general internal relative university universe "
    "news department apartment statement organ critic"
)
WORDS_OF_THEIR_OWN = frozenset(ENGLISH_WHOLE_WORDS.split())
ENGLISH_STOP_WORDS = frozenset(ENGLISH_QUESTION_WORDS.split())
ENGLISH_COMMON_WORDS = frozenset(ENGLISH_EVERYWHERE.split())
BRITISH_PAIRS = (
    (re.compile(r"is(e|es|ed|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"(?<=[a-z]{3})our$"), "or"),
    (re.compile(r"(?<=[a-z]{2})tre$"), "ter"),
    (re.compile(r"(?<=[a-z]{3})ence$"), "ense"),
    (re.compile(r"gramme$"), "gram"),
)
PLURALS = (
    (re.compile(r"(?<=[a-z]{2})ies$"), "y"),
    (re.compile(r"(?<=ss|sh|ch|.x|.z)es$"), ""),
    (re.compile(r"(?<=[a-z]{2}[^suiz'])s$"), ""),
)
SUFFIX = re.compile(
    r"(?<=[a-z]{4})(izations?|izing|ized?|ational|ations?|ative|ating|ated?|ments?"
    r"|ness|ities|ity|ically|ical|ingly|ing|edly|ed|ions?|ional|ive|ic|al|ly|y|e)$"
)
NATIONALITY = re.compile(r"(?<=[a-z]{3}a)n$")
DOUBLED = re.compile(r"([bdgmnprt])\1$")


@lru_cache(maxsize=20_000)
def stem_english(word: str) -> str:
    """The word without its endings, British and American alike."""
    if len(word) <= 3 or not word.isalpha() or word in WORDS_OF_THEIR_OWN:
        return word
    for pattern, plain in PLURALS:
        word = pattern.sub(plain, word)
    if word in WORDS_OF_THEIR_OWN:
        return word
    for pattern, american in BRITISH_PAIRS:
        word = pattern.sub(american, word)
    word = NATIONALITY.sub("", word)
    for _ in range(2):
        word = SUFFIX.sub("", word)
    return DOUBLED.sub(r"\1", word)
