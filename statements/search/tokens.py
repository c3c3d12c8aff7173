"""The tokens that a text is found by: they hold nothing but letters and digits.

A first letter says of which sort a token is. Hangul: `o` a word of one syllable, `u` a
syllable that is a part of a word, `b` two that are, `c` three, whatever white space
lies between them, `i` the two that a word begins with, `t` any three in a row. Else:
`w` a word, `s` its stem, `p` two stems in a row. `d` is a date.
"""

from statements.input.letters import fold
from statements.search.dates import dates_in
from statements.search.languages import english, korean
from statements.search.languages.segments import joined, segments
from statements.search.words import Word, stands_for_pair, words


def tokens(text: str) -> set[str]:
    dates = dates_in(fold(text).text)
    all_tokens = {token for date in dates for token in date.tokens}
    all_words = words(text)
    for word in all_words:
        all_tokens.update(
            hangul_tokens(word.text) if word.is_hangul else latin_tokens(word.text)
        )
    for run in hangul_runs(all_words):
        all_tokens.update(run_tokens(run))
    for left, right in zip(all_words, all_words[1:], strict=False):
        second = right.text[:1] if is_one_syllable(right) else right.text
        if stands_for_pair(left, second, text[left.end : right.start]):
            all_tokens.update((f"b{left.text}{second}", f"i{left.text}{second}"))
            all_tokens.update((f"o{second}",))
    latin_words = [word.text for word in all_words if not word.is_hangul]
    return all_tokens | stem_pairs(latin_words)


def is_one_syllable(word: Word) -> bool:
    """Nothing but a particle follows the word's first syllable: 일과의."""
    rest = word.text[1:]
    return word.is_hangul and (not rest or rest in korean.PARTICLES.split())


def hangul_tokens(word: str) -> set[str]:
    places = segments(word)
    of_word = {
        f"{sort}{word[at : at + size]}"
        for size, sort in ((1, "u"), (2, "b"))
        for at in places.starts
        if places.has_word(at, at + size)
    }
    of_word.add(f"i{word[:2]}" if len(word) > 1 else f"o{word}")
    return of_word


def run_tokens(run: list[str]) -> set[str]:
    """Of words that follow each other, whatever white space lies between them."""
    text, places = "".join(run), joined(run)
    of_run = {f"t{piece}" for piece in korean.pieces(text, 3)}
    of_run.update(
        f"c{text[at : at + 3]}" for at in places.starts if places.has_word(at, at + 3)
    )
    return of_run


def latin_tokens(word: str) -> set[str]:
    return {f"w{word}", f"s{english.stem_english(word)}"}


def stem_pairs(row: list[str]) -> set[str]:
    stems = [
        english.stem_english(word)
        for word in row
        if word not in english.ENGLISH_STOP_WORDS
    ]
    return {pair(*two) for two in zip(stems, stems[1:], strict=False)}


def pair(left: str, right: str) -> str:
    return f"p{left}0{right}"


def hangul_runs(row: list[Word]) -> list[list[str]]:
    """The words in Hangul between words of another script."""
    runs: list[list[str]] = [[]]
    for word in row:
        if word.is_hangul:
            runs[-1].append(word.text)
        else:
            runs.append([])
    return runs
