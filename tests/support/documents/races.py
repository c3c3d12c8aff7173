"""Two people at one document at once, on real connections; tells as JSON what went
wrong.

DATABASE_URL=… python -m tests.support.documents.races TRIES
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations_with_replacement
from threading import Barrier

import django
from django.core.management import call_command
from django.test.utils import setup_test_environment
from django.utils import translation

django.setup()
setup_test_environment()

from django.core.exceptions import ValidationError  # noqa: E402
from django.db import connection  # noqa: E402

from desk.documents.additions import add_draft  # noqa: E402
from desk.documents.decide import (  # noqa: E402
    approve_request,
    request_act,
    seen_now,
    send_request_back,
)
from desk.documents.removal import delete_draft_document  # noqa: E402
from desk.models import DocumentAct, DocumentRequest, Proposal  # noqa: E402
from desk.proposals.record import proposing  # noqa: E402
from statements.models import Document, Statement  # noqa: E402
from tests.support import factories  # noqa: E402
from tests.support.documents.drafts import draft_document  # noqa: E402
from tests.support.races.scene import furnish_documents  # noqa: E402
from tests.support.staff import NOTE  # noqa: E402

#: Seconds after which two are held to wait for each other for ever.
PATIENCE = 120
SIZE = 3
EDITED = "Edited in the race"
ADDED = {"kind": "task", "korean": "덧붙임", "marker": "", "source": ""}


class Round:
    """A document whose publication waits for approval, as all have seen it."""

    def __init__(self) -> None:
        author = factories.staff_member()
        self.document = draft_document(SIZE, author)
        act = DocumentAct.PUBLISH
        self.request = request_act(self.document, act, author, NOTE)
        self.seen = seen_now(self.request)
        self.task = (
            self.document.statements.select_related("parent").filter(kind="task").last()
        )
        self.people = [factories.staff_member() for _n in range(2)]

    def approve(self, by) -> None:
        approve_request(self.request, by, self.seen)

    def send_back(self, by) -> None:
        send_request_back(self.request, by, "Not so")

    def edit(self, by) -> None:
        with proposing(by, NOTE):
            task = Statement.objects.filter(pk=self.task.pk).first()
            if task is None:
                raise ValidationError("gone")
            task.text_en = f"{EDITED} by {by.pk}"
            task.save()

    def add(self, by) -> None:
        add_draft(self.document, self.task.parent, {**ADDED, "first_line": None}, by)

    def remove(self, by) -> None:
        delete_draft_document(self.document, by)

    def faults(self, done: Counter[str]) -> Iterator[str]:
        """Of what is left, where those acts were done and no others."""
        states = Counter(self.document.statements.values_list("state", flat=True))
        if not Document.objects.filter(pk=self.document.pk).exists():
            if not done["remove"] or done["approve"] or states:
                yield f"gone: {dict(done)} {states}"
            return
        request = DocumentRequest.objects.get(pk=self.request.pk)
        whole = SIZE + 2
        if request.state == "published":
            if (done["approve"], states["published"]) != (1, whole):
                yield f"published: {dict(done)} {states}"
            if EDITED in self.document.statements.get(pk=self.task.pk).text_en:
                yield "readers see what nobody approved"
            if Proposal.objects.filter(statement=self.task).count() != done["edit"]:
                yield f"an edit is lost: {dict(done)}"
        elif done["approve"] or states["published"]:
            yield f"{request.state}: {dict(done)} {states}"
        if states.total() != whole + done["add"]:
            yield f"added: {dict(done)} {states}"


ACTS: dict[str, Callable[[Round, object], None]] = {
    "approve": Round.approve,
    "edit": Round.edit,
    "send back": Round.send_back,
    "add": Round.add,
    "remove": Round.remove,
}
PAIRS = list(combinations_with_replacement(ACTS, 2))


def race(pair: tuple[str, str]) -> list[str]:
    one = Round()
    barrier = Barrier(2)

    def act(name: str, by) -> str:
        barrier.wait(PATIENCE)
        try:
            with translation.override("en"):
                ACTS[name](one, by)
            return name
        except ValidationError:
            return ""
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        acts = [
            threads.submit(act, *one_act)
            for one_act in zip(pair, one.people, strict=True)
        ]
        done = Counter(made.result(PATIENCE) for made in acts)
    return [f"{pair}: {fault}" for fault in one.faults(done)]


def main(tries: str) -> None:
    call_command("migrate", verbosity=0)
    furnish_documents()
    found = [
        fault for pair in PAIRS for _try in range(int(tries)) for fault in race(pair)
    ]
    json.dump({"pairs": len(PAIRS), "faults": found}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
