"""A portal with hidden content answers as one without it: readers learn nothing.

Not a word, a number, a length or a header of any page, file, feed or answer of the API
differs. What is hidden, of every kind, is in tests/support/leaks/hidden.py.
"""

from datetime import timedelta
from itertools import count

import pytest
from django.db import transaction

from statements.dry_run import TakenBack
from statements.gate import Note, gate
from statements.models import Kind
from tests.support import factories, rows
from tests.support.addresses import addresses as configured
from tests.support.clock import Clock
from tests.support.leaks.asked import (
    addresses,
    ask,
    days_around,
    differing,
    names_of,
    telling,
    without_what_is_random,
)
from tests.support.leaks.hidden import (
    CODES,
    MARKS,
    hide_document,
    hide_drafts,
    hide_links,
    hide_work,
    somebody,
)

pytestmark = [pytest.mark.django_db, pytest.mark.unmeasured]
PUBLIC_NOTE = Note(ko="공개된 까닭", en="A reason in public")
OF_STAFF = ("admin:", "staff:", "set_language")
#: Of the telling addresses, every how many `make test` asks.
STRIDE = 8
ALL = slice(None)


@pytest.fixture
def later(clock) -> Clock:
    """Days are told from after the corpus was loaded."""
    clock.start += timedelta(days=2)
    clock.set(days=0)
    return clock


def number_paragraphs(monkeypatch, first: int) -> None:
    """Ordinals are lines of the source, whatever else was made before."""
    monkeypatch.setattr(factories, "ordinals", count(first))


def publish(clock: Clock, by) -> None:
    """Changes in public, among them a statement withdrawn, each on a day of its own."""
    clock.set(days=4)
    with gate(by, PUBLIC_NOTE):
        rows.save(rows.statement("G1.C1"), text_en="Other words in English")
        heading = rows.statement("2025.T1.1")
        for number in (81, 82):
            made = factories.statement(Kind.TASK, heading, code=f"2025.T1.1.{number}")
            factories.event_of(made).save()
            factories.figure_of(made).save()
        factories.link([made], [rows.statement("2024.A1.1")])
    clock.set(days=5)
    with gate(by, PUBLIC_NOTE):
        rows.save(rows.statement("2025.T1.1.81"), state="withdrawn")
        rows.save(rows.statement("G2.C1"), title_ko="다른 제목")
    clock.set(days=8)


def compare(clock: Clock, monkeypatch, paths: list[str], again: slice = ALL) -> None:
    """Asks a portal without, one where it was hidden before, and one where more is;
    of the last some of the addresses, but those to the byte of their ETags.
    """
    by = factories.staff_member()
    try:
        with transaction.atomic():
            number_paragraphs(monkeypatch, 10_001)
            publish(clock, by)
            plain = ask(paths)
            raise TakenBack
    except TakenBack:
        clock.set(days=1)
    who = somebody()
    number_paragraphs(monkeypatch, 50_001)
    hide_drafts(who)
    clock.set(days=2)
    hide_document(who)
    number_paragraphs(monkeypatch, 10_001)
    publish(clock, by)
    hidden_before = ask(paths)
    alike = map(without_what_is_random, (plain, hidden_before))
    assert differing(*alike) == []
    hide_links(who)
    hide_work(who)
    hidden_since = ask(paths[again])
    assert differing(hidden_since, hidden_before) == []
    told = [
        path
        for path, (_status, headers, body) in (hidden_before | hidden_since).items()
        if says_more_than_was_asked(path, f"{headers}{body.decode('utf-8', 'replace')}")
    ]
    assert told == []


def says_more_than_was_asked(path: str, text: str) -> bool:
    """Pages repeat the words that were searched for, and the address."""
    is_echo = "?q=" in path or any(mark in path for mark in (*MARKS, *CODES))
    return not is_echo and any(mark in text for mark in (*MARKS, *CODES[:3]))


def test_nothing_tells_of_what_is_hidden(later, monkeypatch):
    compare(later, monkeypatch, list(telling(days_around()[::3]))[::STRIDE])


@pytest.mark.audit
@pytest.mark.every_engine
def test_nothing_at_all_tells_of_what_is_hidden(later, monkeypatch):
    compare(later, monkeypatch, addresses(days_around()), again=slice(0, None, 6))


def test_every_public_address_is_asked_for():
    public = {name for name, _ in configured() if not name.startswith(OF_STAFF)}
    assert public - names_of(list(telling(days_around()))) == set()
