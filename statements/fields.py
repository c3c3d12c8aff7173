"""The fields of a statement, told once: each is one row of `STATEMENT_FIELDS`.

Snapshots, restoring, differences, sheets, outputs, the API and the fixtures read it. A
field of the model that is not in it keeps the portal from starting: statements.checks.

Rows have the order of columns, where new ones come last. No model imports this module.
"""

from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from statements.field_rows import (
    ComputedRow,
    FactRow,
    FieldRow,
    FingerprintRow,
    FixedRow,
    NumberRow,
    PositionRow,
    StateRow,
    TagRow,
    TextRow,
    ValueType,
)
from statements.models import (
    Country,
    Event,
    Figure,
    Link,
    Organisation,
    Region,
    StatusUpdate,
    Theme,
)
from statements.models.facts import OUTCOME

#: A statement as plain data, by the names of its fields: what JSON can hold.
Snapshot = dict[str, Any]

STATEMENT_FIELDS: tuple[FieldRow, ...] = (
    FixedRow(
        "code",
        output=_("Statement number. It is never given to another statement."),
        sheet=_("Statement number. Do not change."),
    ),
    FixedRow(
        "kind",
        output=_("Kind: goal, objective, achievement, task and so on."),
        sheet=_("Kind of statement. Do not change."),
    ),
    FixedRow("document", output=_("Source document.")),
    FixedRow(
        "year",
        type=ValueType.NUMBER,
        output=_("Year achievements run through, or year of tasks. Goals have none."),
    ),
    TextRow(
        "title_ko",
        "ko",
        label=_("Title in Korean"),
        output=_("Title in Korean, for kinds that have a title."),
        sheet=_("Title in Korean, for kinds that have a title."),
        width=40,
        is_of_source=True,
    ),
    TextRow(
        "title_en",
        "en",
        label=_("Title in English"),
        output=_("Title in English, an unofficial translation."),
        sheet=_("Title in English, an unofficial translation."),
        width=40,
        for_translators=True,
        is_of_source=True,
    ),
    TextRow(
        "text_ko",
        "ko",
        label=_("Text in Korean"),
        output=_("Text in Korean, for kinds that have a text."),
        sheet=_("Text in Korean, for kinds that have a text."),
        width=60,
        is_of_source=True,
    ),
    TextRow(
        "text_en",
        "en",
        label=_("Text in English"),
        output=_("Text in English, an unofficial translation."),
        sheet=_("Text in English, an unofficial translation."),
        width=60,
        for_translators=True,
        is_of_source=True,
    ),
    TextRow(
        "editor_note_ko",
        "ko",
        label=_("Editor’s note in Korean"),
        output=_("Editor’s note in Korean, not in the source."),
        sheet=_("Editor’s note in Korean."),
    ),
    TextRow(
        "editor_note_en",
        "en",
        label=_("Editor’s note in English"),
        output=_("Editor’s note in English, not in the source."),
        sheet=_("Editor’s note in English."),
        for_translators=True,
    ),
    TagRow(
        "regions",
        Region,
        label=_("Regions"),
        output=_("Regions. Added by this site’s editors, not in the source."),
        sheet=_("Identifiers (slugs) of regions, separated by semicolons."),
    ),
    TagRow(
        "countries",
        Country,
        label=_("Countries"),
        output=_("Countries that it names, including territories."),
        sheet=_("Identifiers (slugs) of countries, separated by semicolons."),
    ),
    TagRow(
        "themes",
        Theme,
        label=_("Themes"),
        output=_("Themes. Added by this site’s editors, not in the source."),
        sheet=_("Identifiers (slugs) of themes, separated by semicolons."),
    ),
    TagRow(
        "organisations",
        Organisation,
        label=_("Responsible organizations"),
        sheet=_("Identifiers (slugs) of organizations, separated by semicolons."),
    ),
    ComputedRow(
        "source_lines", output=_("Source lines: 6-10, or 25;27 for two paragraphs.")
    ),
    ComputedRow("url_ko", output=_("Address of the Korean page.")),
    ComputedRow("url_en", output=_("Address of the English page.")),
    FixedRow("parent", output=_("Number of the parent statement.")),
    ComputedRow(
        "translation",
        output=_("State of the English: missing, outdated, draft or reviewed."),
    ),
    ComputedRow("checked_on", output=_("Day of the last check by staff, if any.")),
    FactRow(
        "events",
        Event,
        (
            *("quote", "title_ko", "title_en", "start", "end", "precision"),
            *("tentative", "nature", "place_ko", "place_en"),
        ),
        filled=(*OUTCOME, "region", "country", "happening"),
        told=("start", "end", "title", "place", "outcome", "outcome_evidence"),
        known_by=("quote", "title_ko", "title_en", "start", "end"),
        same_where=("title_ko", "start"),
        label=_("Events"),
    ),
    FactRow(
        "figures",
        Figure,
        (
            *("quote", "label_ko", "label_en", "value", "unit_ko", "unit_en"),
            *("qualifier", "nature"),
        ),
        filled=("region", "country"),
        told=("label", "value", "unit", "quote"),
        known_by=("quote", "label_ko", "label_en", "value"),
        same_where=("quote", "label_ko"),
        label=_("Figures"),
    ),
    FactRow(
        "statusupdates",
        StatusUpdate,
        ("status", "as_of", "note_ko", "note_en", "evidence"),
        told=("status", "as_of", "note", "evidence"),
        known_by=("as_of", "note_ko", "note_en", "evidence"),
        same_where=("as_of",),
        left_out=("id", "statement", "by"),
        label=_("Status"),
    ),
    FactRow(
        "links",
        Link,
        ("relation", "rationale_ko", "rationale_en", "state"),
        told=("relation", "rationale", "state"),
        known_by=("earlier",),
        same_where=("earlier",),
        relation="links_to_earlier",
        left_out=("id", "later", "earlier", "by", "at"),
        label=_("Links to earlier statements"),
    ),
    PositionRow("position", label=_("position"), type=ValueType.NUMBER),
    FingerprintRow("en_from", label=_("English")),
    FingerprintRow("en_reviewed", label=_("English")),
    StateRow("state", label=_("publication state")),
)
#: Fields of the model that follow from others, and are in no snapshot.
DERIVED = ("id", "sort_key", "parent_kind", "root", "nature", "ko_hash", "en_hash")

Row = TypeVar("Row", bound=FieldRow)


def rows_of_kind(kind: type[Row]) -> dict[str, Row]:
    """The rows of one kind by name, in the order of the table."""
    return {row.name: row for row in STATEMENT_FIELDS if isinstance(row, kind)}


TEXTS = rows_of_kind(TextRow)
#: Titles and texts; editor's notes are none of the source's.
SOURCE_TEXTS = {name: row for name, row in TEXTS.items() if row.is_of_source}
NUMBER_FIELDS = rows_of_kind(NumberRow)
TAGS = rows_of_kind(TagRow)
#: Links too, which are told by the code of their other end.
FACTS = rows_of_kind(FactRow)
#: By these it is known what the English was made from, and which was found right.
FINGERPRINTS = rows_of_kind(FingerprintRow)
#: The columns of the statement's own table that a proposal can change.
CHANGEABLE_COLUMNS = (
    *TEXTS,
    *FINGERPRINTS,
    *rows_of_kind(StateRow),
    *rows_of_kind(PositionRow),
    *NUMBER_FIELDS,
)
#: All of a snapshot that can change; the rest follows from it or never does.
CHANGEABLE = (*CHANGEABLE_COLUMNS, *TAGS, *FACTS)
#: What translators may change; the rest is the editors'.
ENGLISH = tuple(row.name for row in STATEMENT_FIELDS if row.for_translators)
BY_NAME = {row.name: row for row in STATEMENT_FIELDS}


def numbers_of(kind: str) -> list[str]:
    """The numbers that statements of a kind have."""
    return [name for name, row in NUMBER_FIELDS.items() if row.is_of(kind)]


def value_in(snapshot: Snapshot, name: str) -> Any:
    """The value of a field in a snapshot; the empty one where that is older."""
    if name in snapshot:
        return snapshot[name]
    return BY_NAME[name].empty


def is_same(old: Snapshot, new: Snapshot) -> bool:
    """True where nothing has changed; a field that is new and unfilled is no change."""
    return all(value == value_in(old, name) for name, value in new.items())
