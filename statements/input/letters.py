"""Text as it is compared wherever words are looked for: one folding for all places."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

#: The Chinese characters of the sources and of headlines, by their Korean reading.
READINGS = dict(
    zip(
        "美北中日新下韓露英佛獨前對核南濠非反國本舊現親",
        "미북중일신하한러영불독전대핵남호비반국본구현친",
        strict=True,
    )
)
DOT, DOTS = "·", "‧·・∙•ㆍ･⋅᛫⸱ᐧ\u119e"
DASHES, QUOTES = "‐‑‒–—―−﹣－", "‘’‛ʼ＇"
SIGNS = str.maketrans(
    {
        **dict.fromkeys(DOTS, DOT),
        **dict.fromkeys(DASHES, "-"),
        **dict.fromkeys(QUOTES, "'"),
        **dict.fromkeys("∼〜～", "~"),
    }
)
#: Nobody sees them: soft hyphens, signs without width, fillers, marks of direction.
UNSEEN_SIGNS = (
    "\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
)
#: A character with what is written onto it, as some systems take syllables apart.
CLUSTER = re.compile(
    rf"[{UNSEEN_SIGNS}]|[^{UNSEEN_SIGNS}][\u0300-\u036f\u1161-\u11ff\uffc2-\uffdc]*",
    re.S,
)
UNSEEN = re.compile(f"[{UNSEEN_SIGNS}]")
#: What one writer puts between the letters of a term and another leaves out.
BETWEEN = re.compile(r"[\s.]")
READING = str.maketrans(READINGS)


JAMO = re.compile("[\u1100-\u11ff]+")
#: The signs that each folded one may stand for, wherever a database compares texts.
VARIANTS: dict[str, str] = {
    DOT: DOTS,
    "-": DASHES,
    "'": QUOTES,
    **{reading: hanja for hanja, reading in READINGS.items()},
}
WIDE = 0xFEE0


class Folded(NamedTuple):
    """A text as it is compared; `spans` have the place of each character in it."""

    text: str
    spans: list[tuple[int, int]]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text as it was written of a place in the folded one."""
        return self.spans[start][0], self.spans[end - 1][1]

    def is_whole(self, start: int, end: int) -> bool:
        """No sign of the text as it was written is cut in two by the place."""
        edges = [at for at in (start, end) if 0 < at < len(self.spans)]
        return all(self.spans[at - 1] != self.spans[at] for at in edges)


def fold(text: str) -> Folded:
    """Without case, accents, width and Chinese characters, whose reading remains."""
    return written_as(text, fold_cluster)


def unify(text: str) -> Folded:
    """With one sign for all dots, dashes and widths, syllables whole; case stays."""
    return written_as(text, unify_cluster)


def squeezed(text: str) -> str:
    """The folded text without space and points: 한미 동맹 as 한미동맹."""
    return BETWEEN.sub("", fold(text).text)


def composed(text: str) -> str:
    """The text as a person sees it, who sees neither letters apart nor hidden signs."""
    whole = JAMO.sub(lambda m: unicodedata.normalize("NFC", m[0]), text)
    return UNSEEN.sub("", whole)


def any_spelling(words: str) -> str:
    """A regular expression, for Python as for databases, of the words however they are
    written: all that `squeezed` takes for the same.
    """
    return rf"[\s.{UNSEEN_SIGNS}]*".join(map(any_sign, squeezed(words)))


def any_sign(sign: str) -> str:
    wide = chr(ord(sign) + WIDE) if "!" <= sign <= "~" else ""
    signs = "".join(map(re.escape, (sign, *VARIANTS.get(sign, ""), *wide)))
    return f"[{signs}]" if len(signs) > len(re.escape(sign)) else signs


def written_as(text: str, form_of: Callable[[str], str]) -> Folded:
    characters: list[str] = []
    spans: list[tuple[int, int]] = []
    for cluster in CLUSTER.finditer(text):
        form = form_of(cluster[0])
        characters.append(form)
        spans += [cluster.span()] * len(form)
    return Folded("".join(characters), spans)


@lru_cache(maxsize=10_000)
def unify_cluster(cluster: str) -> str:
    if UNSEEN.match(cluster):
        return ""
    return unicodedata.normalize("NFKC", cluster.translate(SIGNS)).translate(SIGNS)


@lru_cache(maxsize=10_000)
def fold_cluster(cluster: str) -> str:
    if len(cluster) == 1 and "가" <= cluster <= "힣":
        return cluster
    plain = unify_cluster(cluster).translate(READING).casefold()
    if plain.isascii() or any("가" <= letter <= "힣" for letter in plain):
        return plain
    parts = unicodedata.normalize("NFKD", plain)
    return "".join(part for part in parts if not unicodedata.combining(part))
