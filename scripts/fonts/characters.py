"""The characters that the portal prints, and the font file of each of them.

Two files a weight: `latin` is all that an English page needs, `core` adds the Korean
of the repository's own texts. Other Korean, typed later, wears the reader's own font.
"""

import html
import itertools
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

TEXTS = (
    "fixtures/**/*.csv",
    "fixtures/**/*.json",
    "fixtures/**/*.toml",
    "fixtures/**/*.txt",
    "fixtures/**/*.yaml",
    "locale/**/*.po",
    "templates/**/*.html",
    "templates/**/*.txt",
)
# What no other text holds yet, or only Python or JavaScript prints.
EXTRA = "scripts/fonts/extra_characters.txt"
STYLESHEETS = "static/**/*.css"
VENDORED = "static/vendor/"

# ▴ marks an inline list in the sources. Upstream has no glyph for it, and the portal
# renders those lists as real list markup, so it never reaches a page as text.
NEVER_PRINTED = frozenset("▴")

LATIN_RANGES = (
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x017F),  # Latin-1 Supplement, Latin Extended-A
    (0x2010, 0x2026),  # dashes, quotation marks, bullets, ellipsis
    (0x2190, 0x2199),  # arrows
)
LATIN_SYMBOLS = "‰′″‹›⁄₩€№™−≈≠≤≥∞■□▪▫▲△▶▷▼▽◀◁◆◇○●★☆✓"
# The language link of English pages: in `latin`, so that it alone fetches no Hangul.
LANGUAGE_LINK = "한국어로 읽기"

KOREAN_PUNCTUATION = "‧・※、。〈〉《》「」『』【】〔〕"
NUMBERING = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ①②③④⑤⑥⑦⑧⑨⑩ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"

_COMMENT_LINE = re.compile(r"^#.*$", re.MULTILINE)
_CSS_CONTENT = re.compile(r"(?<![\w-])content\s*:([^;}]*)")
_CSS_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")


def is_printed(char: str) -> bool:
    """Tell whether a character needs a glyph: no control, private use or space."""
    return unicodedata.category(char)[0] not in "CZ" and char not in NEVER_PRINTED


def printed(text: str) -> set[str]:
    """Return the characters of a text that need a glyph."""
    return {char for char in set(text) if is_printed(char)}


def needed_characters(root: Path = ROOT) -> set[str]:
    """Return every character that the repository's texts can put on a page."""
    return {char for _, chars in needed_by_file(root) for char in chars}


def needed_by_file(root: Path = ROOT) -> Iterator[tuple[Path, set[str]]]:
    """Yield each text of the repository with the characters that it prints."""
    for pattern in (*TEXTS, EXTRA):
        for path in sorted(root.glob(pattern)):
            yield path, printed(_visible_text(path))
    for path in sorted(root.glob(STYLESHEETS)):
        if not path.relative_to(root).as_posix().startswith(VENDORED):
            yield path, printed(_generated_content(path.read_text("utf-8")))


def split_characters(available: set[str]) -> dict[str, set[str]]:
    """Deal the characters that the upstream font has to the two files."""
    latin = _latin() & available
    core = (_core() & available) - latin
    return {"latin": latin, "core": core}


def _latin() -> set[str]:
    ranges = (range(first, last + 1) for first, last in LATIN_RANGES)
    codes = itertools.chain.from_iterable(ranges)
    return set(map(chr, codes)) | set(LATIN_SYMBOLS + LANGUAGE_LINK)


def _core() -> set[str]:
    return needed_characters() | set(KOREAN_PUNCTUATION + NUMBERING)


def _visible_text(path: Path) -> str:
    text = path.read_text("utf-8")
    if path.suffix == ".po" or path.name == Path(EXTRA).name:
        text = _COMMENT_LINE.sub("", text)
    return html.unescape(text)


def _generated_content(css: str) -> str:
    values = "".join(_CSS_CONTENT.findall(css))
    return _CSS_ESCAPE.sub(lambda match: chr(int(match[1], 16)), values)
