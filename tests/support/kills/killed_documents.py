"""Documents on their way in, killed at random moments; tells as JSON what was left.

DATABASE_URL=… python -m tests.support.kills.killed_documents ROUNDS
"""

import json
import random
import sys
from collections.abc import Callable
from dataclasses import asdict
from itertools import count

import django
from django.core.management import call_command
from django.db.models import Model
from django.test.utils import setup_test_environment

django.setup()
setup_test_environment()

from django.contrib.admin.models import LogEntry  # noqa: E402
from django.contrib.contenttypes.models import ContentType  # noqa: E402

from desk.documents.decide import approve_request, request_act, seen_now  # noqa: E402
from desk.intake.models import Intake  # noqa: E402
from desk.intake.steps import save  # noqa: E402
from desk.models import DocumentAct, DocumentRequest, ProposalState  # noqa: E402
from statements.models import Document, PublicationState, Revision  # noqa: E402
from tests.support.desk.intake_texts import REPORT, begun, draft  # noqa: E402
from tests.support.kills.found import Found, load, seconds_of  # noqa: E402
from tests.support.kills.integrity import faults  # noqa: E402
from tests.support.kills.killed_work import There  # noqa: E402
from tests.support.kills.killing import killed  # noqa: E402
from tests.support.staff import NOTE, member  # noqa: E402

#: Of the text with the line that is added to it.
STATEMENTS, PARAGRAPHS = 10, 11
DRAFT, PUBLISHED = PublicationState.DRAFT, PublicationState.PUBLISHED


def all_or_nothing(*traces: bool) -> There:
    if all(traces):
        return There.WHOLE
    return There.PART if any(traces) else There.NOTHING


def logged(row: Model | None) -> int:
    if row is None:
        return 0
    kind = ContentType.objects.get_for_model(row)
    return LogEntry.objects.filter(content_type=kind, object_id=row.pk).count()


class Coming:
    """One document, and the steps by which it comes to readers."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.editor, self.publisher = member("editor"), member("publisher")
        self.steps: list[tuple[Callable[[], object], Callable[[], There]]] = [
            (self.begin, self.is_begun),
            (self.correct, self.is_corrected),
            (self.draft, self.is_drafted),
            (self.ask, self.is_asked),
            (self.approve, self.is_approved),
        ]

    @property
    def line(self) -> str:
        return f"ㅇ 새 과제 {self.number}"

    @property
    def intake(self) -> Intake | None:
        return Intake.objects.filter(begun_by=self.editor).first()

    @property
    def document(self) -> Document | None:
        return Document.objects.filter(intake__begun_by=self.editor).first()

    @property
    def request(self) -> DocumentRequest | None:
        return DocumentRequest.objects.filter(author=self.editor).first()

    def begin(self) -> None:
        begun(self.editor, REPORT.replace("기후", f"{self.number}번째"))

    def is_begun(self) -> There:
        intake = self.intake
        return all_or_nothing(intake is not None, logged(intake) == 1)

    def correct(self) -> None:
        intake = self.intake
        text = f"{intake.working_text.rstrip()}\n      {self.line}\n"
        save(intake, self.editor, intake.version, working_text=text)

    def is_corrected(self) -> There:
        intake = self.intake
        return all_or_nothing(intake.version > 1, self.line in intake.working_text)

    def draft(self) -> None:
        draft(self.intake, self.editor)

    def is_drafted(self) -> There:
        document = self.document
        of_it = Document.objects.filter(sha256=self.intake.sha256).first()
        revisions = Revision.objects.filter(statement__document=of_it)
        return all_or_nothing(
            document is not None,
            of_it is not None and of_it.statements.count() == STATEMENTS,
            of_it is not None and of_it.paragraphs.count() == PARAGRAPHS,
            of_it is not None and revisions.count() >= STATEMENTS,
            logged(document) == 1,
        )

    def ask(self) -> None:
        request_act(self.document, DocumentAct.PUBLISH, self.editor, NOTE)

    def is_asked(self) -> There:
        return all_or_nothing(self.request is not None, logged(self.request) >= 1)

    def approve(self) -> None:
        approve_request(self.request, self.publisher, seen_now(self.request))

    def is_approved(self) -> There:
        statements = self.document.statements
        return all_or_nothing(
            self.request.state == ProposalState.PUBLISHED,
            statements.filter(state=PUBLISHED).count() == STATEMENTS,
            not statements.filter(state=DRAFT).exists(),
            logged(self.request) == 2,
        )


def disturb(found: Found, coming: Coming, takes: float) -> None:
    """Kills the steps somewhere, looks, and goes on from what there is."""
    works = [work for work, _there in coming.steps]
    left = killed(works, random.uniform(0, takes))
    found.add(left)
    for at, (work, there) in enumerate(coming.steps):
        name = f"{coming.number} {work.__name__}"
        if at < left.done:
            found.expect(there() == There.WHOLE, f"acknowledged and lost: {name}")
        elif at == left.done:
            found.expect(there() != There.PART, f"a part of {name}")
        if there() == There.NOTHING:
            work()
        found.expect(there() == There.WHOLE, f"not whole when done: {name}")
    found.faults += faults(coming.document.statements.all())


def main(kills: int) -> None:
    call_command("migrate", verbosity=0)
    load()
    found, numbers = Found(), count(1)

    def undisturbed() -> None:
        for work, there in Coming(next(numbers)).steps:
            work()
            found.expect(there() == There.WHOLE, f"undisturbed: {work.__name__}")

    undisturbed()
    takes = seconds_of(undisturbed)
    while not found.is_enough(kills):
        disturb(found, Coming(next(numbers)), takes)
    found.faults += faults()
    json.dump(asdict(found), sys.stdout)


if __name__ == "__main__":
    main(int(sys.argv[1]))
