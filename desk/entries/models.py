"""The proposals for vocabulary, glossary and source documents."""

from __future__ import annotations

from functools import cached_property

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from desk.proposals.states import AnyProposal, AnyProposalQuerySet
from statements.fields import Snapshot
from statements.history.entries import ENTRY_MODELS, entry_fields, entry_snapshots
from statements.input.plain_text import LONGEST_TEXT
from statements.models import Entry, EntryAct, EntryKind, EntryRevision
from statements.models.entries import kind_and_name, name_of_entry
from statements.models.ranges import (
    check,
    in_both_languages,
    moment_check,
    texts_fit,
)


class EntryProposalQuerySet(AnyProposalQuerySet["EntryProposal"]):
    def of(self, kind: str, entry_id: int | None) -> EntryProposalQuerySet:
        """Those of an entry; without a key, of the kind’s that are to be added."""
        return self.filter(kind=kind, entry_id=entry_id)

    def with_people(self) -> EntryProposalQuerySet:
        return self.select_related("base", "author", "decided_by")


class EntryProposal(AnyProposal):
    """An entry as someone would have it; one that is to be added is nowhere else."""

    SUBJECT = ("kind", "entry_id")

    kind = models.CharField(_("kind of entry"), max_length=20, choices=EntryKind)
    entry_id = models.PositiveBigIntegerField(_("ID of the entry"), null=True)
    act = models.CharField(_("type of change"), max_length=10, choices=EntryAct)
    base = models.ForeignKey(
        EntryRevision,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("based on"),
    )
    revision = models.OneToOneField(
        EntryRevision,
        models.PROTECT,
        null=True,
        related_name="proposal",
        verbose_name=_("revision"),
    )

    objects = EntryProposalQuerySet.as_manager()

    class Meta(AnyProposal.Meta):
        verbose_name = _("proposal for a region, country, theme, term or document")
        verbose_name_plural = _(
            "proposals for regions, countries, themes, terms and documents"
        )
        constraints = [
            *AnyProposal.Meta.constraints,
            check(
                "entryproposal_texts_fit",
                texts_fit(reason=LONGEST_TEXT, **in_both_languages(note=200)),
            ),
            moment_check("entryproposal", "made_at", "decided_at"),
            models.CheckConstraint(
                name="entryproposal_on_top_of_a_revision",
                condition=Q(act=EntryAct.ADD.value, base__isnull=True)
                | ~Q(act=EntryAct.ADD.value)
                & Q(base__isnull=False, entry_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{kind_and_name(self.kind, self.snapshot)} #{self.pk}"

    @property
    def model(self) -> type[Entry]:
        return ENTRY_MODELS[self.kind]

    @property
    def base_snapshot(self) -> Snapshot:
        return self.base.snapshot if self.base else {}

    @property
    def changes(self) -> Snapshot:
        """The values that the author gave; none of an entry that is to be deleted."""
        base, fields = self.base_snapshot, entry_fields(self.model)
        return {
            name: value
            for name, value in self.snapshot.items()
            if name in fields and (name not in base or value != base[name])
        }

    @cached_property
    def present(self) -> Snapshot:
        """The entry as it stands now; empty where there is none."""
        if self.entry_id is None:
            return {}
        key = (self.kind, self.entry_id)
        return entry_snapshots([key]).get(key, {})

    @property
    def is_gone(self) -> bool:
        """The entry has been deleted since."""
        return self.act != EntryAct.ADD and not self.present

    @property
    def conflicts(self) -> Snapshot:
        """The values that someone else has changed since: of those that the author
        changed, or of all, where the entry is to be deleted.
        """
        present = self.present
        if self.act == EntryAct.ADD or not present:
            return {}
        base, wanted = self.base_snapshot, self.changes
        if self.act == EntryAct.DELETE:
            wanted = self.snapshot
        return {
            name: value
            for name, value in wanted.items()
            if present.get(name) not in (base.get(name), value)
        }

    @property
    def result(self) -> Snapshot:
        """The entry as it would be once published; empty where it would be gone."""
        return {**self.present, **self.changes} if self.proposed else {}

    @property
    def proposed(self) -> Snapshot:
        """The entry as it was proposed, whatever others have changed since."""
        return {} if self.act == EntryAct.DELETE else self.snapshot

    @property
    def entry_name(self) -> str:
        return name_of_entry(self.snapshot)

    @property
    def entry_url(self) -> str:
        """The form of the entry at the desk; empty where there is no entry."""
        if not self.present:
            return ""
        name = f"admin:statements_{self.kind}_change"
        return reverse(name, args=[self.entry_id])

    @property
    def edit_url(self) -> str:
        """The form that takes the proposal up again; empty where there is none."""
        if self.act == EntryAct.ADD:
            return reverse(f"admin:statements_{self.kind}_add")
        if self.act == EntryAct.DELETE and self.present:
            return reverse(f"admin:statements_{self.kind}_delete", args=[self.entry_id])
        return self.entry_url
