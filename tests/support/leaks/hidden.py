"""Content of every kind that readers must not learn of; its words hold a mark."""

from datetime import timedelta
from itertools import count

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.utils import timezone

from desk.models import FailedLogin, Login
from desk.proposals.decide import approve, send_back, take_back
from desk.proposals.record import Terms, proposing
from desk.upkeep.models import Upkeep
from statements.gate import Note, gate
from statements.models import Document, DocumentKind, Kind, PublicationState, Status
from tests.support import factories, rows

#: No word of the corpus is like these, by whole or by part.
MARK, MARK_KO = "zyxqwvhidden", "쀍쫿숨김"
MARKS = (MARK, MARK_KO, "hidden.zyxqwv")
NOTE = Note(ko=f"{MARK_KO} 이유", en=f"{MARK} reason")
#: Codes that stand for hidden statements alone.
CODES = (
    *("2025.T1.1.91", "2025.T1.1.91.1", "2025.T1.1.92", "G8", "G8.C1", "G8.C1.1"),
    *("2031.A", "2031.A1", "2031.A1.1"),
)
SLUG = f"{MARK}-report"
numbers = count(1)


def marked(*names: str) -> dict[str, str]:
    """Values of translated fields, each with a mark and none like another."""
    return {
        f"{name}_{language}": f"{mark} {next(numbers)}"
        for name in names
        for language, mark in (("ko", MARK_KO), ("en", MARK))
    }


def somebody() -> User:
    number = next(numbers)
    return User.objects.create_user(
        f"{MARK}{number}",
        email=f"{number}@hidden.zyxqwv.example",
        first_name=MARK,
        last_name=MARK_KO,
        is_staff=True,
    )


def hide_drafts(by: User) -> None:
    """Drafts that hang on something public, with all that a draft has."""
    draft, in_review = PublicationState.DRAFT, PublicationState.IN_REVIEW
    with gate(by, NOTE):
        heading = rows.statement("2025.T1.1")
        task = factories.statement(
            Kind.TASK, heading, code=CODES[0], state=draft, **marked("text")
        )
        factories.statement(
            Kind.POINT, task, code=CODES[1], state=draft, **marked("text")
        )
        factories.statement(
            Kind.TASK, heading, code=CODES[2], state=in_review, **marked("text")
        )
        goal = factories.statement(
            Kind.GOAL, code=CODES[3], state=draft, **marked("title")
        )
        content = factories.statement(
            Kind.KEY_CONTENT,
            goal,
            code=CODES[4],
            state=draft,
            **marked("title", "text"),
        )
        factories.statement(
            Kind.DETAIL, content, code=CODES[5], state=draft, **marked("text")
        )
        for one in (task, content):
            furnish(one, by)
    with gate(by, NOTE):
        rows.save(task, **marked("text", "editor_note"))
    with gate(by, NOTE):
        link(rows.statement("G1.C1"), task)
        link(content, rows.statement("2024.A1.1"))
        link(content, rows.statement("2025.T1.1.1"))


def furnish(one, by: User) -> None:
    factories.let_source_say(one, MARK)
    event = factories.event_of(one, **marked("title", "place", "outcome"))
    event.start, event.end = event.start.replace(year=2019), event.end
    event.quote, event.outcome_evidence = MARK, f"https://hidden.zyxqwv.example/{one}"
    event.save()
    figure = factories.figure_of(one)
    rows.save(figure, **marked("label", "unit"))
    one.statusupdates.create(
        by=by,
        status=Status.COMPLETED,
        as_of=timezone.localdate(),
        evidence="https://hidden.zyxqwv.example/",
        **marked("note"),
    )


def link(later, earlier, **values) -> None:
    [made] = factories.link([later], [earlier])
    rows.save(made, **{**marked("rationale"), **values})


def hide_document(by: User) -> None:
    """A report that is being read in: all of it drafts."""
    names = ("title", "edition", "time_basis", "publisher", "licence")
    with gate(by, NOTE):
        document = Document.objects.create(
            slug=SLUG,
            kind=DocumentKind.REPORT,
            time_year=2090,
            file=MARK,
            sha256=MARK,
            **marked(*names, "contains", "lacks"),
        )
        own = {"document": document, "state": PublicationState.DRAFT}
        part = factories.statement(Kind.PART, code=CODES[6], **own, **marked("title"))
        heading = factories.statement(
            Kind.HEADING, part, code=CODES[7], **own, **marked("title")
        )
        factories.statement(
            Kind.ACHIEVEMENT, heading, code=CODES[8], **own, **marked("text")
        )


def hide_links(by: User) -> None:
    """Rejected, with the reason; and one that goes from a draft to another draft."""
    with gate(by, NOTE):
        link(rows.statement("G2.C1"), rows.statement("2025.T1.1.1"), state="rejected")
    with gate(by, NOTE):
        link(rows.statement(CODES[4]), rows.statement(CODES[0]))
    with gate(by, NOTE):
        rejected = rows.statement("G2.C1").links_to_earlier.get(state="rejected")
        rows.save(rejected, **marked("rationale"))


def hide_work(by: User) -> None:
    """What staff have on their desks: proposals in every state, owners, logs."""
    other = somebody()
    sent_back, taken_back, scheduled, _waiting = (
        proposed(by, code, terms)
        for code, terms in (
            ("G1.C1.1", Terms()),
            ("G1.O1", Terms()),
            ("2025.T1.1.1", Terms(publish_at=timezone.now() + timedelta(days=300))),
            ("2024.A1.1", Terms()),
        )
    )
    send_back(sent_back, other, f"{MARK} {MARK_KO}")
    take_back(taken_back, by)
    approve(scheduled, other)
    with proposing(by, NOTE) as proposed_links:
        link(rows.statement("G3.C1"), rows.statement("2024.A1.1"))
    assert proposed_links.proposals
    Upkeep.objects.create(
        statement=rows.statement("G1.C1"),
        owner=other,
    )
    LogEntry.objects.log_actions(by.pk, [rows.statement("G1.C1")], 2, MARK)
    Login.objects.create(username=MARK)
    FailedLogin.objects.create(username=MARK)


def proposed(by: User, code: str, terms: Terms):
    with proposing(by, NOTE, terms) as made:
        one = rows.statement(code)
        rows.save(one, **marked("text"))
        factories.event_of(one, **marked("title", "place")).save()
    [proposal] = made.proposals
    return proposal
