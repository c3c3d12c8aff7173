"""Fails when a string has no Korean, a doubtful one, or is missing from locale/.

It fails too when locale/overrides has a text that is none of Django's any more.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
import polib

PROJECT = Path(__file__).resolve().parent.parent
MESSAGES = Path("locale/ko/LC_MESSAGES/django.po")
OVERRIDES = PROJECT / "locale" / "overrides"
DJANGO = Path(django.__file__).parent
PLACEHOLDER = re.compile(r"%\(\w+\)\w|%\w|\{\w*\}")
NOT_COPIED = shutil.ignore_patterns(
    ".venv", "var", ".git", "static", "fixtures", "node_modules"
)


def extracted() -> polib.POFile:
    """The file that makemessages would write now, from a copy of the project."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        shutil.copytree(PROJECT, copy, ignore=NOT_COPIED)
        command = "manage.py makemessages --locale ko --no-location --no-obsolete -v 0"
        subprocess.run([sys.executable, *command.split()], cwd=copy, check=True)
        return polib.pofile(str(copy / MESSAGES))


def problems() -> list[str]:
    kept = polib.pofile(str(PROJECT / MESSAGES))
    wanted = extracted()
    known = {(entry.msgctxt, entry.msgid) for entry in kept}
    used = {(entry.msgctxt, entry.msgid) for entry in wanted}
    return [
        *(f"no Korean: {entry.msgid!r}" for entry in kept.untranslated_entries()),
        *(f"fuzzy: {entry.msgid!r}" for entry in kept if entry.fuzzy),
        *(f"not in locale/: {msgid!r}" for _, msgid in sorted(used - known, key=str)),
        *(f"no longer used: {msgid!r}" for _, msgid in sorted(known - used, key=str)),
    ]


def problems_of_overrides() -> Iterator[str]:
    for file in OVERRIDES.rglob("*.po"):
        theirs = {
            (entry.msgctxt, entry.msgid)
            for path in DJANGO.rglob(f"locale/ko/LC_MESSAGES/{file.name}")
            for entry in polib.pofile(str(path))
        }
        for entry in polib.pofile(str(file)):
            if (entry.msgctxt, entry.msgid) not in theirs:
                yield f"not a text of Django's: {entry.msgid!r}"
            for text in (entry.msgstr, *entry.msgstr_plural.values()):
                if text and names_in(text) != names_in(entry.msgid):
                    yield f"other placeholders: {entry.msgid!r}"


def names_in(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


if __name__ == "__main__":
    lines = [*problems(), *problems_of_overrides()]
    print("\n".join(lines))
    sys.exit(1 if lines else 0)
