from django.contrib import admin

from goals.models import Detail, ExpectedEffect, Goal, KeyContent, Objective
from statements.admin.base import StatementAdmin, child_inline


@admin.register(Goal)
class GoalAdmin(StatementAdmin):
    inlines = [
        child_inline(Objective),
        child_inline(KeyContent),
        child_inline(ExpectedEffect),
    ]


@admin.register(KeyContent)
class KeyContentAdmin(StatementAdmin):
    inlines = [child_inline(Detail)]


admin.site.register([Objective, ExpectedEffect], StatementAdmin)
