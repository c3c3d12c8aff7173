"""Compiles locale/**/*.po to .mo in pure Python: no gettext needs installing."""

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"

for source in sorted(LOCALE.rglob("LC_MESSAGES/*.po")):
    compiled = source.with_suffix(".mo")
    if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
        polib.pofile(str(source)).save_as_mofile(str(compiled))
