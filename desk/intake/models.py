"""A document on its way in: kept for staff until its drafts are made, and after."""

from __future__ import annotations

import hashlib
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from statements.models import Document
from statements.models.ranges import check, moment_check, texts_fit

#: The right to bring documents in.
ADD_DOCUMENTS = "desk.change_intake"
#: Letters of a working text, several times those of the longest report that we know.
LONGEST_WORKING_TEXT = 400_000
LONGEST_LABEL = 80


class IntakeQuerySet(models.QuerySet["Intake"]):
    def open(self) -> Self:
        """Those whose drafts are not made yet."""
        return self.filter(document=None)

    def same_as(self, sha256: str, working_text: str) -> Self:
        """Of the same file, or of one that reads the same."""
        is_same = Q(sha256=sha256) | Q(read_sha256=text_hash(working_text))
        return self.filter(is_same | Q(working_text=working_text))

    def with_people(self) -> Self:
        """Without the texts, which no list shows."""
        people = self.select_related("begun_by", "changed_by")
        beginning = Left("working_text", LONGEST_LABEL)
        return people.defer("original", "working_text").annotate(beginning=beginning)


class Intake(models.Model):
    """One file, the text that people make of it, and what they say of the document.

    No public content: it changes outside the gate, and the log tells by whom. Its
    paragraphs become public with the document, the file itself never does.
    """

    name = models.CharField(_("name of the file"), max_length=200, blank=True)
    original = models.BinaryField(_("original file"))
    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    #: Of the working text as the file was read, before anybody corrected it.
    read_sha256 = models.CharField(max_length=64, db_index=True)
    working_text = models.TextField(_("working text"))
    #: What is said of the document so far, as it was typed, by the field of the form.
    facts = models.JSONField(_("facts of the document"), default=dict)
    #: Goes up with each save, so that nobody overwrites what they have not seen.
    version = models.PositiveIntegerField(default=1)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now)
    document = models.OneToOneField(
        Document, models.PROTECT, related_name="intake", null=True
    )

    objects = IntakeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("change",)
        verbose_name = _("document being added")
        verbose_name_plural = _("documents being added")
        constraints = [
            check(
                "intake_texts_fit",
                texts_fit(name=200, working_text=LONGEST_WORKING_TEXT),
            ),
            moment_check("intake", "begun_at", "changed_at"),
        ]

    def __str__(self) -> str:
        """All that the log keeps of a cancelled one: nothing of the text."""
        return f"SHA-256 {self.sha256}"

    @property
    def label(self) -> str:
        """Its title, or else the file, or else the first line that was pasted."""
        label = self.facts.get("title_ko") or self.name or self.first_line
        return label[:LONGEST_LABEL] or str(_("pasted text"))

    @property
    def first_line(self) -> str:
        """The first that is not left out, as far as the label needs it."""
        beginning = getattr(self, "beginning", None) or self.working_text
        lines = (line.strip() for line in beginning[:LONGEST_LABEL].splitlines())
        return next((line for line in lines if line and line[0] != "#"), "")


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
