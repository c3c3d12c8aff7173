"""Faults of a working text that are in the way of drafts, each with its line."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from desk.bulk.text_rules import LONGEST_TITLE
from desk.intake.document_as_read import DocumentAsRead
from outline import Piece, StatementRow
from outline.tree.rows import UNKNOWN_YEAR
from statements.models import Kind, Paragraph
from statements.models.kinds import PARENTS

#: As deep as the columns of codes and of their order hold, and deeper than any outline.
DEEPEST = 15
LONGEST_MARKER = Paragraph._meta.get_field("marker").max_length or 0
LONGEST_REASON = Paragraph._meta.get_field("exclusion_note").max_length or 0


def require_sound(read: DocumentAsRead) -> None:
    """Raises ValidationError with all that is in the way."""
    if not read.statements:
        raise ValidationError(_("The working text does not produce any statements."))
    kinds = {row.code: row.kind for row in read.statements}
    found = [
        (read.place_of(row), fault)
        for row in read.statements
        for fault in faults_of(row, kinds.get(row.parent or "", ""))
    ]
    found += [
        (place, fault)
        for place, piece in zip(read.reading.places, read.pieces, strict=True)
        for fault in faults_of_piece(piece)
    ]
    if found:
        line = _("Line %(n)s: %(fault)s")
        raise ValidationError([line % {"n": n, "fault": fault} for n, fault in found])


def faults_of(row: StatementRow, kind_above: str) -> Iterator[str]:
    kind = Kind(row.kind)
    if UNKNOWN_YEAR in row.code and row.parent is None:
        yield _("The year of this part is not known. Add it to the title.")
    if not (row.title_ko or row.text_ko):
        yield no_title(row)
    if len(row.title_ko) > LONGEST_TITLE:
        yield _("The title has more than %(n)s characters.") % {"n": LONGEST_TITLE}
    if kind_above not in PARENTS[kind]:
        names = {"kind": kind.label, "above": Kind(kind_above).label}
        yield (
            _("A statement of the kind “%(kind)s” cannot be placed under “%(above)s”.")
            % names
        )
    if row.code.count(".") > DEEPEST:
        yield _("It is too deep in the outline.")


def no_title(row: StatementRow) -> str:
    """Of a goal or part that the text has nothing of; the grammar needs one."""
    if row.kind == Kind.GOAL:
        return _(
            "There is no goal above this. Enter the title of the goal on a separate "
            "line."
        )
    return _(
        "There is no part above this. Enter the title of the part on a separate line, "
        "as in “Ⅰ. 2026년 주요 추진과제”."
    )


def faults_of_piece(piece: Piece) -> Iterator[str]:
    if len(piece.public_marker) > LONGEST_MARKER:
        yield _("The marker has more than %(n)s characters.") % {"n": LONGEST_MARKER}
    if len(piece.words) > LONGEST_REASON:
        yield _("The reason has more than %(n)s characters.") % {"n": LONGEST_REASON}
