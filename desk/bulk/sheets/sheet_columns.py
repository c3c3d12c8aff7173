"""The columns of a sheet, and how a text stands in one of its cells."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from explorer.exports.columns import NUMBER, SLUGS, TEXT, Column
from explorer.exports.columns import STATEMENT_COLUMNS as PUBLIC
from explorer.exports.formats import FORMULA_STARTS, cell_value
from statements.history.snapshot import TAGS, TEXTS

#: What tells whose row it is, and which revision it was made from: never edited.
KEYS = ("code", "kind", "seen")
#: In these an empty cell leaves the English as it is, unless asked otherwise.
OPTIONAL = ("title_en", "text_en")
SHEET_COLUMNS = (
    Column("code", TEXT, _("Code of the statement. Do not change.")),
    Column("kind", TEXT, _("Kind of the statement. Do not change.")),
    *(column for column in PUBLIC if column.name in TEXTS),
    Column("editor_note_ko", TEXT, _("Editor’s note in Korean.")),
    Column("editor_note_en", TEXT, _("Editor’s note in English.")),
    Column("regions", SLUGS, _("Slugs of regions, joined by semicolons.")),
    Column("countries", SLUGS, _("Slugs of countries, joined by semicolons.")),
    Column("themes", SLUGS, _("Slugs of themes, joined by semicolons.")),
    Column("organisations", SLUGS, _("Slugs of organizations, joined by semicolons.")),
    Column(
        "seen",
        NUMBER,
        _("Number of the revision that the row was made from. Do not change."),
    ),
)
SHEET_COLUMN_NAMES = tuple(column.name for column in SHEET_COLUMNS)

JAMO = re.compile("[\u1100-\u11ff]+")


def row_of(revision: int, snapshot: dict) -> dict:
    """A statement as its row has it."""
    cells = {name: cell_of(snapshot[name]) for name in (*TEXTS, *TAGS)}
    return {
        "code": snapshot["code"],
        "kind": snapshot["kind"],
        **cells,
        "seen": revision,
    }


def cell_of(value: str | list[str]) -> str:
    return tidy(cell_value(value))


def tidy(text: str) -> str:
    """Without what programs change on their own: ends of lines, white space around,
    syllables that some systems take apart into letters.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return JAMO.sub(lambda m: unicodedata.normalize("NFC", m[0]), lines).strip()


def unescape_cell(cell: str) -> str:
    """The text of a cell; the mark that keeps it from being a formula goes."""
    is_marked = cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS)
    return tidy(cell[1:] if is_marked else cell)


def value_of(name: str, text: str) -> str | list[str]:
    """What a snapshot has for the text of a cell."""
    if name not in TAGS:
        return text
    return list(dict.fromkeys(filter(None, map(str.strip, text.split(";")))))
