from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from statements.corpus.fixtures import NAMES
from statements.gate import Note, gate
from statements.models import Document

INITIAL_LOAD = Note(ko="초기 자료", en="Initial load")


class Command(BaseCommand):
    help = "Loads the fixtures into an empty database, whole or not at all."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="Do nothing, instead of failing, when documents are there already.",
        )

    def handle(self, *, if_empty, **options):
        if Document.objects.exists():
            if if_empty:
                return
            raise CommandError(
                "The database already holds documents; load_corpus fills an empty one. "
                "/ 이미 문서가 있습니다. load_corpus는 빈 데이터베이스에만 넣습니다."
            )
        with translation.override("ko"), gate(None, INITIAL_LOAD):
            call_command("loaddata", *NAMES, format="json", verbosity=0)
        self.stdout.write("The corpus is loaded. / 자료를 넣었습니다.")
