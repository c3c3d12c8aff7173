"""The steps of a document on its way in, each whole with its log or not at all."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from desk.audit_log import log_made
from desk.intake.models import Intake, text_hash
from statements.models import Document
from statements.write_lock import write_lock


class SameFile(ValidationError):
    """The file, or one that reads the same, is here: as an intake or a document."""

    def __init__(self, found: Intake | Document) -> None:
        super().__init__(_("This text is already here. Nothing was changed."))
        self.found = found


class MovedOn(ValidationError):
    """Somebody else has saved meanwhile; `present` is the intake as they left it."""

    def __init__(self, present: Intake) -> None:
        super().__init__(
            _(
                "%(who)s saved this in the meantime, and your version has not been "
                "saved yet. Compare the two, then save again: what you send then will "
                "replace it."
            )
            % {"who": present.changed_by}
        )
        self.present = present


class Finished(ValidationError):
    def __init__(self) -> None:
        super().__init__(_("The drafts of this document have already been created."))


def begin(
    by: User, original: bytes, name: str, working_text: str, facts: Mapping[str, Any]
) -> Intake:
    """Keeps the file and the text that was read from it; raises SameFile."""
    sha256 = hashlib.sha256(original).hexdigest()
    with write_lock():
        require_new(sha256, working_text)
        intake = Intake.objects.create(
            name=name,
            original=original,
            sha256=sha256,
            read_sha256=text_hash(working_text),
            working_text=working_text,
            facts=facts,
            begun_by=by,
            changed_by=by,
        )
        log_made(by, [intake])
    return intake


def require_new(sha256: str, working_text: str) -> None:
    same = Intake.objects.same_as(sha256, working_text).select_related("document")
    if intake := same.first():
        raise SameFile(intake.document or intake)
    if document := Document.objects.filter(sha256=sha256).first():
        raise SameFile(document)


def save(intake: Intake, by: User, seen: int, **values: Any) -> Intake:
    """Gives the intake these values; raises MovedOn where another version was seen."""
    with write_lock():
        present = present_version(intake, seen)
        if any(getattr(present, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(present, name, value)
            present.version += 1
            present.changed_by, present.changed_at = by, timezone.now()
            present.save()
    return present


def present_version(intake: Intake, seen: int) -> Intake:
    """The intake as it stands, where it stands as it was seen; in an open lock."""
    people = Intake.objects.select_related("changed_by")
    present = people.filter(pk=intake.pk).first()
    if present is None:
        raise ValidationError(_("Someone has canceled this. The log shows who."))
    if present.document_id:
        raise Finished
    if present.version != seen:
        raise MovedOn(present)
    return present


def cancel(intake: Intake, by: User) -> None:
    """Deletes the file and all that was made of it; the log keeps its hash."""
    with write_lock():
        present = Intake.objects.filter(pk=intake.pk).first()
        if present is None:
            return
        if present.document_id:
            raise Finished
        LogEntry.objects.log_actions(by.pk, [present], DELETION, single_object=True)
        present.delete()
