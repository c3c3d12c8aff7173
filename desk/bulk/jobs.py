"""A job: edits of many statements, kept from their preview to its confirmation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace

from django.contrib.auth.models import User
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import get_random_string

from desk.models import BatchKind, Proposal
from desk.proposals.further.resumed import EDIT_KOREAN
from statements.fields import ENGLISH, Snapshot
from statements.models import Revision

#: A session keeps one job: a second one takes the place of the first.
JOB_KEY = "bulk_job"
#: As many as one person can look through and one session should hold.
MOST_STATEMENTS = 500
#: The right to open any page of bulk work.
CHANGE = "statements.change_statement"

#: Keys of statements to those values of a snapshot that change.
Edits = dict[int, Snapshot]


@dataclass(frozen=True)
class Job:
    """`seen` is the revision of each statement that the edits are made on."""

    #: The address of the page it was begun on.
    begun_at: str
    edits: Edits
    seen: dict[int, int]
    #: Of the batch that its proposals become, with the file or terms that it is about.
    kind: BatchKind
    subject: str = ""
    #: Whether single statements may be left out.
    may_choose: bool = False
    token: str = field(default_factory=lambda: get_random_string(12))

    def is_for(self, user: User) -> bool:
        """Without the right to edit Korean, English alone."""
        touched = {name for values in self.edits.values() for name in values}
        return touched <= {*ENGLISH} or user.has_perm(EDIT_KOREAN)

    def of(self, statement_ids: Iterable[int]) -> Job:
        kept = set(statement_ids)
        return replace(
            self, edits={pk: v for pk, v in self.edits.items() if pk in kept}
        )

    def not_yet_proposed(self) -> Job:
        """Without what waits for review already, by whomever."""
        waiting = Proposal.objects.open().filter(statement__in=self.edits)
        same = {
            proposal.statement_id
            for proposal in waiting.select_related("base")
            if self.edits[proposal.statement_id].items() <= proposal.changes.items()
        }
        return self.of(self.edits.keys() - same)


def newest_revisions(statement_ids: Iterable[int]) -> dict[int, int]:
    """The revision that whoever looks now sees, by statement."""
    revisions = Revision.objects.filter(statement__in=statement_ids).order_by()
    newest = revisions.values("statement").annotate(newest=Max("pk"))
    return dict(newest.values_list("statement", "newest"))


def keep_job(request: HttpRequest, job: Job) -> HttpResponse:
    """Leads to the preview."""
    request.session[JOB_KEY] = asdict(job)
    return HttpResponseRedirect(reverse("staff:bulk_preview"))


def kept_job(request: HttpRequest) -> Job | None:
    """The session is JSON, in which every key is a string."""
    data = request.session.get(JOB_KEY)
    # A job that an older release kept is begun again.
    if data is None or "kind" not in data:
        return None
    numbered = {
        name: {int(pk): value for pk, value in data[name].items()}
        for name in ("edits", "seen")
    }
    return Job(**{**data, **numbered, "kind": BatchKind(data["kind"])})


def drop(request: HttpRequest) -> None:
    request.session.pop(JOB_KEY, None)
