"""History as readers see it: no link to a draft, no rejected one, and no trace."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from statements.gate import Note, gate
from statements.history.point_in_time import site_as_of, statement_as_of
from statements.models import (
    DataVersion,
    GlossaryTerm,
    Kind,
    PublicationState,
    Revision,
)
from statements.models.revision import end_of
from tests.support import factories
from tests.support.rows import save, statement
from tests.support.staff import member

pytestmark = pytest.mark.django_db
LATER, EARLIER = "G2.C1", "2025.T1.1.1"
SECRET = Note(ko="감출까닭", en="Secretreason")
OPEN = Note(ko="밝힌까닭", en="Openreason")
RATIONALE = {"rationale_ko": "비밀연결", "rationale_en": "Secretlink"}
SECRETS = ("감출까닭", "Secretreason", "비밀연결", "Secretlink")


@pytest.fixture
def draft():
    heading = statement("2025.T1.1")
    return factories.statement(Kind.TASK, heading, state=PublicationState.DRAFT)


def link_to(earlier, note: Note = SECRET, later: str = LATER, **values) -> None:
    with gate(member("editor"), note):
        [made] = factories.link([statement(later)], [earlier])
        save(made, **{**RATIONALE, **values})


def change(code: str, note: Note = OPEN, **values) -> None:
    with gate(member("editor"), note):
        save(statement(code), **values)


def pages(client, code: str = LATER) -> str:
    """Everything that tells of a statement's past, and what was said of its changes."""
    paths = (
        *(
            f"statements/{code}/history/",
            f"statements/{code}/",
            "changes/",
            "",
            "data/",
        ),
        *(f"statements/{code}/?as_of={timezone.localdate()}", "statements.atom"),
        *(
            f"past/?as_of={timezone.localdate()}",
            "continuity.csv",
            "continuity/?goal=2",
        ),
        "statements.atom?kind=key-content",
    )
    answers = [client.get(f"/{x}/{path}") for x in ("ko", "en") for path in paths]
    return "".join(
        (b"".join(a.streaming_content) if a.streaming else a.content).decode()
        for a in answers
        if a.status_code == 200
    )


def require_nothing_told(markup: str, *more: str) -> None:
    assert [secret for secret in (*SECRETS, *more) if secret in markup] == []


def test_no_link_to_a_draft_is_told_of(client, draft, clock):
    before = pages(client)
    link_to(draft)
    assert pages(client) == before
    change(LATER, title_en="Another title")
    markup = pages(client)
    require_nothing_told(markup, draft.code)
    assert "Openreason" in markup


def test_no_reason_of_a_rejection_is_told_of(client, clock):
    before = pages(client)
    link_to(statement(EARLIER), state="rejected")
    assert pages(client) == before
    rejected = statement(LATER).links_to_earlier.get(state="rejected")
    with gate(member("editor"), SECRET):
        save(rejected, rationale_ko="비밀연결 더", rationale_en="Secretlink more")
    with gate(member("editor"), SECRET):
        rejected.delete()
    assert pages(client) == before


def test_a_public_link_that_is_rejected_is_told_of_without_the_reason(client):
    link_to(
        statement(EARLIER), OPEN, rationale_en="Once seen", rationale_ko="본 적 있음"
    )
    assert "Once seen" in client.get(f"/en/statements/{LATER}/").content.decode()
    was = statement(LATER).links_to_earlier.get(earlier__code=EARLIER)
    with gate(member("editor"), Note(ko="연결하지 않기 …", en="Nolink")):
        save(was, state="rejected", **RATIONALE)
    markup = client.get(f"/en/statements/{LATER}/history/").content.decode()
    require_nothing_told(pages(client))
    assert markup.count("Once seen") == 2, "it came, and it went"
    assert "Nolink" in markup


def test_a_link_to_what_is_published_later_is_no_change_of_this_one(client, draft):
    link_to(draft, **{"rationale_en": "Latelink", "rationale_ko": "늦은연결"})
    change(draft.code, state="published")
    change(LATER, title_en="Another title")
    history = client.get(f"/en/statements/{LATER}/history/").content.decode()
    assert "Latelink" not in history
    assert "Secretreason" not in history
    assert "Latelink" in client.get(f"/en/statements/{LATER}/").content.decode()
    today = client.get(f"/en/statements/{LATER}/?as_of={timezone.localdate()}")
    assert "Latelink" in today.content.decode()


def test_a_draft_link_that_went_before_anybody_saw_it_is_never_told_of(client, draft):
    link_to(draft)
    with gate(member("editor"), SECRET):
        statement(LATER).links_to_earlier.get(earlier=draft).delete()
    change(draft.code, state="published")
    change(LATER, title_en="Another title")
    require_nothing_told(pages(client))


def test_a_past_day_shows_the_links_of_that_day(draft):
    """Not yet those to what was a draft then, and still those to what is withdrawn."""
    link_to(draft)
    day = [timezone.now() + timedelta(seconds=n) for n in range(4)]
    link_to(statement(EARLIER), OPEN)
    revisions = Revision.objects
    revisions.filter(statement__code=LATER).exclude(by=None).update(at=day[0])
    change(draft.code, state="published")
    revisions.filter(statement=draft, snapshot__state="published").update(at=day[1])
    change(EARLIER, state="withdrawn")
    revisions.filter(snapshot__state="withdrawn").update(at=day[2])
    seen = []
    for moment in day[1:]:
        past = statement_as_of(statement(LATER), moment)
        told = " ".join(line for lines in past.facts.values() for line in lines)
        seen.append((f"{draft.code} (" in told, f"{EARLIER} (" in told))
    assert seen == [(False, True), (True, True), (True, False)]


def test_what_was_taken_back_to_a_draft_is_on_no_page_of_later_days(client):
    """The desk refuses it; a shell may do it."""
    change(EARLIER, SECRET, state="draft", text_en="Secretlink")
    codes = {past.statement.code for past in site_as_of(end_of(timezone.localdate()))}
    assert EARLIER not in codes
    assert statement_as_of(statement(EARLIER), end_of(timezone.localdate())) is None
    require_nothing_told(pages(client))


def test_counts_and_filters_leave_out_what_readers_do_not_see(client, draft):
    paths = (
        "tasks/",
        f"statements/?goal=2&q={EARLIER}",
        "statements/?goal=2&kind=task",
    )
    before = [client.get(f"/en/{path}").content for path in paths]
    link_to(draft)
    link_to(statement(EARLIER), state="rejected")
    with gate(member("editor"), SECRET):
        factories.link([draft], [statement("2024.A1.1")])
    assert [client.get(f"/en/{path}").content for path in paths] == before


def moved(work) -> bool:
    before = DataVersion.current()
    work()
    now = DataVersion.current()
    assert (before.token == now.token) == (before.moved_at == now.moved_at)
    return before.token != now.token


def test_the_data_version_moves_only_when_readers_see_a_difference(draft):
    def add_a_term() -> None:
        with gate(None, OPEN):
            GlossaryTerm.objects.create(
                position=999, korean="가나다", english="Abc", category="concept",
                is_established=False,
            )  # fmt: skip

    assert not moved(lambda: change(draft.code, SECRET, text_en="Secretlink"))
    assert not moved(lambda: link_to(draft))
    assert not moved(lambda: link_to(statement(EARLIER), state="rejected"))
    assert moved(lambda: change(LATER, title_en="Another title"))
    assert moved(lambda: change(draft.code, state="published"))
    assert moved(lambda: change(draft.code, state="withdrawn"))
    assert moved(add_a_term)


def test_older_revisions_are_marked_as_the_gate_marks_new_ones(draft):
    link_to(draft)
    link_to(statement(EARLIER), state="rejected")
    change(LATER, title_en="Another title")
    change(draft.code, state="published")
    with gate(member("editor"), SECRET):
        statement(LATER).links_to_earlier.all().delete()
    marks = dict(Revision.objects.values_list("pk", "is_shown"))
    assert set(marks.values()) == {True, False}
    Revision.objects.update(is_shown=False)
    migration = import_module("statements.migrations.0008_shown_revisions")
    migration.mark_shown(apps, None)
    assert dict(Revision.objects.values_list("pk", "is_shown")) == marks


def test_an_empty_database_has_a_version_as_soon_as_something_is_saved():
    DataVersion.objects.all().delete()
    change(LATER, title_en="Another title")
    assert DataVersion.objects.count() == 1
