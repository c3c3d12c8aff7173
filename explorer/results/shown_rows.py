"""All that each part of a row shows, in the active language, to keep the part by."""

from typing import Any, NamedTuple

from statements.filters.choices import Vocabulary

Shown = tuple[object, ...]


class RowParts(NamedTuple):
    """The values of each part, in the words of the row's template."""

    spine: Shown
    path: Shown
    wording: Shown
    note: Shown
    tags: Shown


def shown_row(statement: Any, terms: Vocabulary) -> RowParts:
    """Of a row that has its path, links and tags."""
    document = statement.path_document
    return RowParts(
        spine=(
            *(statement.code, statement.kind, terms.is_earlier(statement)),
            statement.link_count,
            *((p.first_line, p.last_line) for p in statement.paragraphs.all()),
        ),
        path=tuple((above.language, above.heading) for above in statement.path)
        or (document.title if document else "",),
        wording=(statement.language, statement.title, statement.text),
        note=(statement.editor_note_ko, statement.editor_note_en),
        tags=tuple((name, term.slug, term.name) for name, term in statement.tags),
    )
