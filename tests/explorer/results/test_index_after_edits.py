"""After an edit the index and the vocabulary are patched: as if they were made anew."""

from types import SimpleNamespace
from typing import Any

import pytest

from explorer.results import kept_index
from explorer.results.facet_index import FacetIndex
from explorer.results.kept_index import facet_index
from statements.filters import choices
from statements.filters.choices import Vocabulary, read_vocabulary, vocabulary
from statements.models import DataVersion, VersionStep, revision
from statements.templatetags.kept_parts import LASTING_PARTS, PARTS
from tests.support import factories
from tests.support.edits.random_edits import EVERY_KIND, Edits
from tests.support.rows import save, statement

pytestmark = pytest.mark.django_db
#: Ten rounds of a hundred edits.
SEEDS = [f"round {number}" for number in range(10)]
#: The rounds that the audit makes on PostgreSQL too.
EVERY_ENGINE = 3


class MadeAnew:
    """Counts what is made anew although something before it is kept."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.number = 0
        monkeypatch.setattr(kept_index, "FacetIndex", self.make)

    def make(self, request: Any) -> FacetIndex:
        self.number += 1
        return FacetIndex(request)


@pytest.fixture
def made(monkeypatch) -> MadeAnew:
    kept_index.indexes.clear()
    choices.vocabularies.clear()
    return MadeAnew(monkeypatch)


def a_request() -> Any:
    return SimpleNamespace(data_version=DataVersion.current())


def plain(terms: Vocabulary) -> dict[str, Any]:
    """All that is read of it, down to the columns."""
    rows: dict[str, Any] = {
        name: [columns(row) for row in getattr(terms, name)]
        for name in ("regions", "countries", "themes", "documents", "goals")
    }
    rows["regions of countries"] = [columns(row.region) for row in terms.countries]
    for goal in terms.goals:
        tied = (*goal.organisations.all(), *goal.statusupdates.all(), goal.document)
        rows[goal.code] = [columns(row) for row in tied]
    for row in terms.documents:
        tied = (*filter(None, [row.replaces]), *row.replaced_by.all())
        rows[row.slug] = [columns(other) for other in tied]
    reports = [(nature, [*years.items()]) for nature, years in terms.reports.items()]
    return {
        **rows,
        "reports": [(n, [(y, sorted(d)) for y, d in years]) for n, years in reports],
        "dated": [*terms.dated.items()],
        "has statuses": terms.has_statuses,
    }


def columns(row: Any) -> dict[str, Any]:
    return {field.attname: row.__dict__[field.attname] for field in row._meta.fields}


def values_of(index: FacetIndex) -> dict[str, Any]:
    """Every attribute, and dictionaries in their order."""
    values = vars(index)
    ordered = {
        name: [(value, [*members.items()]) for value, members in values[name].items()]
        for name in ("members",)
    }
    return {**values, **ordered, "natures": [*values["natures"].items()]}


def require_same(why: str) -> tuple[FacetIndex, dict[str, Any]]:
    """The index and its values; raises where any is not as if it were made anew."""
    request = a_request()
    kept = facet_index(request)
    fresh = FacetIndex(request)
    assert plain(vocabulary(request.data_version)) == plain(read_vocabulary()), why
    there, expected = values_of(kept), values_of(fresh)
    assert [n for n in expected if there.get(n) != expected[n]] == [], why
    assert there.keys() == expected.keys()
    return kept, expected


def edit_and_compare(edits: Edits, kinds: list[str], seed: str) -> int:
    """The number of edits that were made; after one or more all is compared."""
    n_made, (before, known) = 0, require_same(seed)
    for number, kind in enumerate(kinds):
        n_made += edits.do(kind)
        if edits.chance.random() < 0.5:
            continue
        kept, expected = require_same(f"seed {seed!r}: {kinds[: number + 1]}")
        # Others go on with the index of their version.
        assert values_of(before) == known, (seed, number, kind)
        before, known = kept, expected
    return n_made


def test_after_one_edit_of_each_kind_all_is_as_made_anew(made):
    edits = Edits("once", factories.staff_member())
    assert edit_and_compare(edits, EVERY_KIND, "once") > len(EVERY_KIND) * 0.7
    assert made.number < len(EVERY_KIND) / 4


def test_over_steps_that_are_not_known_the_index_is_made_anew(made, monkeypatch):
    monkeypatch.setattr(revision, "MOST_STEPS", 3)
    require_same("at first")
    for number in range(4):
        with factories.an_open_gate():
            save(statement("G1.C1"), text_en=f"Words {number}")
    assert VersionStep.objects.count() == 3
    require_same("after more steps than are kept")
    assert made.number == 2
    with factories.an_open_gate():
        save(statement("G1.C1"), text_en="Words")
    require_same("after one step")
    assert made.number == 2


def test_a_change_that_readers_do_not_see_is_known_when_they_see_the_next(made):
    with factories.an_open_gate():
        draft = factories.statement("detail", statement("G1.C1"), state="draft")
    require_same("before")
    token = DataVersion.current().token
    with factories.an_open_gate():
        save(draft, text_en="Words of a draft")
    assert DataVersion.current().token == token
    assert draft.pk in VersionStep.objects.latest("pk").statement_ids
    with factories.an_open_gate():
        save(statement("G1.C1"), text_en="Words")
    _found, changed = VersionStep.since([token], DataVersion.current().token)
    assert {draft.pk, statement("G1.C1").pk} <= changed.statement_ids


def test_a_page_after_edits_is_as_if_no_part_of_it_had_been_kept(client):
    edits, path = Edits("page", factories.staff_member()), "/en/statements/"
    for kind in ("edit_text", "edit_note", "tag", "rename_term", "add_link", "add"):
        client.get(path, {"page_size": 50})
        assert any(edits.do(kind) for _ in range(20)), kind
        markup = client.get(path, {"page_size": 50}).content
        for parts in (PARTS, LASTING_PARTS):
            parts.clear()
        assert client.get(path, {"page_size": 50}).content == markup, kind


@pytest.mark.audit
@pytest.mark.parametrize(
    "seed",
    [
        *(
            pytest.param(seed, marks=pytest.mark.every_engine)
            for seed in SEEDS[:EVERY_ENGINE]
        ),
        *SEEDS[EVERY_ENGINE:],
    ],
)
def test_after_a_hundred_edits_all_is_as_made_anew(made, seed):
    edits = Edits(seed, factories.staff_member())
    kinds = edits.chance.choices(EVERY_KIND, k=100)
    assert edit_and_compare(edits, kinds, seed) > 60
    assert made.number < 30
