from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class StatementsConfig(AppConfig):
    name = "statements"
    verbose_name = _("Statements")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from statements import checks, guard_signals
        from statements.input import wide_numbers
        from statements.search import backfill

        guard_signals.connect()
        wide_numbers.connect()
        backfill.connect(self)
        register(checks.check_fields, Tags.models)
