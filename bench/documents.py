"""Seconds and queries of the one decision on a document of many statements.

DATABASE_URL=sqlite:////tmp/bench.sqlite3 python -m bench.documents 1000

The database is a new one; the person who approves is another one than who wrote.
"""

import os
import sys
import time

import django
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from desk.documents.decide import approve_request, request_act, seen_now  # noqa: E402
from desk.models import DocumentAct  # noqa: E402
from tests.support.documents.drafts import draft_document  # noqa: E402
from tests.support.factories import staff_member  # noqa: E402
from tests.support.staff import NOTE  # noqa: E402


def main(size: str) -> None:
    call_command("migrate", verbosity=0)
    call_command("load_corpus", stdout=sys.stderr)
    author, publisher = staff_member(), staff_member()
    document = draft_document(int(size), author)
    for act in DocumentAct:
        request = request_act(document, act, author, NOTE)
        seen = seen_now(request)
        begun = time.monotonic()
        with CaptureQueriesContext(connection) as queries:
            approve_request(request, publisher, seen)
        seconds = time.monotonic() - begun
        print(f"{act}: {seconds:.1f} s, {len(queries)} queries")


if __name__ == "__main__":
    main(*sys.argv[1:])
