"""The changes of a translator’s file, and the proposals that come of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from desk.batches.record import keep_batch
from desk.bulk.text_rules import LONGEST_TITLE
from desk.models import BatchKind
from desk.proposals.messages import log
from desk.proposals.record import Proposed, Terms, proposing
from desk.translations.checks import EnglishChecks, EnglishWarning
from desk.translations.editor import english_fields, one_line, write_english
from desk.translations.queue import translatable
from desk.translations.xliff.document import mark_of
from desk.translations.xliff.unit import Unit
from statements.fields import TEXTS
from statements.gate import Note
from statements.history.word_diff import Run, diff_words
from statements.input.letters import squeezed
from statements.input.plain_text import LONGEST_TEXT
from statements.models import Statement, TranslationState
from statements.models.ranges import wrong_with_text
from statements.write_lock import write_lock


class Remark(NamedTuple):
    """Something about one unit that is not a change."""

    unit: Unit
    text: str


@dataclass
class UnitChange:
    """A text that the translator has changed."""

    unit: Unit
    statement: Statement
    warnings: list[EnglishWarning]

    @property
    def new(self) -> str:
        return one_line(self.unit.target)

    @property
    def present(self) -> str:
        text: str = getattr(self.statement, self.column)
        return text

    @property
    def column(self) -> str:
        return f"{self.unit.field}_en"

    @property
    def label(self) -> str:
        return str(TEXTS[self.column].label)

    @property
    def runs(self) -> list[Run]:
        return diff_words(self.present, self.new)

    @property
    def is_outdated(self) -> bool:
        return self.statement.translation_state == TranslationState.OUTDATED


@dataclass
class Preview:
    """`problems` keep all of the file from being proposed."""

    changes: list[UnitChange] = field(default_factory=list)
    problems: list[Remark] = field(default_factory=list)
    notices: list[Remark] = field(default_factory=list)
    unchanged: int = 0

    @property
    def has_outdated(self) -> bool:
        return any(change.is_outdated for change in self.changes)


def preview_units(units: Iterable[Unit]) -> Preview:
    units = list(units)
    statements = {
        statement.code: statement
        for statement in translatable().filter(code__in={unit.code for unit in units})
    }
    checking, preview = EnglishChecks(), Preview()
    lines: dict[str, int] = {}
    for unit in units:
        statement = statements.get(unit.code)
        problem = problem_of(unit, statement, lines.get(unit.id))
        if problem or statement is None:
            preview.problems.append(Remark(unit, problem))
        else:
            add(preview, unit, statement, checking)
        lines.setdefault(unit.id, unit.line)
    return preview


def problem_of(unit: Unit, statement: Statement | None, line: int | None) -> str:
    """The reason not to take the unit; `line` has it already. Empty: it is taken."""
    if statement is None:
        return _(
            "There is no statement with this number, or it is no longer published."
        )
    if unit.field not in english_fields(statement):
        return _("Statements of this kind do not have this text.")
    if line:
        return _("The same translation unit is also on line %s.") % line
    if unit.field == "title" and len(one_line(unit.target)) > LONGEST_TITLE:
        return _("A title can have at most %s characters.") % LONGEST_TITLE
    wrong = wrong_with_text(one_line(unit.target), LONGEST_TEXT)
    return " ".join(text for error in wrong for text in error.messages)


def add(
    preview: Preview, unit: Unit, statement: Statement, checking: EnglishChecks
) -> None:
    """Adds a unit; a text that stands in the file as it was written was left alone,
    whatever the portal has now.
    """
    present = one_line(getattr(statement, f"{unit.field}_en"))
    target = one_line(unit.target)
    if target and target != present and mark_of(target) != unit.english:
        warnings = list(warnings_of(unit, statement, present, checking))
        preview.changes.append(UnitChange(unit, statement, warnings))
        return
    if present and not target:
        text = _("The file has no English here, so the current English stays.")
        preview.notices.append(Remark(unit, text))
    preview.unchanged += 1


def warnings_of(
    unit: Unit, statement: Statement, present: str, checking: EnglishChecks
) -> Iterator[EnglishWarning]:
    korean = getattr(statement, f"{unit.field}_ko")
    if unit.korean != statement.korean_fingerprint:
        yield EnglishWarning(
            _(
                "The Korean has changed since the file was made, so the English will "
                "be marked as out of date."
            )
        )
    elif squeezed(unit.source) != squeezed(korean):
        yield EnglishWarning(
            _("The Korean in the file is different from the Korean on this site.")
        )
    if unit.english != mark_of(present):
        yield EnglishWarning(_("The English has changed since the file was made."))
    yield from checking.check(statement, unit.field, one_line(unit.target)).warnings


def propose_changes(
    changes: Iterable[UnitChange],
    by: User,
    note: Note,
    terms: Terms,
    is_said: bool,
    name: str = "",
) -> Proposed:
    """One proposal a statement, all of them a batch, on terms that name what was seen;
    `is_said` that the English is of the Korean of the file, which is called `name`.
    """
    by_statement: dict[int, list[UnitChange]] = {}
    for change in changes:
        by_statement.setdefault(change.statement.pk, []).append(change)
    with write_lock():
        with proposing(by, note, terms._replace(alone=True)) as proposed:
            statements = Statement.objects.in_bulk(list(by_statement))
            for pk, of_statement in by_statement.items():
                english = {change.unit.field: change.new for change in of_statement}
                korean = of_statement[0].unit.korean
                write_english(statements[pk], english, korean, is_said)
        keep_batch(proposed, by, BatchKind.XLIFF, name)
        log(by, proposed, note)
    return proposed
