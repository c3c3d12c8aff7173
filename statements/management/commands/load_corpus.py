from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError
from django.utils import translation

from statements.corpus.build import FIXTURE_NAMES
from statements.gate import Note, gate
from statements.models import Document, NeverChanged

INITIAL_LOAD = Note(ko="최초 게시", en="First published")
#: What fixtures can be wrong in.
FAULTS = (DeserializationError, DatabaseError, ValidationError, NeverChanged)


class Command(BaseCommand):
    help = "Loads the fixtures into an empty database, whole or not at all."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty",
            action="store_true",
            help="Do nothing, instead of failing, when documents are there already.",
        )

    def handle(self, *args: str, if_empty: bool, **options: object) -> None:
        if Document.objects.exists():
            if if_empty:
                return
            raise CommandError(
                "The database already holds documents; load_corpus fills an empty one. "
                "/ 이미 문서가 있습니다. load_corpus는 빈 데이터베이스에만 넣습니다."
            )
        try:
            with translation.override("ko"), gate(None, INITIAL_LOAD):
                call_command("loaddata", *FIXTURE_NAMES, format="json", verbosity=0)
        except FAULTS as fault:
            # Django has put the file and the row before what is wrong with them.
            raise CommandError(
                f"Nothing was loaded. / 아무것도 넣지 않았습니다.\n{fault}"
            ) from fault
        self.stdout.write("The corpus is loaded. / 데이터를 넣었습니다.")
