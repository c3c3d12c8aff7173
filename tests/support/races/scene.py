"""One statement with all that can be done to it, and a draft below it."""

from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import Group, User
from django.db.models import Max
from django.utils import timezone

from desk.batches.decide import mark_of
from desk.bulk.jobs import newest_revisions
from desk.models import Batch, BatchKind, Proposal, ProposalState
from desk.proposals.decide import approve
from desk.proposals.record import PLAIN, Terms, proposing
from desk.translations.queue import translatable
from statements.gate import Note, gate
from statements.history.restore import write_snapshot
from statements.models import (
    Country,
    Document,
    Kind,
    Organisation,
    Region,
    Revision,
    Statement,
    Theme,
)
from tests.support import factories

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
NOTE = Note(ko="고침", en="Changed")
EVENT = {
    "quote": "26.5월",
    "title_ko": "다른 행사",
    "title_en": "Another event",
    "start": "2026-05-01",
    "end": "2026-05-31",
    "precision": "month",
    "tentative": False,
    "nature": "planned",
    "place_ko": "",
    "place_en": "",
}
OTHER_EVENT = {**EVENT, "title_ko": "셋째 행사", "title_en": "A third event"}


class Scene:
    """The people, the statements and the proposals that the races are about."""

    def __init__(self) -> None:
        self.editor, self.colleague = person("editor"), person("colleague")
        self.publisher, self.second = person("publisher"), person("second")
        furnish_documents()
        with factories.an_open_gate():
            heading = factories.report_heading_with(2, Kind.TASK)
            self.statement, self.sibling = heading.children.in_outline_order()
            self.earlier, self.other = factories.report_heading_with(2).children.all()
            self.point = self.statement.children.get()
            factories.link([self.statement], [self.earlier])
            factories.let_source_say(self.statement, EVENT["quote"])
        self.first_revision = newest_of(self.statement)
        self.change(self.statement, editor_note_ko="주", editor_note_en="Note")
        self.draft, self.approved_draft = self.new_draft(), self.new_draft()
        self.first_of_draft = self.draft.revisions.earliest("pk")
        self.seen = Revision.objects.aggregate(newest=Max("pk"))["newest"]
        self.proposals = self.propose_all()
        self.due_at = self.proposals["due"].publish_at
        # As they are when the pages of the race are opened.
        self.seen_of = newest_revisions(Statement.objects.values_list("pk", flat=True))
        self.seen_of_batch = mark_of(self.batch)
        self.statement = Statement.objects.get(pk=self.statement.pk)
        self.translated = translatable().get(pk=self.statement.pk)

    def change(self, statement: Statement, **values: object) -> None:
        with gate(self.colleague, NOTE):
            write_snapshot(statement, values, self.colleague)

    def new_draft(self) -> Statement:
        with proposing(self.colleague, NOTE):
            draft = factories.statement(Kind.POINT, self.statement, state="draft")
        with proposing(self.colleague, NOTE):
            draft.text_en = "A better draft"
            draft.save()
        with proposing(self.colleague, NOTE):
            write_snapshot(draft, {"state": "published"}, self.colleague)
        return draft

    def propose_all(self) -> dict[str, Proposal]:
        links = newest_of(self.statement).snapshot["links"]
        confirmed = [{**link, "state": "confirmed"} for link in links]
        made = {
            "text": self.propose(text_en="The text of A"),
            "note": self.propose(self.colleague, editor_note_en="The note of B"),
            "same text": self.propose(self.colleague, text_en="The text of B"),
            "withdrawal": self.propose(self.colleague, state="withdrawn"),
            "details": self.propose(
                self.colleague,
                regions=["asia"],
                themes=[],
                events=[EVENT],
                figures=[],
                links=confirmed,
                position=self.statement.position + 500,
            ),
            "event": self.propose(events=[OTHER_EVENT]),
            "same event": self.propose(
                self.colleague, events=[{**OTHER_EVENT, "place_ko": "부산"}]
            ),
            "below": self.propose(of=self.point, text_en="The point of A"),
            "due": self.propose(
                terms=Terms(publish_at=timezone.now() + timedelta(days=1)),
                text_ko="때가 된 본문",
            ),
            "draft": Proposal.objects.get(statement=self.draft),
            "approved draft": self.at_its_time(self.approved_draft),
        }
        approve(made["due"], self.publisher)
        approve(made["approved draft"], self.publisher)
        keys = [made[name].pk for name in ("text", "below")]
        self.batch = Batch.objects.create(kind=BatchKind.SHEET, author=self.editor)
        Proposal.objects.filter(pk__in=keys).update(batch=self.batch)
        assert made["due"].state == ProposalState.IN_REVIEW  # the row has moved on
        return made

    def at_its_time(self, draft: Statement) -> Proposal:
        proposal = Proposal.objects.get(statement=draft)
        # Later than the other, so that one run publishes one of them.
        proposal.publish_at = timezone.now() + timedelta(days=2)
        proposal.save()
        return proposal

    def propose(
        self,
        by: User | None = None,
        of: Statement | None = None,
        terms: Terms = PLAIN,
        **values: object,
    ) -> Proposal:
        by = by or self.editor
        statement = Statement.objects.get(pk=(of or self.statement).pk)
        with proposing(by, NOTE, terms._replace(alone=True)) as proposed:
            write_snapshot(statement, values, by)
        [proposal] = proposed.proposals
        return proposal


def person(name: str) -> User:
    user = User.objects.create_user(name, is_staff=True, date_joined=LONG_AGO)
    user.groups.set(Group.objects.all())
    return user


def newest_of(statement: Statement) -> Revision:
    return statement.revisions.newest_first()[0]


def furnish_documents() -> None:
    """Two documents without a corpus, and a few terms to tag with."""
    with factories.an_open_gate():
        for order, slug in enumerate(("report-2025", "goals"), 1):
            kind = slug.partition("-")[0]
            time = {"time_year": 2025, "time_order": order}
            Document.objects.create(slug=slug, kind=kind, title_ko=slug, **time)
        for position, slug in enumerate(("europe", "asia")):
            term = {"slug": slug, "position": position, "name_ko": slug}
            region = Region.objects.create(**term, name_en=slug)
            Theme.objects.create(**term, name_en=slug)
            Organisation.objects.create(**term, name_en=slug)
            Country.objects.create(**term, name_en=slug, region=region, iso=slug[:2])
