"""Two people at one entry at once, on real connections; tells as JSON what went wrong.

DATABASE_URL=… python -m tests.support.desk.entry_races TRIES
"""

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier

import django
from django.core.management import call_command
from django.test.utils import setup_test_environment
from django.utils import translation

django.setup()
setup_test_environment()

from django.core.exceptions import ValidationError  # noqa: E402
from django.db import connection  # noqa: E402

from desk.entries.decide import approve_entry, take_entry_back  # noqa: E402
from desk.models import EntryProposal  # noqa: E402
from statements.gate import gate  # noqa: E402
from statements.models import EntryRevision, Theme  # noqa: E402
from tests.support import factories  # noqa: E402
from tests.support.desk.entries import propose_deletion, propose_entry  # noqa: E402
from tests.support.staff import NOTE  # noqa: E402

#: Seconds after which two are held to wait for each other for ever.
PATIENCE = 120
numbers = count(1)
Act = Callable[[EntryProposal], None]


def approve(proposal: EntryProposal) -> None:
    somebody = factories.staff_member()
    approve_entry(EntryProposal.objects.get(pk=proposal.pk), somebody)


def take_back(proposal: EntryProposal) -> None:
    take_entry_back(EntryProposal.objects.get(pk=proposal.pk), proposal.author)


def theme() -> Theme:
    number = next(numbers)
    with gate(None, NOTE):
        return Theme.objects.create(
            slug=f"theme-{number}", name_ko="가", name_en="A", position=number
        )


def change(entry: Theme, **values) -> EntryProposal:
    return propose_entry(Theme.objects.get(pk=entry.pk), **values)


#: For each race, two proposals of one theme, two acts, and how many of them succeed.
RACES: dict[str, Callable[[Theme], tuple]] = {
    "one proposal approved twice": lambda entry: (
        *[change(entry, name_en="B")] * 2,
        *(approve, approve, 1),
    ),
    "the same part": lambda entry: (
        *(change(entry, name_en="B"), change(entry, name_en="C")),
        *(approve, approve, 1),
    ),
    "different parts": lambda entry: (
        *(change(entry, name_en="B"), change(entry, scope_en="C")),
        *(approve, approve, 2),
    ),
    "changed and deleted": lambda entry: (
        *(change(entry, name_en="B"), propose_deletion(entry)),
        *(approve, approve, 1),
    ),
    "deleted twice": lambda entry: (
        *(propose_deletion(entry), propose_deletion(entry)),
        *(approve, approve, 1),
    ),
    "added twice": lambda entry: (
        *(propose_entry(Theme(), **new(entry)), propose_entry(Theme(), **new(entry))),
        *(approve, approve, 1),
    ),
    "approved and taken back": lambda entry: (
        *[change(entry, name_en="B")] * 2,
        *(approve, take_back, 1),
    ),
}


def new(entry: Theme) -> dict[str, object]:
    return {"slug": f"{entry.slug}-new", "name_ko": "나", "name_en": "N", "position": 1}


def outcome(act: Act, proposal: EntryProposal, barrier: Barrier) -> str:
    try:
        with translation.override("en"):
            barrier.wait(PATIENCE)
            act(proposal)
    except ValidationError as error:
        return f"refused: {error.messages}"
    except Exception as error:  # told as a fault
        return f"fault: {type(error).__name__}: {error}"
    else:
        return "done"
    finally:
        connection.close()


def faults_of(name: str, threads: ThreadPoolExecutor) -> list[str]:
    entry = theme()
    one, two, first, second, expected = RACES[name](entry)
    barrier = Barrier(2)
    acts = [
        threads.submit(outcome, act, proposal, barrier)
        for act, proposal in ((first, one), (second, two))
    ]
    told = [act.result(PATIENCE) for act in acts]
    found = [text for text in told if text.startswith("fault")]
    if told.count("done") != expected:
        found.append(f"{told}")
    for proposal in EntryProposal.objects.filter(pk__in=[one.pk, two.pk]):
        found += lost(proposal)
    return [f"{name}: {fault}" for fault in found]


def lost(proposal: EntryProposal) -> list[str]:
    """What the proposal says was published must be in a revision and, unless another
    changed it after that, in the entry.
    """
    if proposal.state != "published":
        return []
    revision, last = proposal.revision, proposal.present
    after = EntryRevision.objects.of(proposal.kind, proposal.entry_id)
    is_last = after.newest_first().first() == revision
    if proposal.act == "delete":
        return ["deleted, but there"] if last else []
    if any(revision.snapshot[n] != v for n, v in proposal.changes.items()):
        return ["published, but in no revision"]
    return ["not as its last revision"] if is_last and last != revision.snapshot else []


def main(tries: str) -> None:
    call_command("migrate", verbosity=0)
    threads = ThreadPoolExecutor(2)
    found = [
        fault
        for name in RACES
        for _try in range(int(tries))
        for fault in faults_of(name, threads)
    ]
    json.dump({"races": len(RACES), "faults": found}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
