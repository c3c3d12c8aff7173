"""A statement as plain data, whole: what a Revision keeps."""

from collections.abc import Iterable

from statements.models import Statement, TranslationState

TEXTS = (
    "title_ko",
    "title_en",
    "text_ko",
    "text_en",
    "editor_note_ko",
    "editor_note_en",
)
TAGS = ("regions", "countries", "themes", "organisations")
#: What the English was made from, and which English was found right.
FINGERPRINTS = ("en_from", "en_reviewed")
FACTS = {
    "events": (
        "quote title_ko title_en start end precision tentative nature place_ko place_en"
    ),
    "figures": "quote label_ko label_en value unit_ko unit_en qualifier nature",
    "statusupdates": "status as_of note_ko note_en evidence",
}
#: Written only where they are filled: a snapshot from before there were such fields is
#: then the same as one without.
FILLED = {"events": "outcome_ko outcome_en outcome_evidence"}
LINKS = "relation rationale_ko rationale_en state"


def snapshots(statement_ids: Iterable[int]) -> dict[int, dict]:
    """The state of each statement by id, in a number of queries that does not grow."""
    statements = (
        Statement.objects.filter(pk__in=statement_ids)
        .select_related("parent", "document")
        .prefetch_related(*TAGS, *FACTS, "links_to_earlier__earlier")
    )
    return {statement.pk: snapshot(statement) for statement in statements}


def snapshot(statement: Statement) -> dict:
    return {
        "code": statement.code,
        "kind": statement.kind,
        "document": statement.document.slug,
        "parent": statement.parent.code if statement.parent else None,
        "position": statement.position,
        "year": statement.year,
        "state": statement.state,
        "translation": statement.translation_state.value,
        **{name: getattr(statement, name) for name in (*FINGERPRINTS, *TEXTS)},
        **{name: [t.slug for t in getattr(statement, name).all()] for name in TAGS},
        **{
            name: [plain_fact(name, fact) for fact in getattr(statement, name).all()]
            for name in FACTS
        },
        "links": [
            {"earlier": link.earlier.code, **plain_values(link, LINKS)}
            for link in statement.links_to_earlier.all()
        ],
    }


def plain_fact(name: str, fact) -> dict:
    filled = {n: v for n, v in plain_values(fact, FILLED.get(name, "")).items() if v}
    return {**plain_values(fact, FACTS[name]), **filled}


def plain_values(row, fields: str) -> dict:
    """The named fields of a row as JSON has them: dates and decimals as strings."""
    values = {name: getattr(row, name) for name in fields.split()}
    return {
        name: value if isinstance(value, bool) else str(value)
        for name, value in values.items()
    }


def translation_of(snapshot: dict) -> TranslationState:
    """Derived from its texts, as a statement derives it: those of a proposal count."""
    names = (*FINGERPRINTS, *TEXTS)
    values = {name: snapshot[name] for name in names if name in snapshot}
    return Statement(**values).translation_state
