"""Links go by time: from the later of two statements to the earlier, whatever the kind,
and two statements have one link.
"""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils.translation import override

from desk.entries.decide import approve_entry
from desk.models import EntryProposal, Proposal
from desk.proposals.decide import approve
from statements.models import Document, Link, LinkState, Statement
from statements.models.links import later_first, place_in_time
from tests.support import factories
from tests.support.desk.admin_forms import WHY, edit, form_values
from tests.support.rows import everything, save, statement
from tests.support.staff import approve_all, member, signed_in
from tests.support.years.report import later_report

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

ADD = reverse("admin:statements_link_add")
REASON = {"rationale_ko": "같은 일", "rationale_en": "The same matter"}


def places() -> dict[str, tuple[int, int, int]]:
    report = later_report()
    named = {
        "2024.A1.1": statement("2024.A1.1"),
        "2025.T1.1": statement("2025.T1.1"),
        "G1.C1": statement("G1.C1"),
        "2025.A1.1": report.achievements[0],
        "2026.T1.1": report.tasks[0],
    }
    return {code: place_in_time(one) for code, one in named.items()}


def test_the_place_of_a_statement_is_that_of_its_document_then_of_its_part():
    assert places() == {
        "2024.A1.1": (2025, 1, 0),
        "2025.T1.1": (2025, 1, 1),
        "G1.C1": (2025, 2, 0),
        "2025.A1.1": (2026, 1, 0),
        "2026.T1.1": (2026, 1, 1),
    }


def test_all_present_links_lead_back_in_time():
    links = Link.objects.with_places()
    assert len(links) == 119
    for link in links:
        assert place_in_time(link.later) > place_in_time(link.earlier)


@pytest.mark.parametrize("language, words", [("ko", "연결은"), ("en", "Links lead")])
@pytest.mark.parametrize(
    "later, earlier",
    [
        ("2024.A1.1", "2024.A1.2"),
        ("2025.T1.1", "2025.T1.2"),
        ("G1.C1", "G2.C1"),
        ("2024.A1.1", "2025.T1.1"),
        ("2025.T1.2", "G1.C2"),
    ],
)
def test_the_gate_refuses_links_of_one_time_and_links_ahead(
    later, earlier, language, words
):
    before = everything()
    with override(language), pytest.raises(ValidationError, match=words) as refused:
        factories.link([statement(later)], [statement(earlier)])
    assert f"{later} → {earlier}" in refused.value.message
    assert everything() == before


def test_links_lead_across_years_whatever_the_kind():
    report = later_report()
    pairs = [
        (report.achievements[0], statement("2025.T1.1")),
        (report.achievements[1], statement("G1.C1")),
        (report.achievements[2], statement("2024.A1.1")),
        (report.tasks[0], statement("2025.T1.1")),
        (report.tasks[1], report.achievements[0]),
    ]
    assert len(factories.link(*zip(*pairs, strict=True))) == len(pairs)
    for later, earlier in pairs:
        assert later_first(earlier, later) == later_first(later, earlier)
        assert later_first(earlier, later) == (later, earlier)


@pytest.mark.parametrize("ends", [("later", "earlier"), ("earlier", "later")])
def test_a_pair_has_one_link_of_either_direction(ends):
    link = Link.objects.first()
    later, earlier = (getattr(link, end) for end in ends)
    again = Link(later=later, earlier=earlier, relation="continues", **REASON)
    with pytest.raises(ValidationError, match="(?i)linked already|이미 연결"):
        again.validate_constraints()
    with pytest.raises(IntegrityError):
        factories.link([later], [earlier])
    assert list(Link.objects.between(link.earlier, link.later)) == [link]


def test_a_rejected_link_links_nothing_and_stays_the_one_of_its_pair():
    link = Link.objects.first()
    with factories.an_open_gate():
        save(link, state=LinkState.REJECTED)
        save(link, later=link.earlier, earlier=link.later)
    with pytest.raises(IntegrityError):
        factories.link([link.earlier], [link.later])


def test_the_migration_names_pairs_that_were_linked_both_ways():
    link, name = Link.objects.first(), "statements.migrations.0013_one_link_of_two"
    refuse = import_module(name).refuse_links_both_ways
    editor = SimpleNamespace(connection=connection)
    refuse(apps, editor)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX link_of_pair_unique")
    ends = {"later": link.earlier, "earlier": link.later}
    with factories.an_open_gate():
        save(Link(**ends, **REASON, relation="changes", state=LinkState.REJECTED))
    both = {link.later.code, link.earlier.code}
    with pytest.raises(CommandError) as refused:
        refuse(apps, editor)
    assert set(str(refused.value).splitlines()[-1].split(" ↔ ")) == both


def filled(later: Statement, earlier: Statement) -> dict:
    ends = {"later": later.pk, "earlier": earlier.pk}
    return {**ends, **REASON, "relation": "continues", "state": "suggested", **WHY}


def test_the_form_puts_the_two_in_order_by_themselves(editor):
    later, earlier = statement("G1.C2"), statement("2024.A3.1")
    page = editor.get(ADD)
    editor.post(ADD, {**form_values(page), **filled(earlier, later)})
    assert Proposal.objects.get().statement == later
    approve_all()
    made = Link.objects.between(later, earlier).get()
    assert (made.later, made.earlier, made.relation) == (later, earlier, "continues")


@pytest.mark.parametrize(
    "language, of_one_time, again",
    [
        ("ko", "나중 문장에서 앞선 문장으로", "이미 연결되어 있습니다"),
        ("en", "Links lead from later statements", "linked already"),
    ],
)
def test_the_form_says_what_is_wrong_in_the_language_of_the_desk(
    language, of_one_time, again
):
    client = signed_in(member("editor"), language)
    link = Link.objects.first()
    for ends, words in [
        ((statement("G1.C1"), statement("G2.C1")), of_one_time),
        ((link.earlier, link.later), again),
    ]:
        answer = client.post(ADD, filled(*ends))
        assert answer.status_code == 200
        assert words in answer.content.decode()
    assert not Proposal.objects.exists()


def test_a_snapshot_with_a_link_ahead_is_not_carried_out():
    """A proposal that was right until a document was moved."""
    report = later_report()
    later, earlier = report.achievements[0], statement("2025.T1.1")
    author = member("editor")
    answer = signed_in(author).post(ADD, filled(later, earlier))
    assert answer.status_code == 302
    with factories.an_open_gate():
        save(report.document, time_year=2024)
    with pytest.raises(ValidationError, match="2025.A1.1 → 2025.T1.1"):
        approve(Proposal.objects.get(), factories.staff_member())
    assert not Link.objects.between(later, earlier).exists()


def document_page(document: Document) -> str:
    return reverse("admin:statements_document_change", args=[document.pk])


@pytest.mark.parametrize(
    "language, words", [("ko", "그렇지 않게 됩니다"), ("en", "These would not")]
)
def test_a_place_that_turns_links_round_is_refused_with_a_list_of_them(language, words):
    client = signed_in(member("administrator"), language)
    goals = Document.objects.get(slug="goals")
    page, before = document_page(goals), everything()
    answer = edit(client, page, time_year=2024, lacks_en="Typed with care")
    markup = answer.content.decode()
    assert answer.status_code == 200
    assert words in markup
    assert "Typed with care" in markup
    links = Link.objects.filter(later__document=goals)
    assert links.exists()
    assert all(str(link) in markup for link in links)
    assert not EntryProposal.objects.exists()
    edit(client, page, time_year=2026)
    assert EntryProposal.objects.get().changes == {"time_year": 2026}
    assert everything() == before


def test_a_place_that_turns_a_link_round_meanwhile_is_refused_to_who_approves():
    report = later_report()
    administrator = signed_in(member("administrator"))
    edit(administrator, document_page(report.document), time_year=2024)
    factories.link(report.achievements[:1], [statement("2025.T1.1")])
    with pytest.raises(ValidationError, match="2025.A1.1 → 2025.T1.1"):
        approve_entry(EntryProposal.objects.get(), factories.staff_member())
    report.document.refresh_from_db()
    assert report.document.time_year == 2026


def test_rejected_links_hold_no_document_in_its_place(editor):
    report = later_report()
    [link] = factories.link(report.achievements[:1], [statement("2025.T1.1")])
    with factories.an_open_gate():
        save(link, state=LinkState.REJECTED)
    with factories.an_open_gate():
        save(report.document, time_year=2024)
    suggestions = reverse("staff:link_suggestions")
    answer = editor.get(suggestions, {"statement": "2025.A1.1"})
    pairs = {(row.later.code, row.earlier.code) for row in answer.context["rows"]}
    assert ("2025.T1.1", "2025.A1.1") not in pairs
