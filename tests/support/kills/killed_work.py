"""The work that kills interrupt: each piece can say what there is of it."""

from dataclasses import dataclass
from enum import Enum

from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from desk.models import Proposal, ProposalState
from statements.gate import Note
from statements.models import Revision
from tests.support.bulk import as_csv, confirm, downloaded, preview, upload
from tests.support.desk.admin_forms import change_page, form_values
from tests.support.rows import statement
from tests.support.staff import member, signed_in


class There(Enum):
    NOTHING = "nothing"
    WHOLE = "whole"
    PART = "part"


class Staff:
    """Who works, signed in before any process is forked."""

    def __init__(self):
        self.author = member("editor")
        self.at_the_form = signed_in(self.author)
        self.at_the_review = signed_in(member("publisher"))


@dataclass
class Work:
    """A piece of work on `codes`; its number is in its note, by which its traces are
    found.
    """

    staff: Staff
    number: int
    codes: list[str]

    def __call__(self) -> None:
        raise NotImplementedError

    def there(self) -> There:
        raise NotImplementedError

    @property
    def note(self) -> Note:
        return Note(ko=f"작업 {self.number}", en=f"Work {self.number}")

    @property
    def why(self) -> dict[str, str]:
        return {"change_note_ko": self.note.ko, "change_note_en": self.note.en}

    @property
    def proposals(self) -> list[Proposal]:
        return list(Proposal.objects.filter(note_en=self.note.en).with_people())

    def expected(self, code: str) -> str:
        return f"As work {self.number} has {code}"


@dataclass
class Edit(Work):
    """The form of a statement, sent."""

    def __call__(self) -> None:
        [code] = self.codes
        url = change_page(statement(code))
        values = form_values(self.staff.at_the_form.get(url)) | self.why
        values["text_en"] = self.expected(code)
        assert self.staff.at_the_form.post(url, values).status_code == 302

    def there(self) -> There:
        return proposed(self)


@dataclass
class Import(Work):
    """A sheet of many statements: uploaded, looked at and confirmed in one go."""

    def __post_init__(self):
        rows = [row for row in downloaded(self.desk) if row["code"] in self.codes]
        edited = [row | {"text_en": self.expected(row["code"])} for row in rows]
        self.sheet = as_csv(edited)

    @property
    def desk(self) -> Client:
        return self.staff.at_the_form

    def __call__(self) -> None:
        assert upload(self.desk, self.sheet).status_code == 302
        if preview(self.desk).status_code == 302:
            return  # all of it waits for review already
        assert confirm(self.desk, **self.why).status_code == 302

    def there(self) -> There:
        return proposed(self)


@dataclass
class Approve(Work):
    """The proposal that the edit of that number made, published."""

    def __call__(self) -> None:
        [proposal] = self.proposals
        url = reverse("admin:desk_proposal_change", args=[proposal.pk])
        page = self.staff.at_the_review.get(url)
        seen = page.context["form"]["seen"].value()
        sent = {"seen": seen, "decision": "approve"}
        assert self.staff.at_the_review.post(url, sent).status_code == 302

    def there(self) -> There:
        [proposal] = self.proposals
        [code] = self.codes
        entries = LogEntry.objects.filter(object_id=proposal.pk)
        traces = (
            proposal.state == ProposalState.PUBLISHED,
            Revision.objects.filter(note_en=self.note.en).count() == 1,
            entries.filter(change_message="approve").count() == 1,
            statement(code).text_en == self.expected(code),
        )
        if all(traces):
            return There.WHOLE
        return There.PART if any(traces) else There.NOTHING


def proposed(work: Edit | Import) -> There:
    found = {p.statement.code: p.changes for p in work.proposals}
    if not found:
        return There.NOTHING
    wanted = {code: {"text_en": work.expected(code)} for code in work.codes}
    is_whole = found == wanted and len(work.proposals) == len(work.codes)
    return There.WHOLE if is_whole else There.PART
