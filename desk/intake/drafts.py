"""Drafts of a whole document: its paragraphs and statements, made by one gate."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from desk.audit_log import log_made
from desk.intake.document_as_read import DocumentAsRead, read_kept
from desk.intake.free_codes import free_codes
from desk.intake.models import Intake
from desk.intake.refusals import require_sound
from desk.intake.steps import present_version
from outline import Piece, StatementRow
from statements.gate import Note, gate
from statements.models import Document, Paragraph, PublicationState, Statement
from statements.models.paragraphs import Exclusion

ADDED = Note(ko="문서를 초안으로 추가함", en="The document was added as drafts")
#: Said of a title that people wrote because the outline needs one.
NOT_IN_SOURCE = Note(
    ko="원문에 없는 글로, 편집자가 적었습니다.",
    en="The source does not have this; the editors wrote it.",
)


def make_drafts(intake: Intake, by: User, seen: int, document: Document) -> Document:
    """The document with all its drafts; ValidationError, and nothing is made, where
    something is in the way.
    """
    with gate(by, ADDED):
        present = present_version(intake, seen)
        read = read_kept(present)
        require_sound(read)
        document.file = present.name or f"{document.slug}.txt"
        document.sha256 = present.sha256
        document.full_clean()
        document.save()
        made = make_statements(document, read)
        make_paragraphs(document, read, made)
        present.document = document
        present.save(update_fields=["document"])
        log_made(by, [document])
    return document


def make_statements(document: Document, read: DocumentAsRead) -> dict[str, Statement]:
    """By the codes of the rows; each level at once, as it needs the one above."""
    made: dict[str, Statement] = {}
    codes = free_codes(read, document.time_year)
    for level in levels_of(read.statements):
        rows = [
            statement_of(row, codes[row.code], document, read, made) for row in level
        ]
        created = Statement.objects.bulk_create(rows)
        made.update(zip((row.code for row in level), created, strict=True))
    return made


def levels_of(rows: list[StatementRow]) -> list[list[StatementRow]]:
    """The rows by how deep they stand, those without a parent first."""
    depths: dict[str | None, int] = {None: -1}
    levels: list[list[StatementRow]] = []
    for row in rows:
        depth = depths[row.code] = depths[row.parent] + 1
        levels[depth:] = levels[depth:] or [[]]
        levels[depth].append(row)
    return levels


def statement_of(
    row: StatementRow,
    code: str,
    document: Document,
    read: DocumentAsRead,
    made: Mapping[str, Statement],
) -> Statement:
    note = NOT_IN_SOURCE if read.is_written_by_staff(row) else Note("", "")
    return Statement(
        code=code,
        kind=row.kind,
        document=document,
        parent=made[row.parent] if row.parent else None,
        position=row.position,
        year=row.year,
        title_ko=row.title_ko,
        text_ko=row.text_ko,
        editor_note_ko=note.ko,
        editor_note_en=note.en,
        state=PublicationState.DRAFT,
    )


def make_paragraphs(
    document: Document, read: DocumentAsRead, made: Mapping[str, Statement]
) -> None:
    """In the order of the working text; what it no longer has comes where it stood."""
    became = {n: made[row.code] for row in read.statements for n in row.pieces}
    paragraphs = {
        n: paragraph_of(piece, document, became.get(n), read.outline.depths[n])
        for n, piece in enumerate(read.pieces)
    }
    gone = [paragraph_of(left_out(piece), document, None, 0) for piece in read.missing]
    in_order = sorted([*paragraphs.values(), *gone], key=lambda p: p.first_line)
    for ordinal, paragraph in enumerate(in_order, 1):
        paragraph.ordinal = ordinal
    for level in levels_of_paragraphs(paragraphs, read.outline.parents):
        Paragraph.objects.bulk_create(level)
    Paragraph.objects.bulk_create(gone)


def left_out(piece: Piece) -> Piece:
    """A piece that people took out of the working text: it stays in the source."""
    if piece.excluded:
        return piece
    words = _("removed from the working text")
    return replace(piece, excluded=Exclusion.OTHER.value, words=words)


def levels_of_paragraphs(
    paragraphs: Mapping[int, Paragraph], parents: list[int | None]
) -> Iterator[list[Paragraph]]:
    """Those whose parent is stored by then, with that parent, until none is left."""
    left = dict(paragraphs)
    while left:
        level = [n for n in left if parents[n] not in left]
        for n in level:
            above = parents[n]
            left[n].parent = None if above is None else paragraphs[above]
        yield [left.pop(n) for n in level]


def paragraph_of(
    piece: Piece, document: Document, statement: Statement | None, depth: int
) -> Paragraph:
    first, last = piece.lines
    raw = piece.raw_in_place
    exclusion = piece.excluded or ""
    is_other = exclusion == Exclusion.OTHER
    return Paragraph(
        document=document,
        marker=piece.public_marker,
        depth=depth,
        raw=raw,
        text=piece.public_text,
        first_line=first,
        last_line=last,
        sha256=hashlib.sha256(raw.encode()).hexdigest(),
        statement=statement,
        exclusion=exclusion,
        exclusion_note=(piece.words or str(Exclusion.OTHER.label)) if is_other else "",
    )
