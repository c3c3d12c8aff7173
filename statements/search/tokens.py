"""The tokens that a text is found by: they hold nothing but letters and digits.

A first letter says of which sort a token is. Hangul: `o` a word of one syllable, `u` a
syllable, `b` two syllables of one word, `i` the two that a word begins with, `t` three
syllables in a row, whatever white space lies between them. Else: `w` a word, `s` its
stem, `p` two stems in a row. `d` is a date.
"""

from statements.search.dates import dates_in
from statements.search.languages import english, korean
from statements.search.words import Word, stands_for_pair, words


def tokens(text: str) -> set[str]:
    all_tokens = {token for date in dates_in(text) for token in date.tokens}
    all_words = words(text)
    for word in all_words:
        all_tokens.update(
            hangul_tokens(word.text) if word.is_hangul else latin_tokens(word.text)
        )
    for run in hangul_runs(all_words):
        all_tokens.update(f"t{piece}" for piece in korean.pieces(run, 3))
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
    of_word = {f"u{syllable}" for syllable in word}
    of_word.update(f"b{piece}" for piece in korean.pieces(word, 2))
    of_word.add(f"i{word[:2]}" if len(word) > 1 else f"o{word}")
    return of_word


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


def hangul_runs(row: list[Word]) -> list[str]:
    """The Hangul between words of another script, without white space."""
    runs = [""]
    for word in row:
        if word.is_hangul:
            runs[-1] += word.text
        else:
            runs.append("")
    return runs
