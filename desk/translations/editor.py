"""English is written, and reviewed: both become proposals."""

import re
from collections.abc import Iterable

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from desk.batches.record import keep_batch
from desk.bulk.text_rules import LONGEST_TITLE
from desk.models import BatchKind, Proposal
from desk.proposals.approval.obstacles import MOVED_ON
from desk.proposals.further.resumed import (
    is_for_translation_desk,
    put_in_place,
    still_resumable,
)
from desk.proposals.further.terms import TermFields
from desk.proposals.messages import log
from desk.proposals.note_form import NoteForm
from desk.proposals.record import Proposed, Terms, newest_revision, proposing
from statements.admin.base import OF_PRESENT_KOREAN, text_rows
from statements.fields import FINGERPRINTS, TEXTS
from statements.fingerprints import fingerprint
from statements.gate import Note
from statements.input.plain_text import PlainTextField
from statements.models import Revision, Statement, TranslationState
from statements.write_lock import write_lock

REVIEWED = Note(ko="영어 번역을 검토함", en="Reviewed the English translation")
#: The note of a change of the English, by the state of it before.
SUGGESTED_NOTES = {
    TranslationState.MISSING: Note(ko="영어 번역을 더함", en="Added the English"),
    TranslationState.OUTDATED: Note(
        ko="바뀐 한국어에 맞추어 영어 번역을 고침",
        en="Brought the English up to date with the Korean",
    ),
}
POLISHED = Note(ko="영어 번역을 다듬음", en="Polished the English translation")
FINGERPRINT = re.compile("[0-9a-f]{32}")


def one_line(text: str) -> str:
    """A text of a statement is one paragraph, however a tool has broken it."""
    return " ".join(text.split())


def english_fields(statement: Statement) -> list[str]:
    """The names of the texts that its kind has: title, text or both."""
    return [
        korean.removesuffix("_ko") for korean, _english in text_rows(statement.kind)
    ]


class EnglishForm(NoteForm, TermFields):
    """The English of one statement, or of a proposal to go on from; `korean` is what
    its author sees beside it.
    """

    seen = forms.IntegerField(initial=newest_revision, widget=forms.HiddenInput)
    korean = forms.RegexField(FINGERPRINT, widget=forms.HiddenInput)
    is_of_present_korean = forms.BooleanField(
        label=OF_PRESENT_KOREAN,
        required=False,
        help_text=gettext_lazy(
            "If you do not select this, a translation that is out of date stays marked"
            " as out of date."
        ),
    )

    def __init__(
        self,
        statement: Statement,
        data: QueryDict | None = None,
        resumed: Proposal | None = None,
    ) -> None:
        state = statement.translation_state
        super().__init__(data, suggested=SUGGESTED_NOTES.get(state, POLISHED))
        self.statement, self.resumed = statement, resumed
        self.initial["korean"] = statement.korean_fingerprint
        for name in english_fields(statement):
            self.add_text(f"{name}_en", rows=3 if name == "title" else 6)
        if resumed:
            fingerprint_said = resumed.changes.get("en_from")
            is_said = fingerprint_said == statement.korean_fingerprint
            self.initial.update(resumed.terms, is_of_present_korean=is_said)
        if state != TranslationState.OUTDATED:
            del self.fields["is_of_present_korean"]

    def add_text(self, column: str, rows: int) -> None:
        widget = forms.Textarea(attrs={"rows": rows, "lang": "en"})
        self.fields[column] = PlainTextField(
            label=str(TEXTS[column].label),
            required=False,
            max_length=LONGEST_TITLE if column == "title_en" else None,
            widget=widget,
        )
        proposed = self.resumed.changes if self.resumed else {}
        self.initial[column] = proposed.get(column, getattr(self.statement, column))

    @property
    def terms(self) -> Terms:
        data = self.cleaned_data
        return Terms(data["is_minor"], data["publish_at"], data["seen"])

    @property
    def english(self) -> dict[str, str]:
        """The English as it stands in the form, by title and text."""
        return {
            name: one_line(self[f"{name}_en"].value() or "")
            for name in english_fields(self.statement)
        }

    @property
    def mark(self) -> str:
        """Tells by the English in the form which remarks the page showed with it."""
        return fingerprint("", "|".join(self.english.values()))

    @property
    def has_changed_english(self) -> bool:
        return any(
            english != one_line(getattr(self.statement, f"{name}_en"))
            for name, english in self.english.items()
        )

    @property
    def pairs(self) -> list[tuple[str, forms.BoundField]]:
        """The Korean beside the field of its English."""
        return [
            (getattr(self.statement, f"{name}_ko"), self[f"{name}_en"])
            for name in english_fields(self.statement)
        ]


def propose_english(form: EnglishForm, by: User) -> Proposed:
    data = form.cleaned_data
    is_said = data.get("is_of_present_korean", False)
    with write_lock():
        old = form.resumed and still_resumable(form.resumed.pk, by)
        if old and not is_for_translation_desk(old):
            # Something has joined it that this form would not carry on.
            old = None
        terms = form.terms._replace(alone=old is not None)
        with proposing(by, form.note, terms) as proposed:
            statement = Statement.objects.get(pk=form.statement.pk)
            write_english(statement, form.english, data["korean"], is_said)
        log(by, proposed, form.note)
        put_in_place(old, proposed.proposals, by)
    return proposed


def write_english(
    statement: Statement, english: dict[str, str], korean: str, is_said: bool
) -> None:
    """Writes it by title and text; `korean` is the fingerprint of what stood beside it.

    English that was out of date stays so unless its author says that it was made from
    that Korean. English made from Korean that has changed since is out of date.
    """
    before = statement.translation_state
    is_older = (
        korean != statement.korean_fingerprint and before != TranslationState.OUTDATED
    )
    columns = {f"{name}_en": text for name, text in english.items()}
    for column, text in columns.items():
        setattr(statement, column, text)
    if is_said or is_older or before == TranslationState.MISSING:
        statement.date_english(korean)
    statement.save_columns([*columns, *FINGERPRINTS])


def propose_review(
    statements: Iterable[Statement], by: User, terms: Terms, note: Note
) -> Proposed:
    """The English of all these is right: one proposal each, or none at all.

    Raises ValidationError where there is none, and where a statement has changed since
    the revision that the terms name as seen.
    """
    seen = terms.seen or 0
    keys = [one.pk for one in statements]
    chosen = Statement.objects.filter(pk__in=keys)
    terms = terms._replace(alone=terms.alone or len(keys) > 1)
    with write_lock():
        with proposing(by, note, terms) as proposed:
            statements = list(chosen.in_outline_order())
            require_english(statements)
            changed = Revision.objects.filter(statement__in=statements, pk__gt=seen)
            if changed.exists():
                raise ValidationError(MOVED_ON)
            for statement in statements:
                statement.review_english()
                statement.save_columns(FINGERPRINTS)
        if len(proposed.proposals) > 1:
            keep_batch(proposed, by, BatchKind.ENGLISH)
        log(by, proposed, note)
    return proposed


def require_english(statements: list[Statement]) -> None:
    missing = [s.code for s in statements if s.english_is_missing]
    if missing:
        text = _("There is no English translation to review yet: %(codes)s.")
        raise ValidationError(text % {"codes": ", ".join(missing)})
