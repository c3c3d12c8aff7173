"""Achievements and tasks: what the report says was done, and what it plans."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from statements.models import Kind, KindManager, Statement


class Achievement(Statement):
    proxied_kind = Kind.ACHIEVEMENT

    objects: ClassVar[KindManager[Achievement]] = KindManager()

    class Meta(Statement.Meta):
        proxy = True
        verbose_name = _("achievement")
        verbose_name_plural = _("achievements")


class Task(Statement):
    proxied_kind = Kind.TASK

    objects: ClassVar[KindManager[Task]] = KindManager()

    class Meta(Statement.Meta):
        proxy = True
        verbose_name = _("task")
        verbose_name_plural = _("tasks")


class Point(Statement):
    proxied_kind = Kind.POINT

    objects: ClassVar[KindManager[Point]] = KindManager()

    class Meta(Statement.Meta):
        proxy = True
        verbose_name = _("sub-item")
        verbose_name_plural = _("sub-items")


class Note(Statement):
    proxied_kind = Kind.NOTE

    objects: ClassVar[KindManager[Note]] = KindManager()

    class Meta(Statement.Meta):
        proxy = True
        verbose_name = _("note")
        verbose_name_plural = _("notes")
