"""The ways in which staff write on one statement, each told what became of it."""

import re
from collections.abc import Callable
from itertools import combinations_with_replacement, cycle, product

from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.messages import WARNING, get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from desk.batches.decide import approve_batch, take_batch_back
from desk.bulk.jobs import Edits, Job
from desk.bulk.preview import carry_out
from desk.links.decisions import Decision, propose_decisions
from desk.models import BatchKind, Proposal
from desk.proposals.batch_review import approve_together
from desk.proposals.decide import approve, publish_due, publish_scheduled
from desk.proposals.messages import told
from desk.proposals.record import Proposed, Terms, proposing
from desk.proposals.revert import return_to
from desk.translations.editor import EnglishForm, propose_english, propose_review
from desk.translations.xliff.document import mark_of
from desk.translations.xliff.unit import Unit
from desk.translations.xliff.upload import preview_units, propose_changes
from desk.upkeep.owners import record_check
from statements.gate import gate
from statements.history.restore import write_snapshot
from statements.models import LinkState, Statement
from tests.support.races.scene import EVENT, NOTE, Scene

#: Does it, and returns what its author is told.
Path = Callable[[Scene], str]
JOINED_EVENT = {**EVENT, "title_ko": "더한 행사", "title_en": "An event that joins"}
NUMBER = re.compile(r"\d+")


def outcome_of(path: Path, scene: Scene) -> str:
    try:
        return NUMBER.sub("N", path(scene))
    except ValidationError as error:
        return f"refused: {NUMBER.sub('N', ' '.join(error.messages))}"


def row(statement: Statement) -> Statement:
    return Statement.objects.get(pk=statement.pk)


def say(proposed: Proposed) -> str:
    """Without the warnings of others, who are at it just now in every race."""
    of_own = [one for one in told(proposed) if one.level < WARNING]
    return " ".join(str(message.text) for message in of_own)


def approving(name: str) -> Path:
    def path(scene: Scene) -> str:
        approve(scene.proposals[name], scene.publisher)
        return "approved"

    return path


def on_its_page(name: str, decision: str, by: str = "publisher") -> Path:
    """The page of a proposal, as it was shown before the race began."""

    def path(scene: Scene) -> str:
        proposal = Proposal.objects.get(pk=scene.proposals[name].pk)
        seen = scene.seen_of[proposal.statement_id]
        data = {"decision": decision, "seen": seen, "reason": "Not so"}
        request = posted(getattr(scene, by), data)
        admin.site._registry[Proposal].decide(request, proposal)
        return messages_of(request)

    return path


def posted(by: User, data: dict):
    request = RequestFactory().post("/", data)
    request.user, request.session = by, {}
    request._messages = FallbackStorage(request)
    return request


def messages_of(request) -> str:
    return " ".join(str(message) for message in get_messages(request))


def together(scene: Scene) -> str:
    chosen = [scene.proposals[name] for name in ("text", "note", "below")]
    ticked = [f"{one.pk}-{scene.seen_of[one.statement_id]}" for one in chosen]
    request = posted(scene.second, {"approve": ticked})
    approve_together(request)
    return messages_of(request)


def approving_batch(by: str) -> Path:
    """A text, which others send back, take back or approve by itself, and one below."""

    def path(scene: Scene) -> str:
        approved = approve_batch(scene.batch, getattr(scene, by), scene.seen_of_batch)
        return f"approved {len(approved)}"

    return path


def batch_back(scene: Scene) -> str:
    return f"taken back {len(take_batch_back(scene.batch, scene.editor))}"


def due(scene: Scene) -> str:
    published, refused = publish_due(scene.due_at)
    return f"published {bool(published)}, refused {bool(refused)}"


def due_draft(scene: Scene) -> str:
    """As the run does, which publishes each by a transaction of its own."""
    published = publish_scheduled([scene.proposals["approved draft"]])
    return f"decided {[str(one.state) for one in published]}"


def returning(of: str, by: str = "editor") -> Path:
    def path(scene: Scene) -> str:
        return say(return_to(getattr(scene, of), getattr(scene, by), NOTE))

    return path


def editing(of: str, by: str, seen: bool = True, **values: object) -> Path:
    def path(scene: Scene) -> str:
        statement, author = getattr(scene, of), getattr(scene, by)
        terms = Terms(seen=scene.seen if seen else None)
        with proposing(author, NOTE, terms) as proposed:
            write_snapshot(row(statement), values, author)
        return say(proposed)

    return path


def at_the_shell(**values: str) -> Path:
    """Whoever has a shell reads inside the gate, and saves the whole row."""

    def path(scene: Scene) -> str:
        with gate(scene.colleague, NOTE):
            statement = row(scene.statement)
            for name, value in values.items():
                setattr(statement, name, value)
            statement.save()
        return "saved"

    return path


def job_of(edits: Callable[[Scene], Edits]) -> Path:
    """A sheet, a replacement, new tags or a new order, confirmed after its preview."""

    def path(scene: Scene) -> str:
        wanted = edits(scene)
        seen = {pk: scene.seen_of[pk] for pk in wanted}
        job = Job("/", wanted, seen, BatchKind.SHEET)
        return say(carry_out(job, scene.editor, NOTE))

    return path


def sheet(scene: Scene) -> Edits:
    return {
        scene.sibling.pk: {"text_en": "The sheet has this"},
        scene.statement.pk: {"text_en": "The sheet has that", "regions": ["asia"]},
    }


def replacement(scene: Scene) -> Edits:
    return {scene.statement.pk: {"text_en": f"Words {scene.statement.code}"}}


def order(scene: Scene) -> Edits:
    pair = scene.statement, scene.sibling
    return {
        one.pk: {"position": other.position}
        for one, other in zip(pair, pair[::-1], strict=True)
    }


def sheet_of_drafts(scene: Scene) -> Edits:
    return {scene.draft.pk: {"text_en": "The sheet has a draft"}}


def xliff(scene: Scene) -> str:
    one = scene.statement
    korean, english = one.korean_fingerprint, mark_of(one.text_en)
    unit = Unit(1, one.code, "text", korean, english, one.text_ko, "Of a tool")
    changes = preview_units([unit]).changes
    args = scene.colleague, NOTE, Terms(seen=scene.seen), False
    return say(propose_changes(changes, *args))


def english_form(scene: Scene, *resumed: Proposal) -> EnglishForm:
    """The form of the translation desk, opened before the race."""
    data = {
        "text_en": "Of the translation desk",
        "seen": scene.seen,
        "korean": scene.statement.korean_fingerprint,
        "change_note_ko": NOTE.ko,
        "change_note_en": NOTE.en,
    }
    form = EnglishForm(scene.translated, data, *resumed)
    assert form.is_valid()
    return form


def english(scene: Scene) -> str:
    return say(propose_english(english_form(scene), scene.colleague))


def further(scene: Scene) -> str:
    """Its author goes on from a proposal that others may decide meanwhile."""
    form = english_form(scene, scene.proposals["text"])
    return say(propose_english(form, scene.proposals["text"].author))


def review(scene: Scene) -> str:
    terms = Terms(seen=scene.seen)
    return say(propose_review([scene.translated], scene.editor, terms, NOTE))


def linking(later: str, state: LinkState, by: str) -> Path:
    def path(scene: Scene) -> str:
        decision = Decision(getattr(scene, later), scene.other, state, "까닭", "Why")
        return say(propose_decisions(getattr(scene, by), [decision]))

    return path


def check(scene: Scene) -> str:
    record_check([scene.statement, scene.sibling], scene.editor)
    return "checked"


def check_backwards(scene: Scene) -> str:
    record_check([scene.sibling, scene.statement], scene.colleague)
    return "checked"


#: They change what readers see, or what may become of it.
DECIDING: dict[str, Path] = {
    "approve a text": approving("text"),
    "approve another part": approving("note"),
    "approve the same part": on_its_page("same text", "approve"),
    "approve a withdrawal": approving("withdrawal"),
    "approve tags, facts, links and a place": approving("details"),
    "send back": on_its_page("text", "send-back", "second"),
    "take back": on_its_page("due", "take-back", "editor"),
    "approve together": together,
    "publish what is due": due,
    "the shell": at_the_shell(text_en="Of the shell"),
}
#: They are tried, taken back, and kept as proposals.
PROPOSING: dict[str, Path] = {
    "return to a revision": returning("first_revision"),
    "propose": editing("statement", "editor", text_en="A fresh text"),
    "a sheet": job_of(sheet),
    "reorder": job_of(order),
    "a translation file": xliff,
    "confirm a link": linking("sibling", LinkState.CONFIRMED, "editor"),
    "reject a link": linking("sibling", LinkState.REJECTED, "colleague"),
}
#: The same by other pages.
PROPOSING_TOO: dict[str, Path] = {
    "propose on top": editing("statement", "colleague", False, text_en="On top"),
    "find and replace": job_of(replacement),
    "the translation desk": english,
    "review English": review,
    "link": linking("statement", LinkState.CONFIRMED, "editor"),
}
ON_A_DRAFT: dict[str, Path] = {
    "publish a draft": approving("draft"),
    "send back a draft": on_its_page("draft", "send-back"),
    "take back a draft": on_its_page("draft", "take-back", "colleague"),
    "save a draft": editing("draft", "editor", text_en="Saved by one"),
    "save another part": editing("draft", "colleague", editor_note_en="By another"),
    "return a draft": returning("first_of_draft", "colleague"),
    "a sheet of drafts": job_of(sheet_of_drafts),
}
OF_FACTS: dict[str, Path] = {
    "approve an event": approving("event"),
    "approve the same event": approving("same event"),
    "approve the text that was looked at": on_its_page("text", "approve"),
    "join an event": editing("statement", "editor", events=[JOINED_EVENT]),
    "join a note": editing("statement", "editor", editor_note_en="A further note"),
}
OF_A_BATCH: dict[str, Path] = {
    "approve a batch": approving_batch("publisher"),
    "approve the same batch": approving_batch("second"),
    "take back a batch": batch_back,
    "take back one of a batch": on_its_page("text", "take-back", "editor"),
    "approve what is below": approving("below"),
}
OF_AN_APPROVED_DRAFT: dict[str, Path] = {
    "publish a draft at its time": due_draft,
    "save an approved draft": editing("approved_draft", "editor", text_en="Unread"),
    "approve it again": approving("approved draft"),
    "take back what is approved": on_its_page(
        "approved draft", "take-back", "colleague"
    ),
}
GOING_ON: dict[str, Path] = {"edit further": further}
ELSEWHERE: dict[str, Path] = {
    "check": check,
    "check backwards": check_backwards,
}
PATHS = {
    **DECIDING,
    **PROPOSING,
    **PROPOSING_TOO,
    **ON_A_DRAFT,
    **OF_FACTS,
    **OF_A_BATCH,
    **OF_AN_APPROVED_DRAFT,
    **GOING_ON,
    **ELSEWHERE,
}
#: The text is a part of the batch.
DECIDING_ONE_OF_A_BATCH = ("approve a text", "send back", "publish what is due")
#: Those that every run of the suite tries; the others wait for the audit.
FIRST_PAIRS = [
    *combinations_with_replacement(DECIDING, 2),
    *product(["approve a withdrawal"], [*ON_A_DRAFT, "approve what is below"]),
    *product(["approve a batch"], [*OF_A_BATCH, *DECIDING_ONE_OF_A_BATCH]),
    *product(GOING_ON, ["approve a text", "send back", *GOING_ON]),
    *combinations_with_replacement(OF_AN_APPROVED_DRAFT, 2),
    ("approve an event", "approve the same event"),
    ("approve an event", "approve tags, facts, links and a place"),
    ("approve an event", "join an event"),
    ("approve the text that was looked at", "join an event"),
    ("join an event", "join a note"),
]
ALL_PAIRS = [
    *FIRST_PAIRS,
    *product(DECIDING, [*PROPOSING, *GOING_ON]),
    *combinations_with_replacement(PROPOSING, 2),
    *combinations_with_replacement(ON_A_DRAFT, 2),
    *product(["approve together"], [*ON_A_DRAFT, "approve what is below"]),
    *zip(DECIDING, cycle(PROPOSING_TOO), strict=False),
    *((name, name) for name in PROPOSING_TOO),
    ("check", "check backwards"),
]
