from modeltranslation.translator import TranslationOptions, translator

from statements.models import (
    Country,
    Document,
    EntryRevision,
    Event,
    Figure,
    GlossaryTerm,
    Link,
    Organisation,
    Region,
    Revision,
    Statement,
    StatusUpdate,
    Theme,
)

NOT_NULL = {"null": False, "default": ""}

#: The columns of both languages are never NULL: SQL compares and concatenates them.
TRANSLATED = {
    Document: (
        *("title", "edition", "time_basis", "publisher", "licence"),
        *("contains", "lacks"),
    ),
    Region: ("name", "scope"),
    Country: ("name", "scope"),
    Theme: ("name", "scope"),
    Organisation: ("name", "scope"),
    Statement: ("title", "text", "editor_note"),
    Link: ("rationale",),
    Event: ("title", "place", "outcome"),
    Figure: ("label", "unit"),
    GlossaryTerm: ("note",),
    StatusUpdate: ("note",),
    Revision: ("note",),
    EntryRevision: ("note",),
}

#: Written by staff in both languages, never in Korean first.
IN_BOTH = (Link, StatusUpdate)

for model, names in TRANSLATED.items():
    translator.register(
        model,
        TranslationOptions,
        fields=names,
        field_options={name: {"default": NOT_NULL} for name in names},
        required_languages=("ko", "en") if model in IN_BOTH else (),
    )
