from django.contrib import admin

from achievements.models import Achievement, Note, Point, Task
from statements.admin.base import StatementAdmin, child_inline


@admin.register(Achievement, Task)
class ReportItemAdmin(StatementAdmin):
    inlines = [child_inline(Point), child_inline(Note)]
