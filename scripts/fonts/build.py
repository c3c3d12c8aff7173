"""Build the portal's web fonts from Pretendard GOV, or check what they cover.

    python -m scripts.fonts.build DIRECTORY   rebuild static/fonts/ from upstream files
    python -m scripts.fonts.build --check     verify that every text can be shown

static/fonts/README.md says where the upstream files come from.
"""

import argparse
import hashlib
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from scripts.fonts.characters import (
    ROOT,
    needed_by_file,
    needed_characters,
    split_characters,
)
from scripts.fonts.stylesheet import (
    FAMILY,
    Face,
    characters_shown,
    face_for,
    write_stylesheet,
)

FONTS = ROOT / "static" / "fonts"
#: What Korean pages link: the check asks for every character there.
STYLESHEET = FONTS / "korean.css"
#: What pages link: English ones show Hangul in the reader's own font.
LINKED = {"korean.css": ("core", "latin"), "latin.css": ("latin",)}

UPSTREAM_VERSION = "1.3.9"
# The TrueType file and its woff2 form hold the same glyphs: the outputs are the same.
UPSTREAM_SHA256 = {
    "PretendardGOV-Regular.ttf": (
        "b288cb28b28b7763c8264cc3cf477e09fc9c4a29d7bf29f63580871ef3c89e06"
    ),
    "PretendardGOV-Regular.woff2": (
        "0707d52d277a20d807f472559940e7f8022e528ac4c680b827287938d4db1fbe"
    ),
    "PretendardGOV-Bold.ttf": (
        "4a72e78753b42a16308597b597f050ecd1d4baad92cbae8cdf4bcf0d28828da7"
    ),
    "PretendardGOV-Bold.woff2": (
        "d78ab7c3708fe868dcc5e3696281771b3cdc6a891de571f93331f98840d8941b"
    ),
}
STYLES = {400: "Regular", 700: "Bold"}
# The order of the rules in the stylesheet: see `face_for`.
SUBSETS = ("core", "latin")

COPYRIGHT, FAMILY_ID, STYLE, UNIQUE, FULL, VERSION, POSTSCRIPT = range(7)
TRADEMARK, DESIGNER, DESCRIPTION, LICENCE, LICENCE_URL = 7, 9, 10, 13, 14
KEPT_NAMES = (COPYRIGHT, TRADEMARK, DESIGNER, LICENCE, LICENCE_URL)
WINDOWS_UNICODE_ENGLISH = (3, 1, 0x409)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "upstream",
        nargs="?",
        type=Path,
        help=f"directory of Pretendard GOV {UPSTREAM_VERSION}, .ttf or .woff2",
    )
    what.add_argument(
        "--check",
        action="store_true",
        help="verify that the built fonts cover the repository's texts",
    )
    options = parser.parse_args(arguments)
    return check() if options.check else build(options.upstream)


def build(upstream: Path) -> int:
    """Rebuild every font and the stylesheet, then check them."""
    faces = [
        build_face(find_upstream(upstream, style), weight, subset)
        for weight, style in STYLES.items()
        for subset in SUBSETS
    ]
    for name, subsets in LINKED.items():
        linked = [face for face in faces if face.file.split("-")[2] in subsets]
        write_stylesheet(FONTS / name, linked)
    say(size_table(faces))
    return check()


def check() -> int:
    """Report the texts' characters that a browser would not find in the fonts."""
    missing = missing_characters()
    for char, places in missing.items():
        say(f"missing: {char} U+{ord(char):04X} in {', '.join(places)}")
    if not missing:
        say(f"all {len(needed_characters())} characters of the texts are covered")
    return 1 if missing else 0


def missing_characters() -> dict[str, list[str]]:
    """Return each uncovered character with the files that print it."""
    shown = characters_shown(STYLESHEET)
    covered = set.intersection(*(set(shown.get(weight, ())) for weight in STYLES))
    missing: dict[str, list[str]] = {}
    for path, chars in needed_by_file():
        for char in sorted(chars - covered):
            missing.setdefault(char, []).append(path.relative_to(ROOT).as_posix())
    return missing


def find_upstream(directory: Path, style: str) -> Path:
    """Return the upstream file of a style, its checksum verified."""
    for suffix in (".ttf", ".woff2"):
        path = directory / f"PretendardGOV-{style}{suffix}"
        if path.is_file():
            verify_checksum(path)
            return path
    sys.exit(f"no PretendardGOV-{style}.ttf or .woff2 in {directory}")


def verify_checksum(path: Path) -> None:
    """Stop unless a file is the upstream file that this script was written for."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != UPSTREAM_SHA256[path.name]:
        sys.exit(f"{path.name} is not the file of version {UPSTREAM_VERSION}")


def build_face(source: Path, weight: int, subset: str) -> Face:
    """Write one subset of one weight and return its stylesheet rule."""
    font = TTFont(source, recalcTimestamp=False)
    available = set(map(chr, font.getBestCmap()))
    chars = split_characters(available)[subset]
    reduce_to(font, chars)
    rename(font, STYLES[weight])
    font.flavor = "woff2"
    name = file_name(subset, weight)
    font.save(FONTS / name)
    return face_for(subset, weight, name, chars)


def file_name(subset: str, weight: int) -> str:
    """Return the name of a built file."""
    return f"portal-sans-{subset}-{weight}.woff2"


def reduce_to(font: TTFont, chars: set[str]) -> None:
    """Drop all glyphs, features and tables that horizontal text does not need.

    Kerning stays; contextual alternates go, because text is shown as it was written.
    """
    options = Options()
    options.layout_features = ["ccmp", "kern"]
    options.drop_tables += ["vhea", "vmtx"]
    options.name_IDs = list(KEPT_NAMES)
    options.name_languages = [WINDOWS_UNICODE_ENGLISH[-1]]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=map(ord, chars))
    subsetter.subset(font)


def rename(font: TTFont, style: str) -> None:
    """Give a subset its own name: the licence reserves "Pretendard" for the original.

    The copyright, trademark, designers and licence of upstream stay as they are.
    """
    revision = f"{font['head'].fontRevision:.3f}"
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    names = {
        FAMILY_ID: FAMILY,
        STYLE: style,
        UNIQUE: f"{revision};{postscript}",
        FULL: f"{FAMILY} {style}",
        VERSION: f"Version {revision}",
        POSTSCRIPT: postscript,
        DESCRIPTION: f"Subset of Pretendard GOV {UPSTREAM_VERSION}",
    }
    for name_id, value in names.items():
        font["name"].setName(value, name_id, *WINDOWS_UNICODE_ENGLISH)


def size_table(faces: list[Face]) -> str:
    """Return the sizes and character counts of the built files as text."""
    shown = characters_shown(STYLESHEET)
    rows = [f"{'file':<32}{'bytes':>9}{'characters':>12}"]
    for face in faces:
        count = list(shown[face.weight].values()).count(face.file)
        rows.append(f"{face.file:<32}{size_of(face.file):>9,}{count:>12,}")
    rows.append(f"{STYLESHEET.name:<32}{size_of(STYLESHEET.name):>9,}")
    for page, subsets in (("English", ["latin"]), ("Korean", ["latin", "core"])):
        files = [file_name(subset, weight) for subset in subsets for weight in STYLES]
        rows.append(f"{page + ' page':<32}{sum(map(size_of, files)):>9,}")
    return "\n".join(rows)


def size_of(name: str) -> int:
    """Return the size of a built file in bytes."""
    return (FONTS / name).stat().st_size


def say(text: str) -> None:
    """Write a line to standard output."""
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
