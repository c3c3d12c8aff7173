"""A change that is tried is taken back, whatever happens meanwhile."""

import pytest

from desk.proposals.preview import preview_values
from statements.dry_run import dry_run
from statements.gate import gate
from statements.models import DataVersion
from statements.models.guard import current_change
from tests.support import factories
from tests.support.rows import everything, save, statement

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def test_what_is_written_inside_is_seen_there_and_taken_back():
    before = everything()
    with dry_run(), gate(None, factories.NOTE):
        save(statement("G1.C1.1"), text_en="Tried")
        assert statement("G1.C1.1").text_en == "Tried"
    assert everything() == before


def test_an_error_inside_takes_all_back_and_goes_on():
    before = everything()
    with pytest.raises(ZeroDivisionError), dry_run() as trial:
        with gate(None, factories.NOTE):
            save(statement("G1.C1.1"), text_en="Tried")
        trial.keep()
        raise ZeroDivisionError
    assert everything() == before


def test_what_is_kept_stays():
    with dry_run() as trial:
        with gate(None, factories.NOTE):
            save(statement("G1.C1.1"), text_en="Kept")
        trial.keep()
    assert statement("G1.C1.1").text_en == "Kept"


def test_ended_inside_a_gate_it_leaves_no_revision_and_no_gate_open():
    before = everything()
    with dry_run() as trial, gate(None, factories.NOTE):
        save(statement("G1.C1.1"), text_en="Tried")
        trial.end()
    assert everything() == before
    assert current_change.get() is None


def test_one_inside_another_takes_back_its_own_alone():
    with dry_run() as outer:
        with gate(None, factories.NOTE):
            save(statement("G1.C1.1"), text_en="Outer")
        with dry_run(), gate(None, factories.NOTE):
            save(statement("G1.C1.2"), text_en="Inner")
        outer.keep()
    assert statement("G1.C1.1").text_en == "Outer"
    assert statement("G1.C1.2").text_en != "Inner"


def test_a_preview_has_a_version_of_the_data_that_is_never_found_again(rf):
    request = rf.get("/")
    request.user = factories.staff_member()
    before = DataVersion.current().token
    with preview_values(request, statement("G1.C1.1"), {"text_en": "Shown"}):
        shown = request.data_version.token
        assert statement("G1.C1.1").text_en == "Shown"
    assert DataVersion.current().token == before != shown
