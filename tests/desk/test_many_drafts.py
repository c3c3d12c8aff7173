"""Every page of the desk takes as many queries for 300 drafts as for three."""

import hashlib
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from desk.batches.record import keep_batch
from desk.documents.decide import request_act
from desk.models import BatchKind, DocumentAct, Intake, Proposal
from desk.proposals.record import Terms, proposing
from statements.gate import gate
from statements.models import Link, LinkState, Statement
from tests.support import factories
from tests.support.counting_queries import queries
from tests.support.documents.drafts import draft_document
from tests.support.rows import statement
from tests.support.staff import NOTE, member, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]
FEW, MANY = 3, 300


class Drafts:
    """So many of everything that waits, with the addresses of its pages."""

    def __init__(self, size: int, author) -> None:
        earlier = draft_document(size, author)
        self.asked = draft_document(size, author, replaces=earlier)
        request_act(self.asked, DocumentAct.PUBLISH, author, NOTE)
        self.single = draft_document(size, author)
        tasks = self.single.statements.filter(kind="task")
        self.task, self.heading = tasks[0], tasks[0].parent
        self.proposals = self.publish_one_by_one(tasks, author)
        self.batch = self.change_in_a_batch(size, author)
        self.facts = self.change_facts_and_withdraw(size, author)
        self.link_drafts(tasks, author)
        self.intake = self.take_in(size, author)

    def publish_one_by_one(self, tasks, author) -> list[Proposal]:
        with proposing(author, NOTE) as proposed:
            for task in tasks:
                task.state = "published"
                task.save()
        return proposed.proposals

    def change_in_a_batch(self, size: int, author):
        chosen = Statement.objects.published().exclude(text_ko="")[:size]
        with proposing(author, NOTE, Terms(alone=True)) as proposed:
            for one in chosen:
                one.text_en = f"Of a batch of {size}"
                one.save()
        return keep_batch(proposed, author, BatchKind.SHEET)

    def change_facts_and_withdraw(self, size: int, author) -> list[int]:
        """As many as one page takes."""
        chosen = Statement.objects.published().filter(kind="detail")
        with proposing(author, NOTE, Terms(alone=True)) as proposed:
            for place, one in enumerate(chosen[: min(size, 50)]):
                if place % 2:
                    one.state = "withdrawn"
                    one.save()
                else:
                    factories.event_of(one, title_en=f"Event {size}").save()
        return [proposal.pk for proposal in proposed.proposals]

    def link_drafts(self, tasks, author) -> None:
        with gate(author, NOTE):
            Link.objects.bulk_create(
                Link(
                    later=task,
                    earlier=statement("G1.C1"),
                    relation="same-subject",
                    rationale_ko="까닭",
                    rationale_en="Why",
                    state=LinkState.SUGGESTED,
                )
                for task in tasks
            )

    def take_in(self, size: int, author) -> Intake:
        text = "Ⅰ. 2041년 주요 추진과제\n\n" + "\n".join(
            f"  ㅇ 회의 {n} 대응" for n in range(size)
        )
        hashes = [
            hashlib.sha256(f"{size} {n}".encode()).hexdigest() for n in range(size)
        ]
        Intake.objects.bulk_create(
            Intake(
                name=f"{size} {n}.txt",
                original=text.encode(),
                sha256=sha256,
                read_sha256=sha256,
                working_text=text,
                facts={"kind": "report", "year": 2041},
                begun_by=author,
                changed_by=author,
            )
            for n, sha256 in enumerate(hashes)
        )
        return Intake.objects.get(name=f"{size} 0.txt")

    def pages(self) -> dict[str, str]:
        def of(name: str, *args, **query) -> str:
            return f"{reverse(name, args=args)}?{urlencode(query, doseq=True)}"

        slug, asked, code = self.single.slug, self.asked.slug, self.task.code
        chosen = [one.pk for one in self.proposals[:50]]
        return {
            "dashboard": of("admin:index"),
            "documents": of("staff:documents"),
            "document": of("staff:document", slug),
            "document that was asked for": of("staff:document", asked),
            "comparison": of("staff:comparison", asked),
            "removal": of("staff:remove_document", slug),
            "addition": of("staff:add_statement", slug),
            "whole preview": of("desk:preview_page", slug, "tasks/"),
            "preview of the source": of("desk:preview_page", slug, f"sources/{slug}/"),
            "preview of one": of("desk:preview", self.proposals[0].pk),
            "proposals": of("admin:desk_proposal_changelist"),
            "proposal": of("admin:desk_proposal_change", self.proposals[0].pk),
            "approve together": of("staff:approving", proposal=chosen),
            "approve facts together": of("staff:approving", proposal=self.facts),
            "batches": of("admin:desk_batch_changelist"),
            "batch": of("admin:desk_batch_change", self.batch.pk),
            "statements": of("admin:achievements_task_changelist"),
            "statement": of("admin:statements_statement_change", self.task.pk),
            "heading": of("admin:statements_statement_change", self.heading.pk),
            "drafts of links": of("staff:draft_links"),
            "suggestions": of("staff:link_suggestions"),
            "suggestions for one": of("staff:link_suggestions", statement=code),
            "unlinked": of("staff:unlinked"),
            "translations": of("staff:translations"),
            "translations of a document": of("staff:translations", document=slug),
            "translation": of("staff:translation", code),
            "XLIFF": of("staff:translation_export", whole=slug),
            "tracking": of("staff:upkeep_list"),
            "passed dates": of("staff:passed_dates"),
            "bulk work": of("staff:bulk"),
            "sheets": of("staff:sheets"),
            "sheet": of("staff:sheet", "csv", document=slug),
            "tags": of("staff:tagging", document=slug),
            "replacement": of("staff:replacing"),
            "roots": of("staff:order_roots"),
            "order": of("staff:order", self.heading.code),
            "intakes": of("staff:intakes"),
            "working text": of("staff:intake", self.intake.pk),
            "facts": of("staff:intake_facts", self.intake.pk),
        }


def test_the_queries_of_no_page_grow_with_the_drafts():
    author = member("editor", "translator")
    client = signed_in(member("editor", "translator", "publisher"))
    few = {k: queries(client, at) for k, at in Drafts(FEW, author).pages().items()}
    many = {k: queries(client, at) for k, at in Drafts(MANY, author).pages().items()}
    grown = {name: (few[name], many[name]) for name in few if many[name] > few[name]}
    assert grown == {}
