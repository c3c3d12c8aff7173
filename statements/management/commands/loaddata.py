from django.core.management.base import CommandError
from modeltranslation.management.commands.loaddata import Command as LoadData

from statements.models import GateClosed


class Command(LoadData):
    """Refuses statements in so many words; load_corpus opens the gate for them."""

    def handle(self, *fixture_labels: str, **options: object) -> None:
        try:
            super().handle(*fixture_labels, **options)
        except GateClosed as refusal:
            raise CommandError(str(refusal)) from refusal
