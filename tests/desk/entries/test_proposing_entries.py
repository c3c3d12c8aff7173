"""Vocabulary, glossary and documents: nothing changes before another approves."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from desk.entries.decide import (
    approve_entry,
    losing_a_tag,
    mark_of_present,
    send_entry_back,
    take_entry_back,
)
from desk.models import EntryProposal
from statements.history.entries import entry_fields, entry_snapshot
from statements.models import (
    Country,
    DataVersion,
    Document,
    EntryAct,
    EntryRevision,
    GlossaryTerm,
    Region,
    Revision,
    Theme,
)
from tests.support import factories
from tests.support.desk.entries import (
    CHANGED,
    NEW_ENTRIES,
    approve_entries,
    propose_deletion,
    propose_entry,
)
from tests.support.rows import everything
from tests.support.staff import NOTE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with override("en"):
        yield


def revisions(entry) -> list[EntryRevision]:
    return list(EntryRevision.objects.of(entry.entry_kind(), entry.pk).newest_first())


@pytest.mark.parametrize("model", CHANGED, ids=lambda model: model.__name__)
def test_every_entry_has_a_first_revision_of_all_its_fields(model):
    for entry in model.objects.all():
        [first] = revisions(entry)
        assert (first.by, first.act) == (None, EntryAct.ADD)
        assert first.snapshot == entry_snapshot(entry)
        assert first.note_ko and first.note_en
    columns = {field.name for field in model._meta.concrete_fields}
    in_both = {name for name in columns if f"{name}_ko" in columns}
    assert set(entry_fields(model)) == columns - in_both - {"id"}


@pytest.mark.parametrize("model", CHANGED, ids=lambda model: model.__name__)
def test_a_change_waits_and_is_published_as_a_revision(model):
    entry, before = model.objects.first(), everything()
    proposal = propose_entry(entry, **CHANGED[model])
    assert everything() == before
    approve_entry(proposal, factories.staff_member())
    proposal.refresh_from_db()
    now = model.objects.get(pk=entry.pk)
    assert {name: getattr(now, name) for name in CHANGED[model]} == CHANGED[model]
    newest, first = revisions(entry)
    assert proposal.revision == newest
    assert (newest.act, newest.by) == (EntryAct.CHANGE, proposal.author)
    assert (newest.note_ko, newest.note_en) == tuple(NOTE)
    assert newest.snapshot == {**first.snapshot, **CHANGED[model]}
    assert DataVersion.current().token != before["DataVersion"][0]["token"]


@pytest.mark.parametrize("model", NEW_ENTRIES, ids=lambda model: model.__name__)
def test_an_addition_is_nowhere_before_it_is_approved(model):
    before = everything()
    proposal = propose_entry(model(), **NEW_ENTRIES[model])
    assert everything() == before
    approve_entry(proposal, factories.staff_member())
    proposal.refresh_from_db()
    entry = model.objects.get(pk=proposal.entry_id)
    snapshot = entry_snapshot(entry)
    assert {n: snapshot[n] for n in NEW_ENTRIES[model]} == NEW_ENTRIES[model]
    [added] = revisions(entry)
    assert (added.act, added.by) == (EntryAct.ADD, proposal.author)


def test_a_deletion_names_the_statements_that_lose_a_tag_and_writes_their_revisions():
    theme = Theme.objects.filter(statements__isnull=False).first()
    tagged = set(theme.statements.values_list("pk", flat=True))
    before = everything()
    proposal = propose_deletion(theme)
    assert everything() == before
    assert {one.pk for one in losing_a_tag(proposal)} == tagged != set()
    approve_entry(proposal, factories.staff_member())
    assert not Theme.objects.filter(pk=theme.pk).exists()
    gone, first = revisions(theme)
    assert (gone.act, gone.snapshot) == (EntryAct.DELETE, first.snapshot)
    newest = Revision.objects.filter(by=proposal.author)
    assert set(newest.values_list("statement", flat=True)) == tagged
    assert all(theme.slug not in one.snapshot["themes"] for one in newest)


def test_what_others_need_is_not_deleted():
    region = Region.objects.get(slug="africa")
    proposal = EntryProposal.objects.create(
        kind="region",
        act=EntryAct.DELETE,
        entry_id=region.pk,
        base=revisions(region)[0],
        snapshot=revisions(region)[0].snapshot,
        author=factories.staff_member(),
    )
    proposal.note_ko, proposal.note_en = NOTE
    proposal.save()
    before = everything()
    with pytest.raises(
        ValidationError, match="It cannot be deleted while it is used by:"
    ):
        approve_entry(proposal, factories.staff_member())
    assert everything() == before


def test_nobody_approves_their_own_and_the_database_holds_it():
    proposal = propose_entry(Region.objects.first(), name_en="X")
    with pytest.raises(ValidationError, match="You cannot publish this on your own."):
        approve_entry(proposal, proposal.author)
    proposal.refresh_from_db()
    assert proposal.state == "in-review"
    proposal.state, proposal.decided_by = "published", proposal.author
    proposal.revision = EntryRevision.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        proposal.save()


def test_different_parts_are_both_published_and_the_same_part_is_not_lost():
    region, somebody = Region.objects.first(), factories.staff_member()
    name = propose_entry(region, name_en="One")
    scope = propose_entry(Region.objects.get(pk=region.pk), scope_en="Two")
    other = propose_entry(Region.objects.get(pk=region.pk), name_en="Three")
    for proposal in (name, scope):
        approve_entry(proposal, somebody)
    now = Region.objects.get(pk=region.pk)
    assert (now.name_en, now.scope_en) == ("One", "Two")
    with pytest.raises(ValidationError, match="same part"):
        approve_entry(other, somebody)
    assert Region.objects.get(pk=region.pk).name_en == "One"


def test_a_form_that_was_opened_before_takes_nothing_back():
    region = Region.objects.first()
    seen, name = EntryRevision.objects.first().pk, region.name_en
    stale = {field: getattr(region, field) for field in entry_fields(Region)}
    approve_entry(propose_entry(region, name_en="Newer"), factories.staff_member())
    form = Region.objects.get(pk=region.pk)
    proposal = propose_entry(form, seen=seen, **{**stale, "scope_en": "Mine"})
    assert proposal.changes == {"scope_en": "Mine"}
    assert name not in proposal.changes.values()
    approve_entry(proposal, factories.staff_member())
    now = Region.objects.get(pk=region.pk)
    assert (now.name_en, now.scope_en) == ("Newer", "Mine")


def test_a_deletion_of_what_has_changed_since_and_a_change_of_what_is_gone():
    theme, somebody = Theme.objects.first(), factories.staff_member()
    change, later = propose_entry(theme, name_en="X"), propose_deletion(theme)
    last = propose_deletion(Theme.objects.last())
    of_gone = propose_entry(Theme.objects.last(), name_en="Y")
    approve_entry(change, somebody)
    with pytest.raises(ValidationError, match="same part"):
        approve_entry(later, somebody)
    approve_entry(last, somebody)
    with pytest.raises(ValidationError, match="deleted"):
        approve_entry(of_gone, somebody)


def test_the_reviewer_approves_what_they_looked_at():
    theme = Theme.objects.filter(statements__isnull=False).first()
    proposal = propose_deletion(theme)
    seen, somebody = mark_of_present(proposal), factories.staff_member()
    untagged = factories.statement("task", themes=[theme])
    with pytest.raises(ValidationError, match="since you opened"):
        approve_entry(proposal, somebody, seen)
    assert untagged.themes.filter(pk=theme.pk).exists()
    approve_entry(proposal, somebody, mark_of_present(proposal))


def test_the_same_proposal_is_made_once_and_the_same_change_published_once():
    author = factories.staff_member()
    first = propose_entry(Region.objects.first(), author, name_en="X")
    with pytest.raises(ValueError, match="not enough values"):
        propose_entry(Region.objects.first(), author, name_en="X")
    second = propose_entry(Region.objects.first(), name_en="X")
    approve_entry(first, factories.staff_member())
    with pytest.raises(ValidationError, match="already"):
        approve_entry(second, factories.staff_member())


def test_two_additions_with_one_slug():
    first = propose_entry(Theme(), **NEW_ENTRIES[Theme])
    second = propose_entry(Theme(), **NEW_ENTRIES[Theme] | {"name_en": "Other"})
    approve_entry(first, factories.staff_member())
    with pytest.raises(ValidationError, match="already exists"):
        approve_entry(second, factories.staff_member())
    assert Theme.objects.get(slug="space").name_en == "Space"


def test_a_country_of_a_region_that_is_gone_is_refused():
    region = propose_entry(Region(), **NEW_ENTRIES[Region])
    approve_entry(region, factories.staff_member())
    values = NEW_ENTRIES[Country] | {"region": "arctic"}
    country = propose_entry(Country(), **values)
    gone = propose_deletion(Region.objects.get(slug="arctic"))
    approve_entry(gone, factories.staff_member())
    with pytest.raises(
        ValidationError, match="No longer in the list of regions, countries and themes:"
    ):
        approve_entry(country, factories.staff_member())


def test_sent_back_and_taken_back_stay_on_record():
    sent, taken = (propose_entry(Document.objects.first(), title_en=t) for t in "AB")
    with pytest.raises(ValidationError, match="Give a reason"):
        send_entry_back(sent, factories.staff_member(), " ")
    send_entry_back(sent, factories.staff_member(), "Not this")
    take_entry_back(taken, taken.author)
    states = EntryProposal.objects.order_by("pk").values_list("state", "reason")
    assert list(states) == [("returned", "Not this"), ("retracted", "")]
    with pytest.raises(ValidationError, match="already been decided"):
        approve_entry(sent, factories.staff_member())
    assert approve_entries() == []


def test_only_the_changed_columns_are_written():
    term = GlossaryTerm.objects.first()
    proposal = propose_entry(term, english="New rendering")
    with CaptureQueriesContext(connection) as queries:
        approve_entry(proposal, factories.staff_member())
    table = GlossaryTerm._meta.db_table
    [update] = [
        query["sql"]
        for query in queries
        if query["sql"].startswith(f'UPDATE "{table}"')
    ]
    assert '"english" =' in update
    assert update.count(" = ") == 2
