"""The stylesheets of the fonts: written, and read back to see what a browser finds."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from textwrap import fill

from fontTools.ttLib import TTFont

FAMILY = "MOFA Portal Sans"

_HEADER = """\
/* Written by scripts/fonts/build.py. Licence: OFL.txt.
   Where two ranges overlap, the later rule wins: core, then latin. */
"""
_FACE = re.compile(
    r'font-weight: (?P<weight>\d+);.*?url\("(?P<file>[^"]+)"\)'
    r".*?unicode-range:(?P<ranges>[^;]+);",
    re.DOTALL,
)


@dataclass(frozen=True)
class Face:
    """One `@font-face` rule."""

    weight: int
    file: str
    ranges: tuple[tuple[int, int], ...]

    def __contains__(self, char: str) -> bool:
        """Tell whether the rule's ranges hold a character."""
        return any(first <= ord(char) <= last for first, last in self.ranges)

    def css(self) -> str:
        """Return the rule as CSS."""
        ranges = fill(
            ", ".join(_css_range(*limits) for limits in self.ranges),
            width=88,
            initial_indent="    ",
            subsequent_indent="    ",
        )
        return (
            "@font-face {\n"
            f'  font-family: "{FAMILY}";\n'
            "  font-style: normal;\n"
            f"  font-weight: {self.weight};\n"
            "  font-display: optional;\n"
            f'  src: url("{self.file}") format("woff2");\n'
            f"  unicode-range:\n{ranges};\n"
            "}\n"
        )


def face_for(subset: str, weight: int, file: str, chars: set[str]) -> Face:
    """Return the rule of one built file."""
    return Face(weight, file, tuple(contiguous(map(ord, chars))))


def contiguous(codes: Iterable[int]) -> list[tuple[int, int]]:
    """Return code points as sorted, inclusive ranges."""
    ranges: list[tuple[int, int]] = []
    for code in sorted(codes):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], code)
        else:
            ranges.append((code, code))
    return ranges


def write_stylesheet(path: Path, faces: Iterable[Face]) -> None:
    """Write the rules, in the order given."""
    path.write_text(_HEADER + "".join(face.css() for face in faces), "utf-8")


def read_stylesheet(path: Path) -> list[Face]:
    """Return the rules of a stylesheet written by `write_stylesheet`."""
    return [
        Face(int(match["weight"]), match["file"], tuple(_ranges(match["ranges"])))
        for match in _FACE.finditer(path.read_text("utf-8"))
    ]


def characters_shown(stylesheet: Path) -> dict[int, dict[str, str]]:
    """Return, for each weight, the file from which a browser takes each character."""
    shown: dict[int, dict[str, str]] = {}
    for face in read_stylesheet(stylesheet):
        with TTFont(stylesheet.parent / face.file) as font:
            glyphs = map(chr, font.getBestCmap())
        chars = {char: face.file for char in glyphs if char in face}
        shown.setdefault(face.weight, {}).update(chars)
    return shown


def _css_range(first: int, last: int) -> str:
    return f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}"


def _ranges(css: str) -> Iterable[tuple[int, int]]:
    for limits in css.replace("U+", "").split(","):
        first, _, last = limits.strip().partition("-")
        yield int(first, 16), int(last or first, 16)
